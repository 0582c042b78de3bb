import { z } from 'zod'
import type { Spec } from '../registry/entry.ts'

/** The parameter of probes that read the largest few of something. */
export const count = z
  .int()
  .min(1)
  .max(10_000)
  .default(10)
  .meta({ description: 'how many of the largest to record (all of them where there are fewer)' })

/**
 * Lets a probe entry with a `count` be called with the bare number: `singularValues(5)` is `singularValues({ count: 5 })`.
 */
export function counted<E extends (options?: { count?: number | undefined }) => Spec>(
  made: E,
): E & ((count: number) => Spec & { count: number }) {
  const build = (options?: number | { count?: number }) =>
    made(typeof options === 'number' ? { count: options } : options)
  return Object.assign(build, made) as unknown as E & ((count: number) => Spec & { count: number })
}
