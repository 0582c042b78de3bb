import type { LabState } from '../experiment/experiment.ts'
import type { Store } from '../store/store.ts'
import type { Preset } from './preset.ts'
import type { TourStop } from './tour-stop.ts'

/** Shows a preset; runs that were pinned stay over it. */
export function openPreset(store: Store, preset: Pick<Preset, 'state'>): void {
  store.open({ ...preset.state(), pins: store.state.value.pins })
}

/** Goes to a stop of the tour, with nothing else on the stage. */
export function visit(store: Store, { state }: TourStop): void {
  store.open(state)
}

/** Forgets where the experiment came from; the experiment stays. */
export function leavePreset(store: Store): void {
  const { preset: _, ...rest } = store.state.value
  store.open(rest)
}

/** Whether the experiment was changed since its preset was opened. */
export function isChanged({ experiment }: LabState, preset: LabState): boolean {
  return JSON.stringify(experiment) !== JSON.stringify(preset.experiment)
}
