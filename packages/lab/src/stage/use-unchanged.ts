import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { same } from './same.ts'

/** The same signal, telling only of true changes. */
export function useUnchanged<T>(source: ReadonlySignal<T>): ReadonlySignal<T> {
  const kept = useMemo(() => ({ value: source.peek() }), [source])
  return useComputed(() => {
    if (!same(kept.value, source.value)) kept.value = source.value
    return kept.value
  })
}
