import type { Store } from '../store/store.ts'
import './notice.css'

/** What is to be said once: that a link or file cannot be read, or what was made of it. */
export function Notice({ store }: { readonly store: Store }) {
  const sentence = store.notice.value
  return (
    <div role="status">
      {sentence !== undefined && (
        <div class="notice">
          <p>{sentence}</p>
          <button
            type="button"
            aria-label="Close this message"
            onClick={() => (store.notice.value = undefined)}
          >
            ×
          </button>
        </div>
      )}
    </div>
  )
}
