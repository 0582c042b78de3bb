import { LaneHead } from './lane-head.tsx'
import { Plot } from './plot-panel.tsx'
import type { Scene } from './scene.ts'

/** The lanes side by side: how each stands, and its singular values. */
export function Lanes({ scene, ids }: { readonly scene: Scene; readonly ids: readonly string[] }) {
  const { store } = scene
  const { lanes } = store.state.value.experiment
  return (
    <div class="panels lanes">
      {lanes.map(({ label }, lane) => {
        const id = `singularValues:lane${lane}`
        const panel = ids.includes(id) ? id : undefined
        return (
          <article class="panel" key={`${lane} ${label}`} aria-label={label}>
            <LaneHead store={store} lane={lane} label={label} panel={panel} />
            {panel && <Plot scene={scene} id={panel} />}
          </article>
        )
      })}
    </div>
  )
}
