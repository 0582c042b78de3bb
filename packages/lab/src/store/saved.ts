import { InputError } from 'linnet'
import { LiveRun, type SavedRun } from '../running/live-run.ts'
import type { Offer, Offers } from '../running/saved-runs.ts'
import { pinnedLane, type StagedRun, type Store } from './store.ts'

/** Of the runs that are offered: more curves over one another cannot be told apart, and slow the page down. */
export const mostDrawn = 12
/** Of them those that are drawn without being asked for. */
const mostAtFirst = 6

/** A run from its folder as a pinned one: the live runs are drawn beside it. */
export function stagedSaved(label: string, run: SavedRun): StagedRun {
  const { id, config, engine } = run
  const planned = { id, lane: pinnedLane, repetition: 0, label, config, engine }
  return { planned, live: LiveRun.saved(run), pinned: true }
}

/** Offers runs from folders, and draws the first of them. */
export async function offerSaved(store: Store, { offers, faults }: Offers): Promise<void> {
  store.savedFaults.value = faults
  store.offers.value = offers
  await drawOffers(store, offers.slice(0, mostAtFirst))
}

/** Stages runs that are offered; what cannot be read becomes a sentence. */
export async function drawOffers(store: Store, offers: readonly Offer[]): Promise<void> {
  const loaded = await Promise.all(offers.map(drawn))
  const faults = loaded.filter((one) => typeof one === 'string')
  const there = new Set(store.saved.value.map(({ planned }) => planned.id))
  const fresh = loaded
    .filter((one) => typeof one !== 'string')
    .filter(({ planned }) => !there.has(planned.id))
  store.saved.value = [...store.saved.value, ...fresh]
  store.savedFaults.value = [...new Set([...store.savedFaults.value, ...faults])]
}

async function drawn({ label, load }: Offer): Promise<StagedRun | string> {
  try {
    return stagedSaved(label, await load())
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}
