import type { Store } from '../store/store.ts'
import { toAxis } from '../store/time-axis.ts'
import { eventsOf, readable, type TimelineEvent } from './events.ts'
import { readingsOf } from './readout.ts'
import { Scrubber } from './scrubber.tsx'
import { Transport } from './transport.tsx'
import './timeline.css'

/** Play, pause, step, speed, reset, and a scrubber over what was computed, with marks where something happened. */
export function Timeline({ store }: { readonly store: Store }) {
  const times = store.playback.times.value
  const events = store.staged.value.flatMap((run, i) => eventsOf(run, times[i]!))
  return (
    <>
      <Transport store={store} events={events} />
      <Scrubber store={store} events={events} />
      <Readout store={store} events={events} />
    </>
  )
}

interface ReadoutProps {
  readonly store: Store
  readonly events: readonly TimelineEvent[]
}

/** Where the playhead stands, and what last happened there. */
function Readout({ store, events }: ReadoutProps) {
  const share = store.playback.playhead.value
  const scale = store.state.value.view.x
  const here = events.find((event) => Math.abs(toAxis(event.share, scale) - toAxis(share, scale)) < 1e-4)
  return (
    <p class="readout">
      {readingsOf(store.playback.times.value, share).map(({ clock, at, of }) => (
        <span key={clock}>
          {clock} <b>{readable(at)}</b> of {readable(of)}
        </span>
      ))}
      <span class="here" aria-live="polite">
        {here?.label}
      </span>
    </p>
  )
}
