import { Fragment } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Cited } from '../elements/cited.tsx'
import { Cross } from '../elements/cross.tsx'
import { Theorem } from '../elements/theorem.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { Store } from '../store/store.ts'
import { hasArrived, isChanged, leavePreset, visit } from './open-preset.ts'
import { tour } from './tour.ts'
import type { TourStop } from './tour-stop.ts'

interface Props {
  readonly store: Store
  readonly stop: TourStop
}

/** One stop of the tour over its experiment; arrow keys go on and back, Escape leaves. */
export function TourCard({ store, stop }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (hasArrived(stop.state.preset!)) heading.current?.focus({ preventScroll: true })
  }, [stop])
  const at = tour.indexOf(stop)
  const go = (by: number) => {
    const next = tour[at + by]
    if (next) visit(store, next)
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight') go(1)
    else if (key === 'ArrowLeft') go(-1)
    else if (key === 'Escape') leavePreset(store)
  }
  return (
    <section class="guide" aria-label="Tour" onKeyDown={onKeyDown}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          <span class="kicker">
            Tour, {at + 1} of {tour.length}
          </span>
          {stop.title}
        </h2>
        <Ways store={store} stop={stop} at={at} go={go} />
      </header>
      <div class="columns">
        <p>
          {stop.sentences.map((sentence) => (
            <Fragment key={sentence}>
              <WithIndices text={sentence} />{' '}
            </Fragment>
          ))}
        </p>
        <div>
          <Theorem latex={stop.formula} spoken={stop.spoken} />
          <p class="try">
            <strong>To try</strong> <WithIndices text={stop.tryThis} />
          </p>
          <p class="source">
            <Cited text={stop.citation} />
          </p>
        </div>
      </div>
    </section>
  )
}

interface WaysProps extends Props {
  readonly at: number
  readonly go: (by: number) => void
}

/** Back, on, and out. */
function Ways({ store, stop, at, go }: WaysProps) {
  const isLast = at + 1 === tour.length
  return (
    <nav aria-label="Stops of the tour">
      {isChanged(store.state.value, stop.state) && (
        <button type="button" class="quiet" onClick={() => visit(store, stop)}>
          Put it back
        </button>
      )}
      <button type="button" class="quiet framed" disabled={at === 0} onClick={() => go(-1)}>
        ← Previous
      </button>
      <button type="button" class="strong" onClick={() => (isLast ? leavePreset(store) : go(1))}>
        {isLast ? 'Done' : 'Next →'}
      </button>
      <button
        type="button"
        class="quiet close"
        aria-label="Leave the tour"
        onClick={() => leavePreset(store)}
      >
        <Cross />
      </button>
    </nav>
  )
}
