import { describe, expect, it } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import { loadEngine } from '../src/engine/load.ts'
import {
  applyPreconditioner,
  applyPreconditionerInto,
  preconditionerEigenvalues,
  preconditionerKernel,
} from '../src/theory/preconditioner.ts'
import { fixture } from './making.ts'
import { gaussian, orthonormal } from './theory-setting.ts'

interface PointFixture {
  readonly depth: number
  readonly rows: number
  readonly columns: number
  readonly rank: number
  readonly W: number[]
  readonly Z: number[]
  readonly applied: number[]
  readonly eigenvalues: number[]
  /** Of the singular values along −applied; full rank only. */
  readonly rates?: number[]
}

const { points } = fixture<{ points: PointFixture[] }>('theory')
const engine: Engine = await loadEngine()

/** Relative to the largest value: a few roundings of matrices of at most 5×5 and of the kernel. */
const ROUND_OFF = 1e-13

/** Below this share of σ_1 a singular value of these matrices with whole entries can only be round-off. */
const FLOOR = 1e-13

const largest = (values: Iterable<number>) => Math.max(...Array.from(values, Math.abs))
const gap = (a: ArrayLike<number>, b: ArrayLike<number>) => largest(Array.from(a, (x, i) => x - b[i]!))

const name = ({ rows, columns, depth, rank }: PointFixture) =>
  `${rows}×${columns}, depth ${depth}, rank ${rank}`

describe('the preconditioner against powers of Gram matrices at 60 digits', () => {
  it.each(points.map((point) => [name(point), point] as const))('%s', (_, point) => {
    const W = engine.matrix(point.rows, point.columns, point.W)
    const Z = engine.matrix(point.rows, point.columns, point.Z)
    const applied = applyPreconditioner(engine, W, Z, point.depth, FLOOR)
    expect(gap(applied.data, point.applied)).toBeLessThanOrEqual(ROUND_OFF * largest(point.applied))
    const values = engine.singularValues(W).map((value, r) => (r < point.rank ? value : 0))
    const eigenvalues = preconditionerEigenvalues(engine, values, [point.rows, point.columns], point.depth)
    expect(gap(eigenvalues, point.eigenvalues)).toBeLessThanOrEqual(ROUND_OFF * point.eigenvalues[0]!)
  })

  it('its diagonal in singular vectors moves the singular values', () => {
    for (const { rates, ...point } of points) {
      if (rates === undefined) continue
      const { U, values, V } = engine.svd(engine.matrix(point.rows, point.columns, point.W))
      const [UtZ, UtZV] = [engine.matrix(point.rank, point.columns), engine.matrix(point.rank, point.rank)]
      engine.multiplyInto(UtZ, U, engine.matrix(point.rows, point.columns, point.Z), true)
      engine.multiplyInto(UtZV, UtZ, V)
      const claimed = Array.from(values, (s, r) => {
        return -preconditionerKernel(engine, point.depth, s, s) * UtZV.data[r * point.rank + r]!
      })
      expect(gap(claimed, rates)).toBeLessThanOrEqual(
        ROUND_OFF * largest(point.eigenvalues) * largest(point.Z),
      )
    }
  })

  it('does not match with one more layer', () => {
    for (const point of points.filter(({ depth }) => depth > 1)) {
      const W = engine.matrix(point.rows, point.columns, point.W)
      const Z = engine.matrix(point.rows, point.columns, point.Z)
      const wrong = applyPreconditioner(engine, W, Z, point.depth + 1, FLOOR)
      expect(gap(wrong.data, point.applied)).toBeGreaterThan(0.05 * largest(point.applied))
    }
  })
})

describe('properties of the preconditioner', () => {
  const W = engine.copyIn(gaussian(engine, 3, 4, 6))
  const Z = engine.copyIn(gaussian(engine, 4, 4, 6))

  it('is symmetric and positive: ⟨Y, 𝒜Z⟩ = ⟨𝒜Y, Z⟩ and ⟨Z, 𝒜Z⟩ > 0, for whole and other depths', () => {
    const Y = engine.copyIn(gaussian(engine, 5, 4, 6))
    for (const depth of [1, 1.5, 2, 3, 7.3, 64]) {
      const left = engine.dot(Y, applyPreconditioner(engine, W, Z, depth))
      const right = engine.dot(applyPreconditioner(engine, W, Y, depth), Z)
      expect(Math.abs(left - right)).toBeLessThanOrEqual(
        ROUND_OFF * depth * engine.norm(Y) * engine.norm(Z) * 50,
      )
      expect(engine.dot(Z, applyPreconditioner(engine, W, Z, depth))).toBeGreaterThan(0)
    }
  })

  it('takes any orthonormal factors with at least rank W columns', () => {
    const values = Float64Array.of(2, 0.5, 0)
    const U = engine.copyIn(orthonormal(engine, 6, 4, 3))
    const V = engine.copyIn(orthonormal(engine, 7, 6, 3))
    const out = engine.matrix(4, 6)
    applyPreconditionerInto(engine, out, { U, values, V }, Z, 3)
    const narrow = engine.matrix(4, 6)
    const cut = (matrix: typeof U) =>
      engine.matrix(
        matrix.rows,
        2,
        matrix.data.filter((_, i) => i % 3 < 2),
      )
    applyPreconditionerInto(engine, narrow, { U: cut(U), values: values.slice(0, 2), V: cut(V) }, Z, 3)
    expect(gap(out.data, narrow.data)).toBeLessThanOrEqual(ROUND_OFF * largest(out.data))
  })

  it('has eigenvectors u_r v_qᵀ with the eigenvalues of the kernel, zero ones included', () => {
    const { U, values, V } = engine.svd(W)
    const outer = engine.matrix(4, 6)
    const column = (matrix: typeof U, r: number) =>
      engine.matrix(
        matrix.rows,
        1,
        Array.from({ length: matrix.rows }, (_, i) => matrix.data[i * matrix.columns + r]!),
      )
    engine.multiplyInto(outer, column(U, 1), column(V, 3), false, true)
    const applied = applyPreconditioner(engine, W, outer, 3)
    const eigenvalue = preconditionerKernel(engine, 3, values[1]!, values[3]!)
    expect(
      gap(
        applied.data,
        Array.from(outer.data, (x) => eigenvalue * x),
      ),
    ).toBeLessThan(1e-13)
  })

  it('is the identity at depth 1 and 0 at W = 0 beyond', () => {
    const zero = engine.matrix(4, 6)
    expect(Array.from(applyPreconditioner(engine, W, Z, 1).data)).toEqual(Array.from(Z.data))
    expect(Array.from(applyPreconditioner(engine, zero, Z, 1).data)).toEqual(Array.from(Z.data))
    expect(largest(applyPreconditioner(engine, zero, Z, 2).data)).toBe(0)
  })
})
