import { useEffect, useRef } from 'preact/hooks'
import type { Store } from '../store/store.ts'
import { Icon } from './icon.tsx'

/** The panel that was enlarged last: its button has the focus again when the stage comes back. */
let returning: string | undefined

export function EnlargeButton(props: { readonly store: Store; readonly id: string; readonly title: string }) {
  const { store, id, title } = props
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (returning !== id || !button.current) return
    returning = undefined
    button.current.focus()
  }, [id])
  // The enlarged panel has the way back above it.
  if (store.state.value.view.enlarged === id) return null
  return (
    <button
      type="button"
      class="small"
      ref={button}
      aria-label={`Enlarge: ${title}`}
      title="Enlarge"
      onClick={() => {
        returning = id
        store.setView({ enlarged: id })
      }}
    >
      <Icon name="enlarge" />
    </button>
  )
}
