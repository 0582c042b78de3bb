import type { LabState } from '../experiment/experiment.ts'
import type { Store } from '../store/store.ts'
import type { Preset } from './preset.ts'
import type { TourStop } from './tour-stop.ts'

/** The preset that somebody has just opened: its heading takes the focus. One that a link brought along does not. */
let arriving: string | undefined

/** Whether the preset was just opened by somebody; true once. */
export function hasArrived(id: string): boolean {
  const arrived = arriving === id
  if (arrived) arriving = undefined
  return arrived
}

/** Shows a preset; runs that were pinned stay over it. */
export function openPreset(store: Store, { id, state }: Pick<Preset, 'id' | 'state'>): void {
  arriving = id
  store.open({ ...state(), pins: store.state.value.pins })
}

/** Goes to a stop of the tour, with nothing else on the stage. */
export function visit(store: Store, { state }: TourStop): void {
  arriving = state.preset
  store.open(state)
}

/** Names of the buttons in the header. */
export const ways = { gallery: 'way-to-gallery', tour: 'way-to-tour' }

/** Forgets where the experiment came from; the experiment stays, and the focus goes back to where one came in. */
export function leavePreset(store: Store): void {
  const { preset, ...rest } = store.state.value
  store.open(rest)
  document.getElementById(preset?.startsWith('tour:') ? ways.tour : ways.gallery)?.focus()
}

/** Whether the experiment was changed since its preset was opened. */
export function isChanged({ experiment }: LabState, preset: LabState): boolean {
  return JSON.stringify(experiment) !== JSON.stringify(preset.experiment)
}
