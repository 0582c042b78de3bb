import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Loss } from './loss.ts'

/**
 * The functions f_i of ℓ(W) = factor·Σ_i f_i(W x_i). Row r of `predictions` (b×d_n) is W x_i for sample
 * i = samples[from + r].
 */
export interface SampleTerms {
  /** Σ f_i. */
  value(predictions: Matrix, samples: Int32Array, from: number): number
  /** Replaces each row by ∇f_i there; returns Σ f_i. */
  differentiate(predictions: Matrix, samples: Int32Array, from: number): number
  /** Replaces each row of `tangents` by ∇²f_i · row, taken at the same row of `predictions`. */
  curve(predictions: Matrix, tangents: Matrix, samples: Int32Array, from: number): void
}

/** Rows that are worked on at once: enough for the products to run at full speed, few enough to stay in the cache. */
const CHUNK = 256

type Chunk = (inputs: Matrix, samples: Int32Array, from: number, first: boolean) => number

/**
 * Value, derivatives and mini-batches of ℓ(W) = factor·Σ_i f_i(W x_i), from products over a few rows at a time.
 *
 * `inputs` is m×d_0, one sample a row. Everything is allocated here.
 */
export function sampleSum(
  engine: Engine,
  inputs: Matrix,
  outputs: number,
  factor: number,
  terms: SampleTerms,
) {
  const m = inputs.rows
  const everySample = Int32Array.from({ length: m }, (_, i) => i)
  const chunkRows = Math.min(CHUNK, m)
  const wholeChunks = Array.from({ length: Math.ceil(m / chunkRows) }, (_, c) =>
    engine.view(
      inputs,
      c * chunkRows * inputs.columns,
      Math.min(chunkRows, m - c * chunkRows),
      inputs.columns,
    ),
  )
  const gathered = firstRows(engine, engine.matrix(chunkRows, inputs.columns))
  const predictions = firstRows(engine, engine.matrix(chunkRows, outputs))
  const tangents = firstRows(engine, engine.matrix(chunkRows, outputs))

  function overAll(chunk: Chunk): number {
    let total = 0
    for (let c = 0; c < wholeChunks.length; c++)
      total += chunk(wholeChunks[c]!, everySample, c * chunkRows, c === 0)
    return total
  }

  function overBatch(batch: Int32Array, chunk: Chunk): number {
    let total = 0
    for (let from = 0; from < batch.length; from += chunkRows) {
      const rows = gathered(Math.min(chunkRows, batch.length - from))
      gatherRows(rows, inputs, batch, from)
      total += chunk(rows, batch, from, from === 0)
    }
    return total
  }

  // The arguments of the chunk functions below, so that no closure is made in the hot loop.
  let W!: Matrix
  let V!: Matrix
  let out!: Matrix
  let scale = factor

  const valueChunk: Chunk = (rows, samples, from) => {
    const P = predictions(rows.rows)
    engine.multiplyInto(P, rows, W, false, true)
    return terms.value(P, samples, from)
  }
  const gradientChunk: Chunk = (rows, samples, from, first) => {
    const P = predictions(rows.rows)
    engine.multiplyInto(P, rows, W, false, true)
    const sum = terms.differentiate(P, samples, from)
    engine.multiplyInto(out, P, rows, true, false, scale, first ? 0 : 1)
    return sum
  }
  const hessianChunk: Chunk = (rows, samples, from, first) => {
    const P = predictions(rows.rows)
    const T = tangents(rows.rows)
    engine.multiplyInto(P, rows, W, false, true)
    engine.multiplyInto(T, rows, V, false, true)
    terms.curve(P, T, samples, from)
    engine.multiplyInto(out, T, rows, true, false, factor, first ? 0 : 1)
    return 0
  }

  return {
    value(at: Matrix): number {
      W = at
      return factor * overAll(valueChunk)
    },
    gradientInto(gradient: Matrix, at: Matrix): number {
      W = at
      out = gradient
      scale = factor
      return factor * overAll(gradientChunk)
    },
    hessianVectorInto(product: Matrix, at: Matrix, direction: Matrix): void {
      W = at
      V = direction
      out = product
      overAll(hessianChunk)
    },
    batchGradientInto(gradient: Matrix, at: Matrix, batch: Int32Array): number {
      W = at
      out = gradient
      scale = (factor * m) / batch.length
      return scale * overBatch(batch, gradientChunk)
    },
  } satisfies Partial<Loss>
}

/** Windows on the first 1, 2, … rows of a matrix, each made once. */
function firstRows(engine: Engine, matrix: Matrix): (rows: number) => Matrix {
  const windows: Matrix[] = []
  return (rows) => {
    windows[rows] ??= engine.view(matrix, 0, rows, matrix.columns)
    return windows[rows]
  }
}

function gatherRows(out: Matrix, inputs: Matrix, batch: Int32Array, from: number): void {
  const { columns } = inputs
  const source = inputs.data
  const target = out.data
  for (let r = 0; r < out.rows; r++) {
    const start = batch[from + r]! * columns
    for (let k = 0; k < columns; k++) target[r * columns + k] = source[start + k]!
  }
}
