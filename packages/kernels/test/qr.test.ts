import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import {
  at,
  type Dense,
  dense,
  get,
  largestDifference,
  largestEntry,
  numbers,
  orthogonality,
  product,
  put,
} from './dense.ts'
import { fixture } from './fixture.ts'

// Householder QR is backward stable: errors grow no faster than a small multiple of √m·ε (met: below 4ε·√m).
const bound = (m: number) => 10 * Number.EPSILON * Math.sqrt(m)

const NOT_FINITE = 1
const table =
  fixture<{ name: string; rows: number; columns: number; entries: number[]; r?: number[] }[]>(
    'decompositions',
  )

describe.each(['strict', 'fma'] as const)('qr, %s', async (binary) => {
  const kernels = await instantiate(binary)
  const { exports } = kernels

  function factor(a: Dense): { status: number; q: Dense; r: Dense; unchanged: boolean } {
    const { rows: m, columns: n } = a
    const start = exports.mark()
    const pointer = put(kernels, a)
    const q = exports.allocate(8 * m * n)
    const r = exports.allocate(8 * n * n)
    const status = exports.qr(pointer, m, n, q, r, exports.allocate(exports.qrScratch(m, n)))
    const result = {
      status,
      q: get(kernels, q, m, n),
      r: get(kernels, r, n, n),
      unchanged: Object.is(largestDifference(get(kernels, pointer, m, n), a), 0),
    }
    exports.release(start)
    return result
  }

  function check(a: Dense): Dense {
    const { status, q, r, unchanged } = factor(a)
    const size = largestEntry(a)
    expect(status).toBe(0)
    expect(unchanged).toBe(true)
    expect(orthogonality(q)).toBeLessThan(bound(a.rows))
    expect(largestDifference(product(q, r), a)).toBeLessThanOrEqual(
      bound(a.rows) * Math.sqrt(a.columns) * size,
    )
    for (let i = 0; i < a.columns; i++) {
      expect(at(r, i, i)).toBeGreaterThanOrEqual(0)
      for (let j = 0; j < i; j++) expect(at(r, i, j)).toBe(0)
    }
    return r
  }

  test.each(table.filter((row) => row.r !== undefined).map((row) => [row.name, row] as const))(
    '%s',
    (name, row) => {
      const a = { ...row, entries: Float64Array.from(row.entries) }
      if (name.startsWith('subnormal')) return // products of subnormal numbers check nothing; see the next test
      const r = check(a)
      if (!/gaussian|identity|orthogonal|huge|tiny/.test(name)) return // R is unique only far from rank deficiency
      const expected = { rows: row.columns, columns: row.columns, entries: Float64Array.from(row.r!) }
      expect(largestDifference(r, expected)).toBeLessThan(100 * bound(row.rows) * largestEntry(a))
    },
  )

  test('scaling by a power of two changes no bit of Q', () => {
    const draw = numbers(7)
    const a = dense(9, 5, draw)
    const { q } = factor(a)
    for (const factorOfTwo of [2 ** -960, 2 ** 1000]) {
      const scaled = factor({ ...a, entries: a.entries.map((x) => x * factorOfTwo) })
      expect(scaled.q).toEqual(q)
    }
  })

  test('any shape', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 30 }), fc.integer())
    fc.assert(
      fc.property(shape, ([n, extra, seed]) => {
        check(dense(n + extra, n, numbers(seed)))
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('the orthonormal complement completes Q to a basis', () => {
    for (const [m, n] of [
      [1, 1],
      [6, 0],
      [5, 1],
      [9, 4],
      [20, 19],
      [33, 10],
    ] as const) {
      const { q } = factor(dense(m, n, numbers(m + n)))
      const start = exports.mark()
      const out = exports.allocate(8 * m * (m - n) + 8)
      const scratch = exports.allocate(exports.orthonormalComplementScratch(m, n))
      exports.orthonormalComplement(put(kernels, q), m, n, out, scratch)
      const rest = get(kernels, out, m, m - n)
      exports.release(start)
      expect(orthogonality(dense(m, m, (i, j) => (j < n ? at(q, i, j) : at(rest, i, j - n))))).toBeLessThan(
        bound(m),
      )
    }
  })

  test('refuses NaN and infinities', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const draw = numbers(3)
      const a = dense(6, 4, (i, j) => (i === 4 && j === 3 ? bad : draw()))
      expect(factor(a).status).toBe(NOT_FINITE)
    }
  })

  test('the bound notices an error of 1e-13 in one entry', () => {
    const a = dense(8, 8, numbers(5))
    const { q, r } = factor(a)
    q.entries[11]! += 1e-13
    expect(orthogonality(q)).toBeGreaterThan(bound(8))
    expect(largestDifference(product(q, r), a)).toBeGreaterThan(bound(8))
  })
})

test('the Q of Gaussian matrices is Haar-distributed: signs of its diagonal are fair', async () => {
  const { exports, memory } = await instantiate('strict')
  const n = 3
  const [a, q, r] = [exports.allocate(8 * n * n), exports.allocate(8 * n * n), exports.allocate(8 * n * n)]
  const scratch = exports.allocate(exports.qrScratch(n, n))
  const repeats = 4000
  const negative = new Float64Array(n)
  for (let stream = 0; stream < repeats; stream++) {
    exports.fillNormal(a, n * n, 1, 2, stream, 0)
    exports.qr(a, n, n, q, r, scratch)
    const entries = new Float64Array(memory.buffer, q, n * n)
    for (let i = 0; i < n; i++) if (entries[i * n + i]! < 0) negative[i]! += 1
  }
  const SIGMAS = 4.5 // two-sided normal quantile of 7e-6; Householder's own signs fail by dozens
  for (const count of negative)
    expect(Math.abs(count - repeats / 2)).toBeLessThan(SIGMAS * Math.sqrt(repeats / 4))
})
