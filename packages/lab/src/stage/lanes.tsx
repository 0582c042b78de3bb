import { shownLanes } from '../store/shown-lanes.ts'
import { type Foreseen, foresights } from './foresight.ts'
import { LaneHead } from './lane-head.tsx'
import { Plot } from './plot-panel.tsx'
import type { Scene } from './scene.ts'
import { useUnchanged } from './use-unchanged.ts'

/** The lanes side by side: how each stands, its singular values, and what is predicted of them. */
export function Lanes({ scene, ids }: { readonly scene: Scene; readonly ids: readonly string[] }) {
  const { store } = scene
  const lanes = useUnchanged(() => shownLanes(store), [store]).value
  const said = useUnchanged(() => foresights(lanes.map((_, lane) => foreseenOf(scene, lane))), [scene, lanes])
  const { shared, own } = said.value
  const isDrawn = lanes.some((_, lane) => ids.includes(`singularValues:lane${lane}`))
  return (
    <>
      <div class="panels lanes">
        {lanes.map((label, lane) => {
          const id = `singularValues:lane${lane}`
          const panel = ids.includes(id) ? id : undefined
          return (
            <article class="panel" key={`${lane} ${label}`} aria-label={label}>
              <LaneHead store={store} lane={lane} label={label} panel={panel} />
              {panel && <Plot scene={scene} id={panel} />}
              {panel && <p class="foreseen">{own[lane]}</p>}
            </article>
          )
        })}
      </div>
      {shared !== undefined && isDrawn && <p class="foreseen shared">{shared}</p>}
    </>
  )
}

/** Reads signals. */
function foreseenOf({ held }: Scene, lane: number): Foreseen[] {
  const runs = held.value.filter(({ planned, pinned }) => !pinned && planned.lane === lane)
  return runs
    .filter(({ live }) => live.status.value.kind !== 'failed')
    .map(({ live }) => ({ claim: live.claim.value, reason: live.unpredicted.value }))
}
