import type { Store } from '../store/store.ts'
import './saved.css'

/** Runs from folders that stand beside the live ones, by name, and what could not be read of them. */
export function Saved({ store }: { readonly store: Store }) {
  const runs = store.saved.value
  const faults = store.savedFaults.value
  if (runs.length === 0 && faults.length === 0) return null
  const remove = (id: string) => {
    store.saved.value = runs.filter(({ planned }) => planned.id !== id)
  }
  return (
    <div class="saved">
      {faults.length > 0 && (
        <ul class="faults" role="alert">
          {faults.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {runs.length > 0 && (
        <section aria-label="Saved runs">
          <h2>{runs.length === 1 ? 'Saved run' : 'Saved runs'}</h2>
          <ul>
            {runs.map(({ planned: { id, label } }) => (
              <li key={id}>
                {label}
                <button type="button" aria-label={`Take ${label} off the stage`} onClick={() => remove(id)}>
                  ×
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
