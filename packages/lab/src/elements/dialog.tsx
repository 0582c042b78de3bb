import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Cross } from './cross.tsx'
import './dialog.css'

interface Props {
  readonly title: string
  readonly close: () => void
  readonly children: ComponentChildren
}

/** A page over the page: the browser's own modal dialog, so that focus stays inside and Escape closes it. */
export function Dialog({ title, close, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog without our doing
    <dialog
      ref={dialog}
      class="over"
      aria-labelledby={heading}
      onClose={close}
      onClick={({ target }) => target === dialog.current && dialog.current?.close()}
    >
      <div class="leaf">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" class="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
            <Cross />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
