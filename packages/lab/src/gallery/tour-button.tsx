import type { Store } from '../store/store.ts'
import { visit, ways } from './open-preset.ts'
import { tour } from './tour.ts'

/** Begins the tour. */
export function TourButton({ store }: { readonly store: Store }) {
  return (
    <button type="button" id={ways.tour} class="quiet" onClick={() => visit(store, tour[0]!)}>
      Tour
    </button>
  )
}
