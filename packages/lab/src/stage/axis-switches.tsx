import type { View } from '../experiment/experiment.ts'
import { Choice } from './choice.tsx'
import { goesFarther } from './reach.ts'
import type { Scene } from './scene.ts'
import { useUnchanged } from './use-unchanged.ts'

const scales = [
  { value: 'linear', text: 'linear' },
  { value: 'log', text: 'log' },
] as const

const clocks = [
  { value: 'own', text: 'own' },
  { value: 'time', text: 'flow time' },
  { value: 'steps', text: 'steps' },
] as const satisfies readonly { value: View['clock']; text: string }[]

const ends = [
  { value: 'lanes', text: 'with the lanes' },
  { value: 'all', text: 'with the longest run' },
] as const

/** How the axes of all panels are scaled, which clock they show, and where they end. */
export function AxisSwitches({ scene }: { readonly scene: Scene }) {
  const { store } = scene
  const { x, y, clock } = store.state.value.view
  const isFarther = useUnchanged(() => goesFarther(scene.runs.value, store.state.value.view.clock), [scene])
  const apart = useUnchanged(() => isApart(store), [store])
  return (
    <div class="axes">
      <Choice
        label="Time axis"
        options={scales}
        value={x}
        onChange={(scale) => store.setView({ x: scale })}
      />
      <Choice label="Values" options={scales} value={y} onChange={(scale) => store.setView({ y: scale })} />
      <Choice
        label="Clock"
        options={clocks}
        value={clock}
        onChange={(shown) => store.setView({ clock: shown })}
      />
      {isFarther.value && (
        <Choice
          label="Time ends"
          options={ends}
          value={store.state.value.view.whole ? 'all' : 'lanes'}
          onChange={(end) => store.setView({ whole: end === 'all' ? true : undefined })}
        />
      )}
      {apart.value && (
        <p class="apart" role="status">
          {clock === 'steps'
            ? 'A flow takes no steps of its own: it stays in flow time.'
            : 'Without a step size that stands for time, runs stay in steps.'}
        </p>
      )}
    </div>
  )
}

/** Some run cannot be shown on the clock that was chosen. */
function isApart({ state, playback }: Scene['store']): boolean {
  const { clock: chosen } = state.value.view
  return chosen !== 'own' && playback.times.value.some(({ clock }) => clock !== chosen)
}
