import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { genericDirectionInto } from '../src/dynamics/generic-direction.ts'
import { makeObjective, type Objective } from '../src/dynamics/objective.ts'
import { sharpness } from '../src/dynamics/sharpness.ts'
import { loadEngine } from '../src/engine/load.ts'
import {
  completion,
  gradientDescent,
  lowRank,
  parseConfig,
  prepare,
  simulate,
  spectrum,
  squared,
  values,
  whitened,
} from '../src/index.ts'
import { balanced, gaussian } from '../src/inits/index.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { linear, linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import { probes } from '../src/probes/index.ts'
import { makeLoss, nextPointer } from './making.ts'

const engine = await loadEngine()

/** The wanted error, and what forming ∇²φ by products and its eigenvalues by QL round. */
const TOLERANCE = 1e-8

/** All eigenvalues of ∇²φ, formed column by column: a second formulation. */
function hessianEigenvalues(objective: Objective, theta: Parameters): Float64Array {
  return engine.symmetricEigenvalues(hessian(objective, theta))
}

function hessian(objective: Objective, theta: Parameters): Matrix {
  const { size } = objective.network
  const H = engine.matrix(size, size)
  const [out, unit] = [objective.network.allocate(), objective.network.allocate()]
  for (let j = 0; j < size; j++) {
    unit.vector.data.fill(0)
    unit.vector.data[j] = 1
    objective.hessianVectorInto(out, theta, unit)
    for (let i = 0; i < size; i++) H.data[i * size + j] = out.vector.data[i]!
  }
  return H
}

/** The largest Ritz value of H on span{q, Hq, …, H^{k−1}q}, and ‖Hy − θy‖ of its vector y: from the definition. */
function rayleighRitz(H: Matrix, k: number): { value: number; residual: number } {
  const size = H.rows
  const times = (v: Float64Array) =>
    v.map((_, i) => v.reduce((sum, entry, j) => sum + H.data[i * size + j]! * entry, 0))
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, entry, i) => sum + entry * b[i]!, 0)
  const minus = (a: Float64Array, b: Float64Array, share: number) => a.map((x, i) => x - share * b[i]!)
  const start = engine.matrix(size, 1)
  genericDirectionInto(engine, start)
  const basis = [start.data.slice()]
  while (basis.length < k) {
    let next = times(basis.at(-1)!)
    for (const q of [...basis, ...basis]) next = minus(next, q, dot(next, q))
    basis.push(next.map((entry) => entry / Math.sqrt(dot(next, next))))
  }
  const T = engine.matrix(k, k)
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) T.data[i * k + j] = T.data[j * k + i] = dot(basis[i]!, times(basis[j]!))
  const { values, Q } = engine.symmetricEigen(T)
  const value = Math.max(...values)
  const top = values.indexOf(value)
  const y = basis[0]!.map((_, i) => basis.reduce((sum, q, r) => sum + q[i]! * Q.data[r * k + top]!, 0))
  const defect = minus(times(y), y, value)
  return { value, residual: Math.sqrt(dot(defect, defect)) }
}

/** ½‖W − Φ‖² from a balanced factorisation of `factor`·Φ, σ₁(Φ) = 3. */
function nearMinimiser(depth: number, factor: number, stepSize: number) {
  const matrix = (size: number) =>
    spectrum({ rows: 5, columns: 4, singularValues: [3, 2, 1, 0.5].map((s) => s * size), seed: 3 })
  return parseConfig({
    loss: whitened({ target: matrix(1), normalisation: 'half' }),
    network: linear({ depth }),
    init: balanced({ target: matrix(factor) }),
    dynamics: gradientDescent({ stepSize }),
    probes: [probes.loss, probes.sharpness],
    until: { steps: 600 },
    record: { samples: 3 },
  })
}

/** ½(1 − w_n···w_1)² on scalars. */
function scalars(weights: readonly number[]) {
  const loss = makeLoss(engine, whitened({ target: values({ data: [[1]] }) }))
  const widths = weights.concat(1).map(() => 1)
  const objective = makeObjective(engine, loss, linearNetwork(engine, widths))
  const theta = objective.network.allocate()
  theta.vector.data.set(weights)
  return { objective, theta }
}

describe('sharpness', () => {
  it('is the largest of all eigenvalues, over shapes, depths and losses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 2, max: 5 }),
        fc.nat(1000),
        fc.boolean(),
        (depth, rows, columns, seed, whole) =>
          engine.scoped(() => {
            const truth = lowRank({ rows, columns, rank: 1 })
            const config = parseConfig({
              seed,
              loss: whole ? whitened({ target: truth }) : completion({ truth, observed: 0.7 }),
              network: linear({ depth }),
              init: gaussian({ deviation: 0.7 }),
              dynamics: gradientDescent({ stepSize: 0.1 }),
              until: { steps: 1 },
            })
            const { objective, start } = prepare(config, engine, new Map())
            const all = hessianEigenvalues(objective, start)
            const scale = Math.max(...all.map(Math.abs))
            const found = sharpness(objective, start)
            expect(Math.abs(found.value - Math.max(...all))).toBeLessThan(TOLERANCE * scale)
            // The smallest would be found out.
            if (depth > 1 && whole) expect(found.value - Math.min(...all)).toBeGreaterThan(0)
          }),
      ),
      { numRuns: 40, seed: 5 },
    )
  })

  it('at a minimum of a scalar chain is Σ w_j^−2', () => {
    const { objective, theta } = scalars([2, 0.5])
    expect(sharpness(objective, theta).value).toBeCloseTo(4.25, 12)
  })

  it('is the largest even where a negative one is larger in size', () => {
    // At (a, a, a) the Hessian is a⁴I − k(J − I), k = a(1 − 2a³), J all ones: a⁴ + k twice, a⁴ − 2k once.
    const { objective, theta } = scalars([0.5, 0.5, 0.5])
    const k = 0.5 * (1 - 2 * 0.125)
    expect(2 * k - 0.0625).toBeGreaterThan(k + 0.0625)
    expect(sharpness(objective, theta).value).toBeCloseTo(0.0625 + k, 12)
  })

  it.each([1, 2, 3, 4])('at a balanced minimiser of ½‖W − Φ‖² of depth %i is n σ₁^(2−2/n)', (depth) => {
    const { objective, start } = prepare(nearMinimiser(depth, 1, 0.1), engine, new Map())
    expect(sharpness(objective, start).value).toBeCloseTo(depth * 3 ** (2 - 2 / depth), 7)
  })

  it('costs no more products than it was given, and says how far it may be off', () => {
    const { objective, theta } = scalars([1, 1, 1])
    const rough = sharpness(objective, theta, { products: 1 })
    expect(rough.products).toBe(1)
    expect(Math.abs(rough.value - 3)).toBeGreaterThan(0)
    expect(rough.error).toBeGreaterThan(0)
  })

  it('after any number of products there is an eigenvalue no farther off than it says', () => {
    const config = parseConfig({
      seed: 2,
      loss: completion({ truth: lowRank({ rows: 4, columns: 5, rank: 2 }), observed: 0.7 }),
      network: linear({ depth: 3 }),
      init: gaussian({ deviation: 0.7 }),
      dynamics: gradientDescent({ stepSize: 0.1 }),
      until: { steps: 1 },
    })
    const { objective, start } = prepare(config, engine, new Map())
    const H = hessian(objective, start)
    const all = Array.from(engine.symmetricEigenvalues(H))
    const largest = Math.max(...all)
    const found = [1, 2, 3, 5, 6, 7, 9, 10, 13, 17].map((products) =>
      sharpness(objective, start, { products }),
    )
    for (const { value, error, products } of found) {
      const ritz = rayleighRitz(H, products)
      expect(Math.abs(value - ritz.value)).toBeLessThan(TOLERANCE * largest)
      expect(Math.abs(error - ritz.residual)).toBeLessThan(TOLERANCE * largest)
      const distance = Math.min(...all.map((one) => Math.abs(one - value)))
      expect(error).toBeGreaterThanOrEqual(distance - TOLERANCE * largest)
      // Ritz values do not pass the largest eigenvalue.
      expect(value).toBeLessThan(largest * (1 + TOLERANCE))
    }
    expect(found.at(-1)!.error).toBeLessThan(1e-3 * found[0]!.error)
    expect(sharpness(objective, start).products).toBeLessThanOrEqual(objective.network.size)
  })

  it('tells eigenvalues apart that are nearly equal', () => {
    const loss = squared({
      inputs: values({
        data: [
          [1, 0],
          [0, 1 + 1e-5],
        ],
      }),
      targets: values({ data: [[1, 1]] }),
      normalisation: 'half',
    })
    const objective = makeObjective(engine, makeLoss(engine, loss), linearNetwork(engine, [2, 1]))
    const { value, products } = sharpness(objective, objective.network.allocate())
    expect(Math.abs(value - (1 + 1e-5) ** 2)).toBeLessThan(1e-13)
    expect(products).toBe(2)
  })

  it('is 0 at the origin of three layers, and not a number where the Hessian overflows', () => {
    const origin = scalars([0, 0, 0])
    expect(sharpness(origin.objective, origin.theta).value).toBe(0)
    for (const weight of [1e120, Number.POSITIVE_INFINITY, Number.NaN]) {
      const { objective, theta } = scalars([weight, weight, weight])
      expect(sharpness(objective, theta)).toEqual({ value: Number.NaN, error: Number.NaN, products: 1 })
    }
  })

  it('frees what it takes', () => {
    const { objective, theta } = scalars([1, 1, 1])
    const before = nextPointer(engine)
    sharpness(objective, theta)
    expect(nextPointer(engine)).toBe(before)
  })
})

describe('the probe', () => {
  it.each([1, 2, 3])(
    'depth %i: with a step just below 2/λ descent settles, with one just above it does not',
    async (depth) => {
      const limit = 2 / (depth * 3 ** (2 - 2 / depth))
      const [below, above] = await Promise.all(
        [0.97, 1.03].map((share) => simulate(nearMinimiser(depth, 1.001, share * limit), { engine })),
      )
      const ends = (column: string) => [below!, above!].map((run) => run.trajectory.column(column).at(-1)!)
      const [settled, left] = ends('loss')
      expect(settled).toBeLessThan(1e-12)
      expect(left).toBeGreaterThan(1e-6)
      expect(below!.trajectory.column('sharpness')[0]).toBeCloseTo(2 / limit, 1)
    },
  )
})
