import type { Store } from './store.ts'

/** Ctrl+Z (⌘Z) undoes, with Shift or as Ctrl+Y does again; in text fields the browser's own undoing stays. */
export function undoByKeys(
  store: Pick<Store, 'undo' | 'redo'>,
  target: Pick<Window, 'addEventListener'>,
): void {
  target.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    if (ctrlKey === metaKey || altKey || isText(event.target)) return
    const letter = key.toLowerCase()
    if (letter !== 'z' && !(letter === 'y' && ctrlKey)) return
    if (letter === 'y' || shiftKey ? store.redo() : store.undo()) event.preventDefault()
  })
}

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement)
    return !['range', 'checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}
