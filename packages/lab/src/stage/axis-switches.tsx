import type { View } from '../experiment/experiment.ts'
import type { Store } from '../store/store.ts'
import { Choice } from './choice.tsx'

const scales = [
  { value: 'linear', text: 'linear' },
  { value: 'log', text: 'log' },
] as const

const clocks = [
  { value: 'own', text: 'own' },
  { value: 'time', text: 'flow time' },
  { value: 'steps', text: 'steps' },
] as const satisfies readonly { value: View['clock']; text: string }[]

/** How the axes of all panels are scaled, and which clock they show. */
export function AxisSwitches({ store }: { readonly store: Store }) {
  const { x, y, clock } = store.state.value.view
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
    </div>
  )
}
