import { signal } from '@preact/signals'
import type { ConfigProblem } from 'linnet'
import { describe, expect, test, vi } from 'vitest'
import type { LabState } from '../src/experiment/experiment.ts'
import { decodeState, encodeState } from '../src/experiment/link.ts'
import { openingState } from '../src/experiment/opening.ts'
import { type Address, keepInAddress, stateAtStart } from '../src/store/address.ts'
import type { Store } from '../src/store/store.ts'

function makeStorage(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  } as unknown as Storage
}

/** A window with an address bar and nothing else. */
function makeWindow(hash = '', storages: { local?: Storage; session?: Storage } = {}) {
  const heard = new Map<string, () => unknown>()
  const location = { hash, pathname: '/' }
  const address = {
    location,
    history: {
      state: null,
      replaceState: (_: unknown, __: string, url: string) => {
        location.hash = url.startsWith('#') ? url : ''
      },
    },
    localStorage: storages.local ?? makeStorage(),
    sessionStorage: storages.session ?? makeStorage(),
    addEventListener: (name: string, listener: () => unknown) => heard.set(name, listener),
  }
  return {
    location,
    address: address as unknown as Address,
    happens: async (name: string) => heard.get(name)!(),
    goTo: async (fragment: string) => {
      location.hash = `#${fragment}`
      await heard.get('hashchange')!()
    },
  }
}

function makeStoreOf(initial: LabState) {
  const state = signal(initial)
  const store = {
    state,
    problems: signal<readonly ConfigProblem[]>([]),
    notice: signal<string | undefined>(undefined),
    linkProblem: signal<string | undefined>(undefined),
    open: (opened: LabState) => {
      state.value = opened
    },
  }
  return store as typeof store & Store
}

const changed = (seed: number): LabState => ({
  ...openingState,
  experiment: { ...openingState.experiment, config: { ...openingState.experiment.config, seed } },
  drafts: { 'loss.observed': '54o' },
})

/** Lets timers and streams run until what is expected is there. */
const until = (expected: () => void) => vi.waitFor(expected, { timeout: 30_000, interval: 20 })

describe('what the page begins with', () => {
  test('nothing in the link: the opening', async () => {
    expect(await stateAtStart(makeWindow().address)).toEqual({ state: openingState })
    expect(await stateAtStart(makeWindow('#stage').address)).toEqual({ state: openingState })
  })

  test('what the link holds', async () => {
    const state = changed(7)
    expect(await stateAtStart(makeWindow(`#${await encodeState(state)}`).address)).toEqual({ state })
  })

  test('a bad link: the last good state, and a sentence', async () => {
    const local = makeStorage()
    const before = makeWindow('', { local })
    keepInAddress(makeStoreOf(changed(8)), before.address)
    await before.happens('pagehide')
    const { state, notice } = await stateAtStart(makeWindow('#1=nonsense', { local }).address)
    expect(state).toEqual(changed(8))
    expect(notice).toMatch(/^This link cannot be read: .*; the last good state is shown\.$/)
    expect((await stateAtStart(makeWindow('#1=nonsense').address)).state).toEqual(openingState)
  })

  test('storage that is forbidden or holds something else does not matter', async () => {
    const odd = makeStorage()
    odd.setItem('linnet-lab', '{"fragment":"","state":{"experiment":7}}')
    expect((await stateAtStart(makeWindow('', { session: odd, local: odd }).address)).state).toEqual(
      openingState,
    )
    const forbidden = new Proxy({} as Storage, {
      get: () => {
        throw new Error('SecurityError')
      },
    })
    const window = makeWindow('#1=nonsense', { session: forbidden, local: forbidden })
    expect((await stateAtStart(window.address)).state).toEqual(openingState)
    keepInAddress(makeStoreOf(changed(1)), window.address)
    await window.happens('pagehide')
  })
})

describe('the address bar follows the state', () => {
  test('changes are written after a rest, many at once', async () => {
    const window = makeWindow()
    const store = makeStoreOf(openingState)
    keepInAddress(store, window.address)
    for (let seed = 2; seed < 9; seed++) store.state.value = changed(seed)
    expect(window.location.hash).toBe('')
    await until(() => expect(window.location.hash).not.toBe(''))
    expect(await decodeState(window.location.hash)).toEqual(changed(8))
    expect(store.linkProblem.value).toBeUndefined()
  })

  test('a reload just after a change loses nothing, drafts included', async () => {
    const session = makeStorage()
    const window = makeWindow('', { session })
    const store = makeStoreOf(openingState)
    keepInAddress(store, window.address)
    await until(() => expect(window.location.hash).not.toBe(''))
    store.state.value = changed(9)
    await window.happens('pagehide')
    const again = makeWindow(window.location.hash, { session })
    expect((await stateAtStart(again.address)).state).toEqual(changed(9))
    // Another link in the same tab is another state.
    const other = makeWindow(`#${await encodeState(changed(3))}`, { session })
    expect(await stateAtStart(other.address)).toEqual({ state: changed(3) })
  })

  test('a reload with what cannot be run: beside it the last that could', async () => {
    const session = makeStorage()
    const window = makeWindow('', { session })
    const store = makeStoreOf(changed(5))
    keepInAddress(store, window.address)
    await window.happens('pagehide')
    store.state.value = changed(-1)
    store.problems.value = [{ field: 'seed', given: '-1', expected: 'a count', remedy: 'set seed to 0' }]
    await window.happens('pagehide')
    const again = makeWindow('', { session })
    expect(await stateAtStart(again.address)).toEqual({ state: changed(-1), runnable: changed(5) })
  })

  test('a link pasted into the same tab is shown; a bad one says so and leaves all as it is', async () => {
    const window = makeWindow()
    const store = makeStoreOf(openingState)
    keepInAddress(store, window.address)
    await until(() => expect(window.location.hash).not.toBe(''))
    const own = window.location.hash
    await window.goTo('1=AAAA')
    expect(store.notice.value).toContain('This link cannot be read')
    expect([store.state.value, window.location.hash]).toEqual([openingState, own])
    await window.goTo('stage')
    expect(window.location.hash).toBe(own)
    await window.goTo(await encodeState(changed(4)))
    expect(store.state.value).toEqual(changed(4))
  })

  test('a link that is pasted while a change waits to be written is not written over', async () => {
    const window = makeWindow()
    const store = makeStoreOf(openingState)
    keepInAddress(store, window.address)
    await until(() => expect(window.location.hash).not.toBe(''))
    const pasted = `#${await encodeState(changed(4))}`
    store.state.value = changed(3)
    // Browsers tell of it later, and then it is read for a while.
    window.location.hash = pasted
    const other = makeWindow()
    const later = makeStoreOf(changed(3))
    keepInAddress(later, other.address)
    await until(() => expect(other.location.hash).not.toBe(''))
    expect(window.location.hash).toBe(pasted)
    await window.happens('hashchange')
    expect(store.state.value).toEqual(changed(4))
  })

  test('after a bad link the change that waited is written', async () => {
    const window = makeWindow()
    const store = makeStoreOf(openingState)
    keepInAddress(store, window.address)
    store.state.value = changed(3)
    await window.goTo('1=AAAA')
    await until(() => expect(window.location.hash).not.toBe(''))
    expect(await decodeState(window.location.hash)).toEqual(changed(3))
  })

  test('long links say so; those that no browser carries are not written, and a reload still loses nothing', async () => {
    const session = makeStorage()
    const window = makeWindow('', { session })
    const withData = (count: number) => {
      let state = 1
      const data = Array.from({ length: count }, () => {
        state = (state * 48271) % 2147483647
        return state / 2147483647
      })
      return { ...openingState, experiment: { ...openingState.experiment, config: { loss: { data } } } }
    }
    const store = makeStoreOf(withData(20_000))
    keepInAddress(store, window.address)
    await until(() => expect(store.linkProblem.value).toMatch(/^This link is \d+ kB long/))
    expect(await decodeState(window.location.hash)).toEqual(withData(20_000))
    store.state.value = withData(200_000)
    await until(() => expect(store.linkProblem.value).toContain('no browser carries'))
    expect(window.location.hash).toBe('')
    expect((await stateAtStart(makeWindow('', { session }).address)).state).toEqual(withData(200_000))
    store.state.value = openingState
    await until(() => expect(store.linkProblem.value).toBeUndefined())
  })
})
