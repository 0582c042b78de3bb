import { effect } from '@preact/signals'
import { InputError } from 'linnet'
import type { LabState } from '../experiment/experiment.ts'
import { decodeState, encodeState } from '../experiment/link.ts'
import { openingState } from '../experiment/opening.ts'
import { keepState, keptState } from './kept-state.ts'
import type { Store } from './store.ts'

/** The part of a browser window that holds the state between visits. */
export type Address = Pick<
  Window,
  'addEventListener' | 'document' | 'history' | 'localStorage' | 'location' | 'sessionStorage'
>

/** Between a change and its link, in milliseconds: what is dragged changes at every frame, and browsers count how often links change. */
const rest = 300
/** Characters of a link that mail and chat still carry. */
const handy = 100_000
/** Characters of a link that browsers still carry. */
const longest = 1_500_000

const fragmentOf = ({ location }: Address) => location.hash.replace(/^#/, '')

/** What the page begins with. */
export interface Start {
  /** What this tab was in last, what the link holds, or the opening. */
  readonly state: LabState
  /** What is drawn where that cannot be run; the opening if absent. */
  readonly runnable?: LabState
  /** What to say about a bad link. */
  readonly notice?: string
}

export async function stateAtStart(address: Address): Promise<Start> {
  const fragment = fragmentOf(address)
  // A reload: the tab's own last state may be newer than its link, or too long for one.
  const before = keptState(() => address.sessionStorage, 'last')
  if (before?.fragment === fragment) {
    const runnable = keptState(() => address.sessionStorage, 'runnable')?.state
    return { state: before.state, ...(runnable && { runnable }) }
  }
  if (!isLink(fragment)) return { state: openingState }
  try {
    return { state: await decodeState(fragment) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const good = keptState(() => address.localStorage, 'runnable')
    return { state: good?.state ?? openingState, notice: error.message }
  }
}

/** A fragment may also name a place on the page. */
const isLink = (fragment: string) => fragment.includes('=')

/** Writes every change into the address bar and the browser's storage, and shows the links that are pasted there. */
export function keepInAddress(store: Store, address: Address): void {
  let written = fragmentOf(address)
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = () => {
    const kept = { fragment: written, state: store.state.peek() }
    keepState(() => address.sessionStorage, 'last', kept)
    if (store.problems.peek().length > 0) return
    keepState(() => address.sessionStorage, 'runnable', kept)
    keepState(() => address.localStorage, 'runnable', kept)
  }
  const write = async () => {
    const state = store.state.peek()
    const fragment = await encodeState(state)
    // Meanwhile something else was done, which is written soon, or a link was pasted, which is being read.
    if (state !== store.state.peek() || fragmentOf(address) !== written) return
    const fits = fragment.length <= longest
    store.linkProblem.value = problemOf(fragment.length)
    replace(address, fits ? fragment : '')
    written = fragmentOf(address)
    keep()
  }
  effect(() => {
    void store.state.value
    clearTimeout(timer)
    timer = setTimeout(() => void write(), rest)
  })
  /** Back to the link there was; a change that waited for the other to be read is written now. */
  const goBack = () => {
    replace(address, written)
    void write()
  }
  address.addEventListener('pagehide', keep)
  address.addEventListener('hashchange', async () => {
    const fragment = fragmentOf(address)
    if (fragment === written) return
    if (!isLink(fragment)) return goBack()
    try {
      const state = await decodeState(fragment)
      if (fragment !== fragmentOf(address)) return
      written = fragment
      store.open(state)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      store.notice.value = error.message
      goBack()
    }
  })
}

function replace({ history, location }: Address, fragment: string): void {
  try {
    history.replaceState(history.state, '', fragment === '' ? location.pathname : `#${fragment}`)
  } catch {
    // Some browsers count, and some forbid it for files: the storage holds the state.
  }
}

function problemOf(length: number): string | undefined {
  if (length <= handy) return undefined
  const size = `${Math.round(length / 1000)} kB`
  return length > longest
    ? `This state would make a link of ${size}, which no browser carries: download the config and open that file instead.`
    : `This link is ${size} long, and mail and chat programs cut such links: data of your own travel better as a config file.`
}
