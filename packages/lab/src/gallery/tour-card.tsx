import { useEffect, useRef } from 'preact/hooks'
import { Formula } from '../page/formula.tsx'
import type { Store } from '../store/store.ts'
import { Cited } from '../theory/cited.tsx'
import { WithSubscripts } from '../theory/with-subscripts.tsx'
import { Cross } from './cross.tsx'
import { isChanged, leavePreset, visit } from './open-preset.ts'
import { tour } from './tour.ts'
import type { TourStop } from './tour-stop.ts'

interface Props {
  readonly store: Store
  readonly stop: TourStop
}

/** One stop of the tour beside its experiment; arrow keys go on and back. */
export function TourCard({ store, stop }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const at = tour.indexOf(stop)
  const go = (by: number) => {
    const next = tour[at + by]
    if (next) visit(store, next)
  }
  const onKeyDown = ({ key, target }: KeyboardEvent) => {
    if (key === 'ArrowRight') go(1)
    else if (key === 'ArrowLeft') go(-1)
    else if (key === 'Escape' && target instanceof Node) leavePreset(store)
  }
  return (
    <article class="tour" onKeyDown={onKeyDown}>
      <p class="kicker">
        Tour, {at + 1} of {tour.length}
      </p>
      <button
        type="button"
        class="quiet close"
        aria-label="Leave the tour"
        onClick={() => leavePreset(store)}
      >
        <Cross />
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {stop.title}
      </h2>
      <p>
        {stop.sentences.map((sentence) => (
          <>
            <WithSubscripts text={sentence} />{' '}
          </>
        ))}
      </p>
      <Formula latex={stop.formula} spoken={stop.spoken} display />
      <p class="try">
        <strong>What to try</strong> <WithSubscripts text={stop.tryThis} />
      </p>
      <p class="source">
        <Cited text={stop.citation} />
      </p>
      <nav aria-label="Stops of the tour">
        <button type="button" class="quiet framed" disabled={at === 0} onClick={() => go(-1)}>
          ← Previous
        </button>
        {isChanged(store.state.value, stop.state) && (
          <button type="button" class="quiet" onClick={() => visit(store, stop)}>
            Put it back
          </button>
        )}
        {at + 1 < tour.length ? (
          <button type="button" class="strong" onClick={() => go(1)}>
            Next →
          </button>
        ) : (
          <button type="button" class="strong" onClick={() => leavePreset(store)}>
            Done
          </button>
        )}
      </nav>
    </article>
  )
}
