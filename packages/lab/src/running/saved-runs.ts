import { InputError } from 'linnet'
import { z } from 'zod'
import type { SavedRun } from './live-run.ts'
import { readSavedRun, type SavedFiles, savedFiles } from './saved-files.ts'

/** A saved run by what it is called on the page; its files are read when it is to be drawn. */
export interface Offer {
  readonly id: string
  readonly label: string
  /** Rejects with an `InputError` that names the file at fault. */
  load(): Promise<SavedRun>
}

/** What a list names, and why it could not be read, a sentence each. */
export interface Offers {
  readonly offers: readonly Offer[]
  readonly faults: readonly string[]
}

/** The bytes at an address beside the page. Throws an `InputError` where there are none. */
export type Load = (address: string) => Promise<Uint8Array>

const list = z.array(z.object({ name: z.string(), title: z.string() }))

/** Bytes from where the page came from. */
export const loadBeside: Load = async (address) => {
  const response = await fetch(address).catch(() => undefined)
  if (!response?.ok)
    throw new InputError(`${address} could not be loaded; is \`linnet lab\` still running? Reload the page`)
  return new Uint8Array(await response.arrayBuffer())
}

/** The runs that the list at `address` names, each in the folder `runs/<its place in the list>`. */
export async function offersAt(address: string, load: Load = loadBeside): Promise<Offers> {
  try {
    const named = list.parse(JSON.parse(new TextDecoder().decode(await load(address))))
    const labels = labelsOf(named)
    const offers = named.map(({ name }, i) => ({
      id: idOf(i),
      label: labels[i]!,
      load: () => loadRun(i, name, load),
    }))
    return { offers, faults: [] }
  } catch (error) {
    const sentence =
      error instanceof InputError ? error.message : `${address} is no list of runs; reload the page`
    return { offers: [], faults: [sentence] }
  }
}

async function loadRun(index: number, name: string, load: Load): Promise<SavedRun> {
  const loaded = await Promise.all(
    savedFiles.map(async (file) => [file, await load(`runs/${index}/${file}`)] as const),
  )
  return readSavedRun(idOf(index), name, Object.fromEntries(loaded) as unknown as SavedFiles)
}

function idOf(index: number): string {
  return `saved-${index}`
}

/** The title where no other run has it; else the end of the folder's name with it, or all of the name. */
function labelsOf(named: z.infer<typeof list>): string[] {
  const isAlone = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length === 1
  const titles = named.map(({ title }) => title)
  const longer = named.map(({ name, title }) => `${title} (${name.split(/[\\/]/).at(-1)})`)
  return named.map(({ name, title }, i) => {
    if (isAlone(titles, title)) return title
    return isAlone(longer, longer[i]!) ? longer[i]! : `${title} (${name})`
  })
}
