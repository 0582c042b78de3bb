import { useMemo } from 'preact/hooks'
import type { Store } from '../store/store.ts'
import { AxisSwitches } from './axis-switches.tsx'
import { Enlarged } from './enlarged.tsx'
import { Faults } from './faults.tsx'
import { LaneDetail } from './lane-detail.tsx'
import { Lanes } from './lanes.tsx'
import { Legend } from './legend.tsx'
import { MatricesPanel } from './matrices.tsx'
import { Pins } from './pins.tsx'
import { PlotPanel } from './plot-panel.tsx'
import { PreconditionerPanel } from './preconditioner.tsx'
import { makeScene, type Scene } from './scene.ts'
import { selectedRun } from './selected-run.ts'
import './controls.css'
import './stage.css'
import { adoptFigureColours } from './theme.ts'
import { useUnchanged } from './use-unchanged.ts'

adoptFigureColours('.scene')

/** The trajectories of all lanes, as panels. */
export function Stage({ store }: { readonly store: Store }) {
  const scene = useMemo(() => makeScene(store), [store])
  const { enlarged } = store.state.value.view
  const panel = enlarged === undefined ? undefined : <PanelOf scene={scene} id={enlarged} />
  return (
    <div class="scene">
      <h2 class="unseen">Stage</h2>
      <div class="above">
        <Legend scene={scene} />
        <AxisSwitches scene={scene} />
      </div>
      <Pins store={store} />
      {panel && enlarged !== undefined ? (
        <Enlarged scene={scene} id={enlarged}>
          {panel}
        </Enlarged>
      ) : (
        <Panels scene={scene} />
      )}
      <Faults store={store} />
    </div>
  )
}

function Panels({ scene }: { readonly scene: Scene }) {
  const ids = useUnchanged(() => scene.figure.value.panels.map(({ id }) => id!), [scene])
  const shared = ids.value.filter((id) => !/:lane\d+$/.test(id))
  const isError = (id: string) => /^(loss|reconstructionError)/.test(id)
  return (
    <>
      <Lanes scene={scene} ids={ids.value} />
      <Plots scene={scene} ids={shared.filter(isError)} />
      <MatricesPanel scene={scene} />
      <LaneDetail scene={scene} ids={ids.value} />
      <Plots scene={scene} ids={shared.filter((id) => !isError(id))} title="Whatever else was recorded" />
    </>
  )
}

function Plots(props: { readonly scene: Scene; readonly ids: readonly string[]; readonly title?: string }) {
  const { scene, ids, title } = props
  if (ids.length === 0) return null
  return (
    <section aria-label={title ?? 'Errors'}>
      {title && <h2>{title}</h2>}
      <div class="panels">
        {ids.map((id) => (
          <PlotPanel key={id} scene={scene} id={id} />
        ))}
      </div>
    </section>
  )
}

function PanelOf({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  if (id === 'matrices') return <MatricesPanel scene={scene} />
  const run = selectedRun(scene)
  if (id === 'preconditioner') return run ? <PreconditionerPanel scene={scene} run={run} /> : null
  return <PlotPanel scene={scene} id={id} />
}
