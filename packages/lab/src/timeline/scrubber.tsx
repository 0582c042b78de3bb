import type { Store } from '../store/store.ts'
import { fromAxis, toAxis } from '../store/time-axis.ts'
import { readable, type TimelineEvent } from './events.ts'
import { Marks } from './marks.tsx'
import { readingsOf } from './readout.ts'

interface Props {
  readonly store: Store
  readonly events: readonly TimelineEvent[]
}

/** Places of the slider: finer than any screen. */
const places = 2000

/** A slider over the whole time axis: what is shown, what is computed, and what happened when. */
export function Scrubber({ store, events }: Props) {
  const { playhead, computed, times, seek } = store.playback
  const scale = store.state.value.view.x
  const at = toAxis(playhead.value, scale)
  const spoken = readingsOf(times.value, playhead.value).map(
    (reading) => `${reading.clock} ${readable(reading.at)} of ${readable(reading.of)}`,
  )
  return (
    <div
      class="scrubber"
      style={{ '--shown': `${100 * at}%`, '--computed': `${100 * toAxis(computed.value, scale)}%` }}
    >
      <input
        type="range"
        aria-label="Time"
        aria-valuetext={spoken.join(', ')}
        min={0}
        max={places}
        value={Math.round(at * places)}
        onInput={({ currentTarget }) => seek(fromAxis(Number(currentTarget.value) / places, scale))}
      />
      <Marks store={store} events={events} />
    </div>
  )
}
