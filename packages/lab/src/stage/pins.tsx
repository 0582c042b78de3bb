import type { Store } from '../store/store.ts'
import { Icon } from './icon.tsx'

/** What was pinned, by name; each can be unpinned. */
export function Pins({ store }: { readonly store: Store }) {
  const { pins } = store.state.value
  if (pins.length === 0) return null
  return (
    <ul class="pins" aria-label="Pinned runs">
      {pins.map(({ label }, index) => (
        <li key={index}>
          <Icon name="pin" />
          <input
            aria-label={`Name of the pinned run ${index + 1}`}
            value={label}
            size={Math.max(8, label.length)}
            onChange={(event) => {
              const name = event.currentTarget.value.trim()
              if (name) store.renamePin(index, name)
              else event.currentTarget.value = label
            }}
          />
          <button
            type="button"
            class="small"
            aria-label={`Unpin ${label}`}
            onClick={() => store.unpin(index)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
