import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnMeans, errorsOn, truncatedSvd } from '../src/completion/baselines.ts'
import { makeCentring } from '../src/completion/centring.ts'
import { type Completion, complete } from '../src/completion/complete.ts'
import type { Observed } from '../src/completion/observed.ts'
import type { CompletionOptions } from '../src/completion/reading.ts'
import { splitObserved } from '../src/completion/split.ts'
import type { Engine } from '../src/engine/engine.ts'
import { loadEngine } from '../src/engine/load.ts'
import { InputError } from '../src/input-error.ts'
import { chainSingularValues } from '../src/linalg/chain-singular-values.ts'

/** A rank-`rank` matrix with entries of size about 1, of which about `share` are observed. */
function instance(engine: Engine, rows: number, columns: number, rank: number, share: number, seed = 1) {
  const random = engine.random(seed)
  const [left, right] = [engine.matrix(rows, rank), engine.matrix(columns, rank)]
  random.split('left').normalInto(left)
  random.split('right').normalInto(right)
  const truth = engine.matrix(rows, columns)
  engine.multiplyInto(truth, left, right, false, true, 1 / Math.sqrt(rank))
  const at = Array.from(
    random.split('observed').sample(Math.round(share * rows * columns), rows * columns).data,
  )
  const observed: Observed = {
    rows,
    columns,
    rowOf: Int32Array.from(at, (p) => Math.floor(p / columns)),
    columnOf: Int32Array.from(at, (p) => p % columns),
    values: Float64Array.from(at, (p) => truth.data[p]!),
  }
  return { truth: truth.data.slice(), observed, hidden: new Set(at) }
}

async function completed(observed: Observed, options: CompletionOptions = {}): Promise<Completion> {
  const stream = complete(await loadEngine(), observed, options)
  for (;;) {
    const { done, value } = await stream.next()
    if (done) return value
  }
}

describe('splitting', () => {
  test('every entry is in exactly one part, parts have their sizes, no row or column loses its last entry', async () => {
    const engine = await loadEngine()
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 0, max: 999 }),
        (rows, columns, seed) => {
          const { observed } = instance(engine, rows, columns, 1, 0.7, seed)
          const { training, validation, test: held } = splitObserved(observed, 0.1, 0.2, engine.random(seed))
          const key = (part: Observed, e: number) => part.rowOf[e]! * columns + part.columnOf[e]!
          const all = [training, validation, held].flatMap((part) =>
            Array.from(part.values, (_, e) => key(part, e)),
          )
          expect(new Set(all).size).toBe(observed.values.length)
          expect(held.values.length).toBeLessThanOrEqual(
            Math.max(1, Math.round(0.2 * observed.values.length)),
          )
          expect(new Set(training.rowOf)).toEqual(new Set(observed.rowOf))
          expect(new Set(training.columnOf)).toEqual(new Set(observed.columnOf))
        },
      ),
      { numRuns: 50, seed: 1 },
    )
  })
})

describe('baselines against their definitions', () => {
  test('column means, by hand', () => {
    const training: Observed = {
      rows: 2,
      columns: 3,
      rowOf: Int32Array.of(0, 1, 0),
      columnOf: Int32Array.of(0, 0, 1),
      values: Float64Array.of(1, 3, 10),
    }
    const { predict } = columnMeans({ training, validation: training, test: training })
    // The third column has no entry: the mean of all.
    expect([predict(0, 0), predict(1, 1), predict(1, 2)]).toEqual([2, 10, 14 / 3])
    expect(makeCentring(training, 'rows').offset(0, 2)).toBe(5.5)
    expect(makeCentring(training, 'none').offset(0, 0)).toBe(0)
  })

  test('truncated SVD finds the rank of a fully known matrix and reproduces it', async () => {
    const engine = await loadEngine()
    const { observed, truth } = instance(engine, 20, 15, 2, 1)
    const whole = { training: observed, validation: observed, test: observed }
    const { how, predict } = truncatedSvd(engine, whole)
    // Subtracting column means adds one to the rank at most; a rank beyond the third only fits rounding.
    expect(how).toMatch(/rank \d+ \(of 15/)
    expect(predict(3, 4)).toBeCloseTo(truth[3 * 15 + 4]!, 12)
    expect(errorsOn(whole, predict).test.rootMeanSquare).toBeLessThan(1e-13)
  })
})

describe('completing', () => {
  test('a rank-2 matrix of which 40 % is known is found where nothing was told, far better than the baselines', async () => {
    const engine = await loadEngine()
    const { observed, truth, hidden } = instance(engine, 50, 40, 2, 0.4)
    const result = await completed(observed, { centre: 'none' })
    const squares = truth.reduce(
      (sum, value, at) => (hidden.has(at) ? sum : sum + (result.model.data[at]! - value) ** 2),
      0,
    )
    const error = Math.sqrt(squares / (truth.length - hidden.size))
    expect(error).toBeLessThan(0.02)
    // The held-out error is an honest estimate of the error on what nobody has seen.
    const reported = result.methods[0]!.errors.test.rootMeanSquare
    expect(reported).toBeGreaterThan(error / 4)
    expect(reported).toBeLessThan(error * 4)
    expect(result.chosen.effectiveRank).toBeLessThan(2.2)
    const others = result.methods.slice(1).map(({ errors }) => errors.test.rootMeanSquare)
    expect(Math.min(...others)).toBeGreaterThan(10 * reported)
    expect(
      Array.from(
        observed.values,
        (_, e) => result.completed.data[observed.rowOf[e]! * 40 + observed.columnOf[e]!],
      ),
    ).toEqual(Array.from(observed.values))
  })

  test('depth 1 cannot: unobserved entries stay at their centring', async () => {
    const engine = await loadEngine()
    const { observed } = instance(engine, 20, 16, 1, 0.5)
    const { methods, notes } = await completed(observed, { depth: 1, centre: 'columns' })
    const [ours, means] = methods
    expect(ours!.errors.test.rootMeanSquare).toBeCloseTo(means!.errors.test.rootMeanSquare, 2)
    expect(notes.join()).toMatch(/depth 1/)
  })

  test('the same seed gives the same bits, another seed another split', async () => {
    const { observed } = instance(await loadEngine(), 15, 12, 1, 0.6)
    const [a, b, c] = [
      await completed(observed),
      await completed(observed),
      await completed(observed, { seed: 1 }),
    ]
    expect(b.model.data).toEqual(a.model.data)
    expect(c.model.data).not.toEqual(a.model.data)
  })

  test('an interrupted completion is one all the same', async () => {
    const { observed } = instance(await loadEngine(), 15, 12, 1, 0.6)
    const { stopped, model } = await completed(observed, { signal: { aborted: true } })
    expect(stopped.reason).toBe('interrupted')
    expect(Array.from(model.data as Float64Array).every(Number.isFinite)).toBe(true)
  })

  test.each<[string, Partial<Observed>, RegExp]>([
    ['one row', { rows: 1 }, /1×12/],
    ['a position twice', { rowOf: new Int32Array(20), columnOf: new Int32Array(20) }, /twice/],
    ['a position outside', { columnOf: Int32Array.from({ length: 20 }, (_, e) => e) }, /outside/],
    ['a value that is none', { values: new Float64Array(20).fill(Number.NaN) }, /NaN/],
    ['too few', { values: new Float64Array(5) }, /at least 10/],
  ])('%s is refused with a sentence', async (_name, wrong, sentence) => {
    const observed: Observed = {
      rows: 15,
      columns: 12,
      rowOf: Int32Array.from({ length: 20 }, (_, e) => e % 15),
      columnOf: Int32Array.from({ length: 20 }, (_, e) => e % 12),
      values: new Float64Array(20),
      ...wrong,
    }
    await expect(completed(observed)).rejects.toThrow(InputError)
    await expect(completed(observed)).rejects.toThrow(sentence)
  })
})

test('singular values of a narrow chain are those of its product', async () => {
  const engine = await loadEngine()
  for (const widths of [
    [30, 4, 20],
    [5, 9, 7],
    [12, 3, 3, 15],
    [6, 8],
  ]) {
    const random = engine.random(5)
    const layers = widths.slice(1).map((width, j) => {
      const layer = engine.matrix(width, widths[j]!)
      random.split(j).normalInto(layer)
      return layer
    })
    const product = layers.slice(1).reduce((partial, layer) => {
      const out = engine.matrix(layer.rows, partial.columns)
      engine.multiplyInto(out, layer, partial)
      return out
    }, layers[0]!)
    const expected = engine.singularValues(product)
    const found = chainSingularValues(engine, layers)
    for (let r = 0; r < found.length; r++)
      expect(Math.abs(found[r]! - expected[r]!)).toBeLessThan(1e-13 * expected[0]!)
    for (let r = found.length; r < expected.length; r++)
      expect(expected[r]!).toBeLessThan(1e-13 * expected[0]!)
  }
})

describe('when to stop', () => {
  test.each([0, 1, 2, 3, 4, 5])(
    'plateaus between two singular values are not taken for the end, seed %i',
    async (seed) => {
      const engine = await loadEngine()
      const { observed } = instance(engine, 30, 20, 2, 0.6, 11)
      const shifted = { ...observed, values: observed.values.map((value) => value + 5) }
      const [ours, means] = (await completed(shifted, { seed })).methods
      expect(ours!.errors.test.rootMeanSquare).toBeLessThan(0.2 * means!.errors.test.rootMeanSquare)
    },
  )

  test('a constant matrix is what its means say, at once', async () => {
    const { observed } = instance(await loadEngine(), 12, 9, 1, 0.8)
    const constant = { ...observed, values: new Float64Array(observed.values.length).fill(4.2) }
    const { model, stopped, curve } = await completed(constant)
    expect(stopped.reason).toBe('fitted')
    expect(curve.length).toBe(1)
    for (const value of Array.from(model.data)) expect(value).toBeCloseTo(4.2, 13)
  })

  test('without a test part all else is as before, and no test error is made up', async () => {
    const { observed } = instance(await loadEngine(), 20, 15, 1, 0.6)
    const { sizes, methods } = await completed(observed, { test: 0 })
    expect(sizes.test).toBe(0)
    expect(methods[0]!.errors.test.rootMeanSquare).toBeNaN()
    expect(methods[0]!.errors.validation.rootMeanSquare).toBeLessThan(0.1)
  })
})
