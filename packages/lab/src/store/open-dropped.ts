import { InputError } from 'linnet'
import { type OpenedFile, openFiles } from '../experiment/open-file.ts'
import { readSavedRun, type SavedFiles, savedFiles } from '../running/saved-files.ts'
import { stagedSaved } from './saved.ts'
import type { Store } from './store.ts'

/** Opens files that were dropped or chosen: the folder of a run beside what is there, anything else in its place. */
export function openDropped(store: Store, files: readonly OpenedFile[]): void {
  // Only folders of runs hold such a file.
  if (files.some(({ name }) => name === 'outcome.json')) {
    openRun(store, files)
    return
  }
  const made = openFiles(files, store.state.value)
  if ('state' in made) store.open(made.state)
  store.notice.value = 'fault' in made ? made.fault : made.note
}

let opened = 0

function openRun(store: Store, files: readonly OpenedFile[]): void {
  if (files.filter(({ name }) => name === 'outcome.json').length > 1) {
    // By their names alone the files of one could not be told from those of another.
    store.notice.value = 'Several runs were dropped at once; drop one folder at a time.'
    return
  }
  const found = new Map(files.map(({ name, bytes }) => [name, bytes]))
  const missing = savedFiles.filter((name) => !found.has(name))
  if (missing.length > 0) {
    store.notice.value = `Of the folder of a run ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing; drop the whole folder.`
    return
  }
  const saved = store.saved.value
  try {
    const run = readSavedRun(
      `dropped-${++opened}`,
      'the folder',
      Object.fromEntries(found) as unknown as SavedFiles,
    )
    const label = run.config.title ?? `run ${opened}`
    store.saved.value = [...saved, stagedSaved(label, run)]
    store.notice.value = `${label}: a run from its folder, drawn beside those of the page.`
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    store.notice.value = error.message.replace(/\.?$/, '.')
  }
}
