import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { shownLanes } from '../store/shown-lanes.ts'
import type { Store } from '../store/store.ts'
import { toAxis } from '../store/time-axis.ts'
import { type Cluster, clustered } from './clusters.ts'
import type { Happening, TimelineEvent } from './events.ts'

/** Shapes that are told apart without their colour, in a square of 8. */
const shapes: Readonly<Record<Exclude<Happening, 'mode'>, string>> = {
  saddle: 'M4 .8 7.2 4 4 7.2.8 4z',
  above: 'M4 .6 7.6 7.2H.4z',
  below: 'M4 7.4.4.8h7.2z',
}

/** Pixels that a number, or a shape, needs for itself. */
const needed = { number: 11, shape: 9 }

interface Props {
  readonly store: Store
  readonly events: readonly TimelineEvent[]
}

/** What happened, under the axis: a row of numbers for each lane, and under it one of shapes where there are any; nothing where nothing did. */
export function Marks({ store, events }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const width = useSignal(700)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) width.value = entry.contentRect.width
    })
    observer.observe(list.current!)
    return () => observer.disconnect()
  }, [width])
  const { x: scale, lane } = store.state.value.view
  const isQuiet = events.length === 0 && store.playback.computed.value === 1
  const lanes = isQuiet ? [] : shownLanes(store)
  const current = Math.min(lane, lanes.length - 1)
  const rowOf = (row: readonly TimelineEvent[], pixels: number) =>
    clustered(row, (share) => toAxis(share, scale), pixels / width.value)
  return (
    <ul
      class="marks"
      aria-label="What happened"
      ref={list}
      // Many lanes scroll, and what scrolls is reached by keyboard.
      tabIndex={lanes.length > 5 ? 0 : undefined}
    >
      {lanes.map((label, index) => {
        const own = events.filter((event) => event.lane === index)
        const numbers = own.filter(({ kind }) => kind === 'mode')
        const others = own.filter(({ kind }) => kind !== 'mode')
        return (
          <li key={`${index} ${label}`} data-current={index === current}>
            <span class="lane" aria-hidden="true" title={label}>
              {label}
            </span>
            {(numbers.length > 0 || others.length === 0) && (
              <Row store={store} label={`${label}, modes learned`} clusters={rowOf(numbers, needed.number)} />
            )}
            {others.length > 0 && (
              <Row
                store={store}
                label={`${label}, saddles and stability`}
                clusters={rowOf(others, needed.shape)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

interface RowProps {
  readonly store: Store
  readonly label: string
  readonly clusters: readonly Cluster[]
}

function Row({ store, label, clusters }: RowProps) {
  return (
    <ul aria-label={label}>
      {clusters.map(({ kind, mark, place, share, labels }) => (
        <li
          key={labels[0]}
          class={`${kind}${share <= store.playback.playhead.value ? ' past' : ''}`}
          style={{ left: `${100 * place}%` }}
          title={labels.join('\n')}
        >
          {kind === 'mode' ? (
            <span aria-hidden="true">{mark}</span>
          ) : (
            <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" focusable="false">
              <path d={shapes[kind]} />
            </svg>
          )}
          <span class="unseen">{labels.join('; ')}</span>
        </li>
      ))}
    </ul>
  )
}
