import type { Store } from '../store/store.ts'
import type { Preset } from './preset.ts'

/** Shows a preset; runs that were pinned stay over it. */
export function openPreset(store: Store, preset: Pick<Preset, 'state'>): void {
  store.open({ ...preset.state(), pins: store.state.value.pins })
}
