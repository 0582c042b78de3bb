import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Engine,
  fileKey,
  gaussianMatrix,
  InputError,
  loadEngine,
  lowRank,
  matrices,
  matrixFile,
  type PlainMatrix,
  spectrum,
  values,
} from '../src/index.ts'
import { haar } from '../src/linalg/haar.ts'
import { makeMatrix } from './making.ts'

/** A few roundings of the largest singular value. */
const ROUNDING = 1e-13
/** Standard errors within which a mean of random numbers must lie: 1 in 3 million fails, and seeds are fixed. */
const STANDARD_ERRORS = 5

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

const shape = fc.record({ rows: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 9 }) })
const runs = { numRuns: 40, seed: 7 }

describe('lowRank', () => {
  it('is the published truth: 100×100 of rank 5 with Frobenius norm 100', () => {
    const W = makeMatrix(engine, lowRank({ rows: 100, columns: 100, rank: 5 }))
    expect(engine.norm(W)).toBeCloseTo(100, 11)
    const sigma = engine.singularValues(W)
    // Gaussian factors: the five are of one size, the others rounding errors.
    expect(sigma[4]! / sigma[0]!).toBeGreaterThan(0.3)
    expect(sigma[5]! / sigma[0]!).toBeLessThan(ROUNDING)
  })

  it('has the asked rank and norm in every shape', () => {
    fc.assert(
      fc.property(
        shape,
        fc.nat(8),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        ({ rows, columns }, r, frobenius) => {
          const rank = 1 + (r % Math.min(rows, columns))
          const W = makeMatrix(engine, lowRank({ rows, columns, rank, frobenius }), r)
          expect(engine.norm(W) / frobenius).toBeCloseTo(1, 13)
          const sigma = engine.singularValues(W)
          expect(sigma.filter((value) => value > ROUNDING * sigma[0]!)).toHaveLength(rank)
        },
      ),
      runs,
    )
  })

  it('is symmetric and positive semidefinite when asked', () => {
    const W = makeMatrix(engine, lowRank({ rows: 6, columns: 6, rank: 2, symmetric: true }))
    const transposed = engine.matrix(6, 6)
    engine.transposeInto(transposed, W)
    expect([...transposed.data]).toEqual([...W.data])
    const trace = [0, 1, 2, 3, 4, 5].reduce((sum, i) => sum + W.data[i * 7]!, 0)
    expect(trace).toBeCloseTo(
      engine.singularValues(W).reduce((a, b) => a + b),
      12,
    )
  })

  it('refuses impossible shapes', () => {
    expect(() => makeMatrix(engine, lowRank({ rows: 3, columns: 2, rank: 3 }))).toThrow(
      'lowRank: a 3×2 matrix cannot have rank 3; lower rank.',
    )
    expect(() => makeMatrix(engine, lowRank({ rows: 3, columns: 2, rank: 1, symmetric: true }))).toThrow(
      InputError,
    )
  })
})

describe('spectrum', () => {
  it('has the given singular values, in every shape', () => {
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1 }),
        ({ rows, columns }, list) => {
          const singularValues = list.slice(0, Math.min(rows, columns))
          const expected = [...singularValues].sort((a, b) => b - a)
          for (const aligned of [false, true]) {
            const W = makeMatrix(engine, spectrum({ rows, columns, singularValues, aligned }))
            const found = engine.singularValues(W)
            found.forEach((value, r) => {
              expect(Math.abs(value - (expected[r] ?? 0))).toBeLessThan(ROUNDING * (1 + expected[0]!))
            })
          }
        },
      ),
      runs,
    )
  })
  it('is diagonal when aligned', () => {
    const W = makeMatrix(engine, spectrum({ rows: 2, columns: 3, singularValues: [1, 4], aligned: true }))
    expect([...W.data]).toEqual([1, 0, 0, 0, 4, 0])
  })
  it('refuses more singular values than there are', () => {
    expect(() => makeMatrix(engine, spectrum({ rows: 2, columns: 3, singularValues: [1, 1, 1] }))).toThrow(
      'a 2×3 matrix has 2 singular values, not 3',
    )
  })
})

describe('random orthonormal columns', () => {
  it('are orthonormal, and on average point nowhere (their signs are not fixed)', () => {
    const draws = 2000
    let [sum, square] = [0, 0]
    for (let seed = 0; seed < draws; seed++)
      engine.scoped(() => {
        const Q = haar(engine, engine.random(seed), 3, 2)
        const gram = engine.matrix(2, 2)
        engine.multiplyInto(gram, Q, Q, true)
        expect(
          Math.abs(gram.data[0]! - 1) + Math.abs(gram.data[1]!) + Math.abs(gram.data[3]! - 1),
        ).toBeLessThan(ROUNDING)
        sum += Q.data[0]!
        square += Q.data[0]! ** 2
      })
    // A coordinate of a uniform direction in three dimensions is uniform on [−1, 1]: mean 0, mean square 1/3, variance 4/45 of it.
    expect(Math.abs(sum / draws)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(1 / 3 / draws))
    expect(Math.abs(square / draws - 1 / 3)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(4 / 45 / draws))
  })
})

describe('gaussian', () => {
  it('has the asked standard deviation', () => {
    const W = makeMatrix(engine, gaussianMatrix({ rows: 100, columns: 100, deviation: 0.25 }))
    const mean = W.data.reduce((a, b) => a + b) / 1e4
    expect(Math.abs(mean)).toBeLessThan((STANDARD_ERRORS * 0.25) / 100)
    expect(Math.abs(engine.norm(W) / 100 / 0.25 - 1)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(2e4))
  })
})

describe('values', () => {
  it.each([
    {
      data: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    { data: [1, 2, 3, 4, 5, 6], rows: 2 },
    { data: [1, 2, 3, 4, 5, 6], columns: 3 },
    {
      data: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      rows: 2,
      columns: 3,
    },
  ])('reads %o', (options) => {
    const W = makeMatrix(engine, values(options))
    expect([W.rows, W.columns, ...W.data]).toEqual([2, 3, 1, 2, 3, 4, 5, 6])
  })
  it.each([
    [{ data: [[1, 2], [3]] }, 'row 1 of data has 1 numbers and row 0 has 2'],
    [{ data: [1, 2, 3] }, 'give rows or columns'],
    [{ data: [1, 2, 3], rows: 2 }, 'do not fill 2 rows'],
    [{ data: [1, 2, 3, 4], rows: 2, columns: 3 }, 'do not fill 2 rows of 3 columns'],
    [{ data: [[1, 2]], rows: 2 }, 'rows is 2, but data has 1 rows'],
  ])('refuses %o', (options, message) => {
    expect(() => makeMatrix(engine, values(options))).toThrow(message)
  })
  it.each([{ data: [] }, { data: [[]] }, { data: [Number.NaN] }, { data: [['1']] }, { data: [[1], 2] }])(
    'refuses %o when it is parsed',
    (options) => {
      expect(values.schema.safeParse({ kind: 'values', rows: 1, ...options }).success).toBe(false)
    },
  )
})

describe('file', () => {
  const matrix = (...data: number[]): PlainMatrix => ({ rows: 1, columns: data.length, data })
  const files = new Map([
    ['table.csv', matrix(1, 2)],
    [fileKey('w.safetensors', 'a'), matrix(3)],
    [fileKey('w.safetensors', 'b'), matrix(4)],
    ['holes.csv', matrix(1, Number.NaN)],
  ])
  const read = (path: string, tensor?: string) =>
    makeMatrix(engine, matrixFile({ path, ...(tensor && { tensor }) }), 1, files)

  it('is what was read', () => {
    expect([...read('table.csv').data]).toEqual([1, 2])
    expect([...read('w.safetensors', 'b').data]).toEqual([4])
  })
  it.each([
    ['w.safetensors', undefined, 'w.safetensors holds several tensors; give tensor as one of: a, b.'],
    ['w.safetensors', 'c', 'holds no tensor "c"; give tensor as one of: a, b.'],
    ['table.csv', 'a', 'table.csv holds one matrix and no tensor "a"; leave tensor out.'],
    ['other.csv', undefined, 'The file other.csv has not been read; read are: table.csv'],
    ['holes.csv', undefined, 'holes.csv holds entries that are not finite numbers'],
  ])('says what there is instead of %s %s', (path, tensor, message) => {
    expect(() => read(path, tensor)).toThrow(message)
    expect(() => read(path, tensor)).toThrow(InputError)
  })
})

describe('seeds', () => {
  const specs = {
    lowRank: lowRank({ rows: 3, columns: 4, rank: 2 }),
    spectrum: spectrum({ rows: 3, columns: 4, singularValues: [2, 1] }),
    gaussian: gaussianMatrix({ rows: 3, columns: 4 }),
  }
  it('are a parameter of all random sources', () => {
    const random = matrices.entries.filter((one) => 'seed' in one.schema.shape).map((one) => one.kind)
    expect(random.sort()).toEqual(Object.keys(specs).sort())
  })
  it.each(Object.entries(specs))('of %s decide its numbers', (_, spec) => {
    const numbers = (more: object, seed: number) => [...makeMatrix(engine, { ...spec, ...more }, seed).data]
    expect(numbers({}, 1)).toEqual(numbers({}, 1))
    expect(numbers({}, 1)).not.toEqual(numbers({}, 2))
    expect(numbers({ seed: 5 }, 1)).toEqual(numbers({ seed: 5 }, 2))
    expect(numbers({ seed: 5 }, 1)).not.toEqual(numbers({ seed: 6 }, 1))
    expect(numbers({ seed: 5 }, 1)).not.toEqual(numbers({}, 1))
  })
})
