import { drawOffers, mostDrawn } from '../store/saved.ts'
import type { Store } from '../store/store.ts'
import { SavedRunItem } from './saved-run.tsx'
import './saved.css'

/** Runs from folders that stand beside the live ones, those that could, and what could not be read of them. */
export function Saved({ store }: { readonly store: Store }) {
  const runs = store.saved.value
  const faults = store.savedFaults.value
  if (runs.length === 0 && faults.length === 0 && store.offers.value.length === 0) return null
  const remove = (id: string) => {
    store.saved.value = store.saved.value.filter(({ planned }) => planned.id !== id)
  }
  return (
    <div class="saved">
      {faults.length > 0 && (
        <div class="faults" role="alert">
          <ul>
            {faults.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
      <section aria-label="Saved runs">
        <h2>{runs.length === 1 ? 'Saved run' : 'Saved runs'}</h2>
        <ul class="runs">
          {runs.map((run) => (
            <SavedRunItem
              key={run.planned.id}
              store={store}
              run={run}
              remove={() => remove(run.planned.id)}
            />
          ))}
        </ul>
        <Others store={store} />
      </section>
    </div>
  )
}

/** Runs that are offered and not drawn. */
function Others({ store }: { readonly store: Store }) {
  const there = new Set(store.saved.value.map(({ planned }) => planned.id))
  const others = store.offers.value.filter(({ id }) => !there.has(id))
  if (others.length === 0) return null
  const isFull = there.size >= mostDrawn
  return (
    <details>
      <summary>
        {others.length} {there.size > 0 ? 'more' : 'that can be drawn'}
      </summary>
      {isFull && <p>{there.size} are drawn; take one off the stage before you draw another.</p>}
      <ul class="others">
        {others.map((offer) => (
          <li key={offer.id}>
            <button
              type="button"
              disabled={isFull}
              aria-label={`Draw ${offer.label}`}
              onClick={() => void drawOffers(store, [offer])}
            >
              {offer.label}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
