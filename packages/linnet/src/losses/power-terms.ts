import type { SampleTerms } from './sample-sum.ts'

/** xⁿ for whole n ≥ 0 by repeated squaring: correct up to a few roundings, no logarithms. */
function integerPower(x: number, n: number): number {
  let power = 1
  let square = x
  for (let rest = n; rest > 0; rest >>= 1) {
    if (rest & 1) power *= square
    square *= square
  }
  return power
}

/** f_i(z) = Σ_k (z_k − y_ik)^p for even p; `targets` holds y_i one sample a row. */
export function powerTerms(targets: ArrayLike<number>, outputs: number, p: number): SampleTerms {
  return {
    value(predictions, samples, from) {
      const z = predictions.data
      let sum = 0
      for (let r = 0, e = 0; r < predictions.rows; r++) {
        const row = samples[from + r]! * outputs
        for (let k = 0; k < outputs; k++, e++) sum += integerPower(z[e]! - targets[row + k]!, p)
      }
      return sum
    },
    differentiate(predictions, samples, from) {
      const z = predictions.data
      let sum = 0
      for (let r = 0, e = 0; r < predictions.rows; r++) {
        const row = samples[from + r]! * outputs
        for (let k = 0; k < outputs; k++, e++) {
          const residual = z[e]! - targets[row + k]!
          const lower = integerPower(residual, p - 1)
          sum += lower * residual
          z[e] = p * lower
        }
      }
      return sum
    },
    curve(predictions, tangents, samples, from) {
      const z = predictions.data
      const t = tangents.data
      for (let r = 0, e = 0; r < predictions.rows; r++) {
        const row = samples[from + r]! * outputs
        for (let k = 0; k < outputs; k++, e++)
          t[e] = p * (p - 1) * integerPower(z[e]! - targets[row + k]!, p - 2) * t[e]!
      }
    },
  }
}
