import type { Store } from '../store/store.ts'
import { toAxis } from '../store/time-axis.ts'
import { eventsOf, readable, type TimelineEvent } from './events.ts'
import { Scrubber } from './scrubber.tsx'
import { Transport } from './transport.tsx'
import './timeline.css'

/** Play, pause, step, speed, reset, and a scrubber over what was computed, with marks where modes were learned. */
export function Timeline({ store }: { readonly store: Store }) {
  const { playhead, horizon } = store.playback
  const events = store.staged.value.flatMap((run) => eventsOf(run, horizon.value))
  return (
    <>
      <Transport store={store} events={events} />
      <Scrubber store={store} events={events} />
      <Readout share={playhead.value} horizon={horizon.value} store={store} events={events} />
    </>
  )
}

interface ReadoutProps {
  readonly store: Store
  readonly share: number
  readonly horizon: number
  readonly events: readonly TimelineEvent[]
}

/** Where the playhead stands, and what last happened there. */
function Readout({ store, share, horizon, events }: ReadoutProps) {
  const clock = store.staged.value[0]?.planned.config.until.time === undefined ? 'step' : 'flow time'
  const near = events.find((event) => {
    const scale = store.state.value.view.x
    return Math.abs(toAxis(event.share, scale) - toAxis(share, scale)) < 1e-4
  })
  return (
    <p class="readout">
      <span>
        {clock} <b>{readable(share * horizon)}</b> of {readable(horizon)}
      </span>
      <span aria-live="polite">{near?.label}</span>
    </p>
  )
}
