import type { Store } from '../store/store.ts'
import { fromAxis, toAxis } from '../store/time-axis.ts'
import { clustered } from './clusters.ts'
import { readable, type TimelineEvent } from './events.ts'

interface Props {
  readonly store: Store
  readonly events: readonly TimelineEvent[]
}

/** Places of the slider: finer than any screen. */
const places = 2000

/** A slider over the whole horizon: what is shown, what is computed, and when each mode was learned, a row a lane. */
export function Scrubber({ store, events }: Props) {
  const { playhead, computed, horizon, seek } = store.playback
  const scale = store.state.value.view.x
  const { lanes } = store.state.value.experiment
  const at = toAxis(playhead.value, scale)
  return (
    <div
      class="scrubber"
      style={{ '--shown': `${100 * at}%`, '--computed': `${100 * toAxis(computed.value, scale)}%` }}
    >
      <input
        type="range"
        aria-label="Time"
        aria-valuetext={`${readable(playhead.value * horizon.value)} of ${readable(horizon.value)}`}
        min={0}
        max={places}
        value={Math.round(at * places)}
        onInput={({ currentTarget }) => seek(fromAxis(Number(currentTarget.value) / places, scale))}
      />
      <ul class="marks" aria-label="Learned modes">
        {lanes.map((lane, index) => (
          <li key={lane.label}>
            <span class="lane" aria-hidden="true">
              {lane.label}
            </span>
            <ul aria-label={lane.label}>
              {clustered(
                events.filter((event) => event.lane === index),
                (share) => toAxis(share, scale),
              ).map(({ mark, place, share, labels }) => (
                <li
                  key={labels[0]}
                  class={share <= playhead.value ? 'past' : ''}
                  style={{ left: `${100 * place}%` }}
                  title={labels.join('\n')}
                >
                  <span aria-hidden="true">{mark}</span>
                  <span class="unseen">{labels.join('; ')}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
