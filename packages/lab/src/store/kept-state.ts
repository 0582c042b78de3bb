import type { LabState } from '../experiment/experiment.ts'
import { readState, shortState } from '../experiment/state-schema.ts'

/** A state as the browser keeps it, beside the fragment that stood in the address bar then. */
export interface KeptState {
  readonly fragment: string
  readonly state: LabState
}

/** Whatever the lab was in last, or the last of it that could be run. */
export type Kept = 'last' | 'runnable'

const names: Readonly<Record<Kept, string>> = { last: 'linnet-lab', runnable: 'linnet-lab-runnable' }

/** Keeps a state in a storage of the browser; where that is not allowed (private windows, files) nothing is kept. */
export function keepState(storage: () => Storage, which: Kept, { fragment, state }: KeptState): void {
  try {
    storage().setItem(names[which], JSON.stringify({ fragment, state: shortState(state) }))
  } catch {
    // Full, or forbidden: the address bar still holds the state.
  }
}

/** What was kept, if it is a state still. */
export function keptState(storage: () => Storage, which: Kept): KeptState | undefined {
  try {
    const { fragment, state: given } = JSON.parse(
      storage().getItem(names[which]) ?? '{}',
    ) as Partial<KeptState>
    const state = readState(given)
    return typeof fragment === 'string' && typeof state !== 'string' ? { fragment, state } : undefined
  } catch {
    return undefined
  }
}
