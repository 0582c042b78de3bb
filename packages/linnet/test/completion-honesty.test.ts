import { beforeAll, describe, expect, it } from 'vitest'
import { truncatedSvd } from '../src/completion/baselines.ts'
import { makeCentring } from '../src/completion/centring.ts'
import { type Completion, complete } from '../src/completion/complete.ts'
import { type Observed, pick } from '../src/completion/observed.ts'
import { type Split, splitObserved } from '../src/completion/split.ts'
import { type Engine, loadEngine } from '../src/index.ts'
import { fixture } from './making.ts'

const [ROWS, COLUMNS] = [24, 20]
const NOISE = 0.5

/** Sums of a few hundred float64 numbers of size 1, taken in another order. */
const ROUNDING = 1e-12

let engine: Engine
let observed: Observed
let split: Split
let result: Completion
beforeAll(async () => {
  engine = await loadEngine()
  observed = noisy()
  split = splitObserved(observed, 0.1, 0.1, engine.random(0).split('holdOut'))
  result = await completed(observed)
})

/** A matrix of rank 2 with so much noise that learning it to the end is worse than stopping in time. */
function noisy(): Observed {
  const random = engine.random(3)
  const [left, right] = [engine.matrix(ROWS, 2), engine.matrix(COLUMNS, 2)]
  random.split('left').normalInto(left)
  random.split('right').normalInto(right)
  const full = engine.matrix(ROWS, COLUMNS)
  random.split('noise').normalInto(full)
  engine.multiplyInto(full, left, right, false, true, 1, NOISE)
  const at = Array.from(random.split('observed').sample(300, ROWS * COLUMNS).data)
  return entriesOf(ROWS, COLUMNS, at, full.data)
}

function entriesOf(rows: number, columns: number, at: readonly number[], full: ArrayLike<number>): Observed {
  return {
    rows,
    columns,
    rowOf: Int32Array.from(at, (p) => Math.floor(p / columns)),
    columnOf: Int32Array.from(at, (p) => p % columns),
    values: Float64Array.from(at, (p) => full[p]!),
  }
}

async function completed(given: Observed): Promise<Completion> {
  const stream = complete(engine, given)
  for (;;) {
    const { done, value } = await stream.next()
    if (done) return value
  }
}

const positions = (part: Observed) => new Set(Array.from(part.values, (_, e) => positionOf(part, e)))
const positionOf = (part: Observed, e: number) => part.rowOf[e]! * part.columns + part.columnOf[e]!

/** Root of the mean squared difference between a model, row by row, and a part. */
function error(model: ArrayLike<number>, part: Observed): number {
  const squares = Array.from(part.values, (value, e) => (model[positionOf(part, e)]! - value) ** 2)
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}

/** unit·W_n···W_1 plus the centring, multiplied out here. */
function modelOfWeights({ weights, unit }: Completion): number[] {
  const product = weights.slice(1).reduce((before, layer) => {
    const data = new Float64Array(layer.rows * before.columns)
    for (let i = 0; i < layer.rows; i++)
      for (let k = 0; k < layer.columns; k++)
        for (let j = 0; j < before.columns; j++)
          data[i * before.columns + j]! +=
            layer.data[i * layer.columns + k]! * before.data[k * before.columns + j]!
    return { rows: layer.rows, columns: before.columns, data }
  }, weights[0]!)
  const { offset } = makeCentring(split.training, 'columns')
  return Array.from(product.data, (x, p) => unit * x + offset(Math.floor(p / COLUMNS), p % COLUMNS))
}

/** The same observations with other values on one part. */
function perturbed(part: Observed): Observed {
  const changed = positions(part)
  const values = observed.values.map((value, e) => (changed.has(positionOf(observed, e)) ? 5 - value : value))
  return { ...observed, values }
}

const choice = ({ chosen, weights, model, stopped }: Completion) => ({
  time: chosen.time,
  stopped,
  weights: weights.map(({ data }) => Array.from(data)),
  model: Array.from(model.data),
})

describe('what the test part may influence', () => {
  it('is the error that is reported on it and nothing else', async () => {
    const other = await completed(perturbed(split.test))
    expect(choice(other)).toEqual(choice(result))
    expect(other.methods.map(({ how }) => how)).toEqual(result.methods.map(({ how }) => how))
    for (const [k, { errors }] of other.methods.entries()) {
      expect(errors.training).toEqual(result.methods[k]!.errors.training)
      expect(errors.validation).toEqual(result.methods[k]!.errors.validation)
      expect(errors.test.rootMeanSquare).toBeGreaterThan(2 * result.methods[k]!.errors.test.rootMeanSquare)
    }
  })

  it('while the validation part decides', async () => {
    expect(choice(await completed(perturbed(split.validation))).time).not.toBe(choice(result).time)
  })
})

describe('the chosen time', () => {
  it('is where the validation error is least, before the end of the curve', () => {
    const { curve, chosen } = result
    const least = Math.min(...curve.map(({ validation }) => validation))
    expect(chosen.validation).toBe(least)
    expect(chosen).toBe(curve.find(({ validation }) => validation === least))
    expect(chosen.time).toBeGreaterThan(0)
    // Learned to the end it would have been worse, and the test part agrees here.
    expect(curve.at(-1)!.validation).toBeGreaterThan(1.02 * least)
    expect(curve.indexOf(chosen)).toBeLessThan(curve.length - 1)
  })

  it('is the one whose weights are kept', () => {
    const model = modelOfWeights(result)
    for (const part of ['training', 'validation', 'test'] as const) {
      expect(Math.abs(error(model, split[part]) - result.chosen[part])).toBeLessThan(ROUNDING)
      expect(Math.abs(error(model, split[part]) - result.curve.at(-1)![part])).toBeGreaterThan(1e-3)
    }
    for (const [p, value] of model.entries())
      expect(Math.abs(value - result.model.data[p]!)).toBeLessThan(ROUNDING)
  })
})

describe('reported errors', () => {
  it('of the model are those of each part, and no two parts agree', () => {
    const [ours] = result.methods
    const own = (['training', 'validation', 'test'] as const).map((part) => {
      const expected = error(result.model.data, split[part])
      expect(Math.abs(ours!.errors[part].rootMeanSquare - expected)).toBeLessThan(ROUNDING)
      const absolutes = Array.from(split[part].values, (value, e) =>
        Math.abs(result.model.data[positionOf(split[part], e)]! - value),
      )
      const mean = absolutes.reduce((sum, x) => sum + x, 0) / absolutes.length
      expect(Math.abs(ours!.errors[part].meanAbsolute - mean)).toBeLessThan(ROUNDING)
      return expected
    })
    expect(new Set(own.map((x) => x.toFixed(6))).size).toBe(3)
  })

  it('of column means are those of means over training entries alone', () => {
    const sums = new Map<number, { sum: number; count: number }>()
    for (const [e, column] of split.training.columnOf.entries()) {
      const { sum, count } = sums.get(column) ?? { sum: 0, count: 0 }
      sums.set(column, { sum: sum + split.training.values[e]!, count: count + 1 })
    }
    const model = Array.from({ length: ROWS * COLUMNS }, (_, p) => {
      const { sum, count } = sums.get(p % COLUMNS)!
      return sum / count
    })
    const means = result.methods.find(({ name }) => name === 'column means')!
    for (const part of ['training', 'validation', 'test'] as const)
      expect(Math.abs(means.errors[part].rootMeanSquare - error(model, split[part]))).toBeLessThan(ROUNDING)
  })
})

interface Truncation {
  readonly rows: number
  readonly columns: number
  readonly values: readonly number[]
  readonly training: readonly number[]
  readonly validation: readonly number[]
  readonly test: readonly number[]
  readonly rank: number
  readonly model: readonly number[]
}

describe('truncated SVD', () => {
  const { cases } = fixture<{ cases: readonly Truncation[] }>('truncated_svd')

  it.each(cases)('of a $rows×$columns matrix chooses rank $rank and predicts as NumPy does', (one) => {
    const all = entriesOf(
      one.rows,
      one.columns,
      one.values.map((_, p) => p),
      one.values,
    )
    const { how, predict } = truncatedSvd(engine, {
      training: pick(all, one.training),
      validation: pick(all, one.validation),
      test: pick(all, one.test),
    })
    expect(how).toContain(`rank ${one.rank} (of ${Math.min(one.rows, one.columns)},`)
    for (const [p, value] of one.model.entries())
      expect(Math.abs(predict(Math.floor(p / one.columns), p % one.columns) - value)).toBeLessThan(ROUNDING)
  })
})
