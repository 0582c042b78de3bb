import { signal } from '@preact/signals'
import { InputError } from 'linnet'
import { useEffect, useRef } from 'preact/hooks'
import { openDropped } from '../store/open-dropped.ts'
import type { Store } from '../store/store.ts'
import { droppedFiles, readFiles } from './read-files.ts'
import './open-files.css'

/** Files are held over the page. */
const isOver = signal(false)

/** Opens files: by this button, or dropped anywhere on the page. */
export function OpenFiles({ store }: { readonly store: Store }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => takeDrops(store), [store])
  return (
    <>
      <button type="button" class="quiet" onClick={() => input.current?.click()}>
        Open
      </button>
      <input
        ref={input}
        class="chosen-files"
        type="file"
        multiple
        hidden
        aria-label="A config, a table or weights to open"
        accept=".json,.csv,.tsv,.tab,.txt,.data,.safetensors"
        onChange={({ currentTarget }) => {
          const files = Array.from(currentTarget.files ?? [])
          // The same file may be chosen again once it was mended.
          currentTarget.value = ''
          void open(store, Promise.resolve(files))
        }}
      />
      {isOver.value && (
        <div class="over-page">
          <p>A table (CSV) to be completed, a config, the folder of a run, or weights (safetensors)</p>
        </div>
      )}
    </>
  )
}

async function open(store: Store, files: Promise<readonly File[]>): Promise<void> {
  try {
    const given = await files
    if (given.length > 0) openDropped(store, await readFiles(given))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    store.notice.value = error.message
  }
}

/** Listens on the whole page; returns what ends that. */
function takeDrops(store: Store): () => void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const over = (event: DragEvent) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    isOver.value = true
  }
  const leave = ({ relatedTarget }: DragEvent) => {
    if (relatedTarget === null) isOver.value = false
  }
  const drop = (event: DragEvent) => {
    isOver.value = false
    if (!holdsFiles(event)) return
    event.preventDefault()
    void open(store, droppedFiles(event.dataTransfer!))
  }
  window.addEventListener('dragover', over)
  window.addEventListener('dragleave', leave)
  window.addEventListener('drop', drop)
  return () => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('drop', drop)
  }
}
