import type { Store } from '../store/store.ts'
import { findPreset, findStop } from './find-preset.ts'
import './guide.css'
import { PresetBanner } from './preset-banner.tsx'
import { TourCard } from './tour-card.tsx'

/** Where the experiment on the stage comes from: a stop of the tour, or a preset of the gallery. */
export function Guide({ store }: { readonly store: Store }) {
  const { preset: id } = store.state.value
  const stop = findStop(id)
  if (stop) return <TourCard key={stop.name} store={store} stop={stop} />
  const preset = findPreset(id)
  return preset ? <PresetBanner key={preset.id} store={store} preset={preset} /> : null
}
