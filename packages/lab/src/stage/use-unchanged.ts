import { computed, type ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { same } from './same.ts'

/** A computed signal that tells only of true changes; made anew when one of `inputs` changes. */
export function useUnchanged<T>(compute: () => T, inputs: readonly unknown[]): ReadonlySignal<T> {
  return useMemo(() => {
    let kept: T | undefined
    return computed(() => {
      const next = compute()
      if (!same(kept, next)) kept = next
      return kept as T
    })
  }, inputs)
}
