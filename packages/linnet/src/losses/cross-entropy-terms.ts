import type { Engine } from '../engine/engine.ts'
import type { SampleTerms } from './sample-sum.ts'

/**
 * f_i(z) = log Σ_k e^{z_k} − z_{y_i}. Written relative to the largest z, and every difference that would cancel where one
 * class has nearly all the probability is avoided: a loss of 1e-30 still has its leading digits.
 */
export function crossEntropyTerms(engine: Engine, labels: Int32Array, classes: number): SampleTerms {
  /** e^{z_k − z_max} of the row under work, 0 at the largest. Numbers in arrays, for the hot loop must not make new ones. */
  const others = new Float64Array(classes)
  /** Their sum. */
  const rest = new Float64Array(1)
  let top = 0

  function read(z: Float64Array, start: number): void {
    top = 0
    for (let k = 1; k < classes; k++) if (z[start + k]! > z[start + top]!) top = k
    let sum = 0
    for (let k = 0; k < classes; k++) {
      others[k] = k === top ? 0 : engine.exp(z[start + k]! - z[start + top]!)
      sum += others[k]!
    }
    rest[0] = sum
  }

  const rowValue = (z: Float64Array, start: number, label: number) =>
    z[start + top]! - z[start + label]! + engine.log1p(rest[0]!)

  /** Probability of class k in the row that was read. */
  const probability = (k: number) => (k === top ? 1 : others[k]!) / (1 + rest[0]!)

  return {
    value(predictions, samples, from) {
      const z = predictions.data
      let sum = 0
      for (let r = 0; r < predictions.rows; r++) {
        read(z, r * classes)
        sum += rowValue(z, r * classes, labels[samples[from + r]!]!)
      }
      return sum
    },
    differentiate(predictions, samples, from) {
      const z = predictions.data
      let sum = 0
      for (let r = 0; r < predictions.rows; r++) {
        const start = r * classes
        const label = labels[samples[from + r]!]!
        read(z, start)
        sum += rowValue(z, start, label)
        // At the label: p_label − 1 = −Σ_{k ≠ label} p_k.
        let wrong = 0
        for (let k = 0; k < classes; k++) {
          z[start + k] = probability(k)
          if (k !== label) wrong += z[start + k]!
        }
        z[start + label] = -wrong
      }
      return sum
    },
    curve(predictions, tangents) {
      const z = predictions.data
      const t = tangents.data
      for (let r = 0; r < predictions.rows; r++) {
        const start = r * classes
        read(z, start)
        // (diag p − p pᵀ) t does not change when a number is added to all of t: make it 0 at the largest.
        const origin = t[start + top]!
        let mean = 0
        for (let k = 0; k < classes; k++) {
          t[start + k] = t[start + k]! - origin
          mean += probability(k) * t[start + k]!
        }
        for (let k = 0; k < classes; k++) t[start + k] = probability(k) * (t[start + k]! - mean)
      }
    },
  }
}
