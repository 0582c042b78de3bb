import { Choice } from './choice.tsx'
import { PlotPanel } from './plot-panel.tsx'
import { PreconditionerPanel } from './preconditioner.tsx'
import type { Scene } from './scene.ts'
import { selectedRun } from './selected-run.ts'

/** What is shown of one lane at a time: its layers, and its preconditioner. */
export function LaneDetail({ scene, ids }: { readonly scene: Scene; readonly ids: readonly string[] }) {
  const { store } = scene
  const run = selectedRun(scene)
  const { lanes } = store.state.value.experiment
  const lane = run?.planned.lane ?? 0
  const own = ids.filter((id) => id.endsWith(`:lane${lane}`) && !id.startsWith('singularValues:'))
  const records = (kind: string) => run?.planned.config.probes.some((probe) => probe.kind === kind)
  const more = [
    ...(records('layerSingularValues') ? [] : ['singular values of the layers']),
    ...(records('sharpness') ? [] : ['sharpness λ against 2/η']),
  ]
  return (
    <section class="detail" aria-label="One lane in detail">
      <header>
        <h2>In detail</h2>
        {lanes.length > 1 && (
          <Choice
            label="Lane"
            options={lanes.map(({ label }, i) => ({ value: String(i), text: label }))}
            value={String(lane)}
            onChange={(chosen) => store.setView({ lane: Number(chosen) })}
          />
        )}
      </header>
      {own.length > 0 && (
        <div class="panels">
          {own.map((id) => (
            <PlotPanel key={id} scene={scene} id={id} />
          ))}
        </div>
      )}
      {run && <PreconditionerPanel scene={scene} run={run} />}
      {more.length > 0 && (
        <p class="hint">
          Not recorded: {more.join('; ')}. Tick {more.length > 1 ? 'their probes' : 'its probe'} in the setup,
          under what to record, and {more.length > 1 ? 'they appear' : 'it appears'} here.
        </p>
      )}
    </section>
  )
}
