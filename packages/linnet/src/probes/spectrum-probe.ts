import type { Engine } from '../engine/engine.ts'
import type { Column, Probe } from './probe.ts'

/** A number made of the singular values of the end-to-end matrix, descending. */
export type OfSpectrum = (values: Float64Array, engine: Engine) => number

/** The probe with one column that reads `of` off the singular values of the end-to-end matrix. */
export function spectrumProbe(column: Column, of: OfSpectrum): Probe {
  return { columns: [column], read: (moment) => [of(moment.singularValues, moment.objective.engine)] }
}

/**
 * Σ_r f(σ_r/σ_1): sums over singular values relative to the largest, so that nothing overflows or underflows. 0 for no or only
 * zero values.
 */
export function relativeSum(values: Float64Array, f: (share: number) => number): number {
  const largest = values[0] ?? 0
  if (largest === 0) return 0
  let sum = 0
  for (const value of values) sum += f(value / largest)
  return sum
}
