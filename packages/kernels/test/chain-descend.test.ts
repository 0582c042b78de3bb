import { beforeAll, describe, expect, test } from 'vitest'
import { type Binary, instantiate, type Kernels } from '../src/index.ts'
import { place, randomArray, randomSource, read, scoped } from './arrays.ts'
import {
  completion,
  dense,
  endToEnd,
  matrixOf,
  type Objective,
  parameterCount,
  planOf,
  times,
} from './chains.ts'

const loaded = new Map<Binary, Kernels>()
beforeAll(async () => {
  for (const binary of ['strict', 'fma'] as const) loaded.set(binary, await instantiate(binary))
})

interface Run {
  method: number
  stepSize: number
  a: number
  b: number
  steps: number
  stopLoss?: number
  stopGradient?: number
  stopDivergence?: number
}

function descend(kernels: Kernels, widths: number[], objective: Objective, start: Float64Array, runs: Run[]) {
  return scoped(kernels, () => {
    const plan = planOf(kernels, widths, objective)
    const theta = place(kernels, start)
    const state = place(kernels, new Float64Array(Math.max(start.length, 3)))
    const report = place(kernels, new Float64Array(2 + widths.length).fill(Number.NaN))
    kernels.exports.chainReset(plan, report)
    let taken = 0
    for (const run of runs) {
      const { method, stepSize, a, b, steps } = run
      const {
        stopLoss = Number.NEGATIVE_INFINITY,
        stopGradient = -1,
        stopDivergence = Number.POSITIVE_INFINITY,
      } = run
      taken += kernels.exports.chainDescend(
        plan,
        theta,
        state,
        report,
        method,
        stepSize,
        a,
        b,
        steps,
        stopLoss,
        stopGradient,
        stopDivergence,
      )
    }
    const [loss, squaredNorm, reason, ...accumulated] = read(kernels, report, 2 + widths.length)
    const after = read(kernels, theta, start.length)
    return { taken, loss: loss!, squaredNorm: squaredNorm!, reason: reason!, accumulated, theta: after }
  })
}

const widths = [5, 4, 6, 3]
const next = randomSource(21)
const observed = [0, 1, 3, 6, 7, 9, 12, 14]
const values = randomArray(observed.length, next)
const problem = completion(3, 5, observed, values, 1 / observed.length, 0)
const start = randomArray(parameterCount(widths), next).map((value) => value / 2)

/** The gradient by central differences, exact for a loss that is quadratic in each entry. */
function slope(theta: Float64Array): Float64Array {
  const loss = (at: Float64Array) => problem.loss(endToEnd(widths, at))
  const moved = (p: number, by: number) => loss(theta.map((entry, i) => (i === p ? entry + by : entry)))
  return theta.map((_, p) => moved(p, 0.5) - moved(p, -0.5))
}

const squared = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0)

/** Each method by its definition; also Σ_t η_t²‖g‖² of the whole gradient. */
function byDefinition({ method, stepSize, a, b, steps }: Run) {
  let theta = start.slice()
  let velocity = new Float64Array(start.length)
  let average = 0
  let accumulated = 0
  for (let t = 1; t <= steps; t++) {
    const g = slope(theta)
    let eta = stepSize
    if (method === 2) {
      average = a * average + (1 - a) * squared(g)
      eta = stepSize / (Math.sqrt(average / (1 - a ** t)) + b)
    }
    velocity = velocity.map((v, p) => (method === 1 ? a * v : 0) - eta * g[p]!)
    theta = theta.map((value, p) => value + velocity[p]!)
    accumulated += eta * eta * squared(g)
  }
  return { theta, accumulated }
}

const methods: [string, Run][] = [
  ['gradient descent', { method: 0, stepSize: 0.05, a: 0, b: 0, steps: 60 }],
  ['heavy ball', { method: 1, stepSize: 0.02, a: 0.9, b: 0, steps: 60 }],
  ['GroupRMSprop', { method: 2, stepSize: 0.01, a: 0.95, b: 1e-6, steps: 60 }],
]

// 60 steps of a smooth iteration in a region where the step sizes above are stable: rounding of some 1e-15 in each
// gradient is not amplified beyond its sum over the steps and the difference oracle's own 1e-13.
const FOLLOWS = 1e-11

describe.each(['strict', 'fma'] as const)('chainDescend (%s)', (binary) => {
  test.each(methods)('%s follows its definition', (_, run) => {
    const expected = byDefinition(run)
    const actual = descend(loaded.get(binary)!, widths, problem, start, [run])
    expect(actual.taken).toBe(run.steps)
    expect(actual.reason).toBe(0)
    actual.theta.forEach((value, p) => {
      expect(Math.abs(value - expected.theta[p]!)).toBeLessThanOrEqual(FOLLOWS)
    })
    const total = actual.accumulated.reduce((sum, value) => sum + value, 0)
    expect(Math.abs(total - expected.accumulated)).toBeLessThanOrEqual(FOLLOWS * expected.accumulated)
    expect(actual.theta).not.toEqual(start)
  })

  test.each(methods)('%s in slices gives the bits of one call', (_, run) => {
    const whole = descend(loaded.get(binary)!, widths, problem, start, [run])
    const slices = [1, 7, 0, 40, 12].map((steps) => ({ ...run, steps }))
    expect(descend(loaded.get(binary)!, widths, problem, start, slices)).toEqual(whole)
  })

  test('stops at the loss, at the gradient, and on divergence, before the step', () => {
    const kernels = loaded.get(binary)!
    const run: Run = { method: 0, stepSize: 0.05, a: 0, b: 0, steps: 5000 }
    const byLoss = descend(kernels, widths, problem, start, [{ ...run, stopLoss: 1e-3 }])
    expect(byLoss.reason).toBe(1)
    expect(byLoss.loss).toBeLessThanOrEqual(1e-3)
    const before = descend(kernels, widths, problem, start, [{ ...run, steps: byLoss.taken }])
    expect(before.theta, 'theta stays where the stop was seen').toEqual(byLoss.theta)
    expect(before.loss, 'and not one step earlier').toBeGreaterThan(1e-3)

    const byGradient = descend(kernels, widths, problem, start, [{ ...run, stopGradient: 1e-2 }])
    expect(byGradient.reason).toBe(2)
    expect(Math.sqrt(byGradient.squaredNorm)).toBeLessThanOrEqual(1e-2)

    const diverging = descend(kernels, widths, problem, start, [
      { ...run, stepSize: 50, stopDivergence: 1e6 },
    ])
    expect(diverging.reason).toBe(3)
    expect(diverging.loss).toBeGreaterThan(1e6)
    const notANumber = descend(
      kernels,
      widths,
      problem,
      start.map(() => Number.NaN),
      [run],
    )
    expect([notANumber.reason, notANumber.taken]).toEqual([3, 0])
  })

  test('the sums bound the drift of the balancedness defect (D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ)', () => {
    // One step of gradient descent changes D_j by η²(g_{j+1}ᵀg_{j+1} − g_jg_jᵀ) exactly, so ‖ΔD_j‖ ≤ the sums of j and j+1.
    const { theta, accumulated } = descend(loaded.get(binary)!, widths, problem, start, [
      { method: 0, stepSize: 0.1, a: 0, b: 0, steps: 3000 },
    ])
    defects(theta).forEach((defect, j) => {
      const drift = Math.sqrt(squared(defect.map((value, p) => value - defects(start)[j]![p]!)))
      expect(drift).toBeLessThanOrEqual(accumulated[j]! + accumulated[j + 1]!)
      expect(drift).toBeGreaterThan(1e-3 * (accumulated[j]! + accumulated[j + 1]!)) // the bound is of the right size
    })
  })

  test('a million steps leave the memory as large as it was', () => {
    const kernels = loaded.get(binary)!
    const square = [4, 4, 4, 4]
    const right = matrixOf(4, 4, randomArray(16, randomSource(5)))
    const begin = randomArray(48, randomSource(6)).map((value) => value / 4)
    scoped(kernels, () => {
      const plan = planOf(kernels, square, dense(square, undefined, right, 0.5, 0))
      const theta = place(kernels, begin)
      const report = place(kernels, new Float64Array(6))
      const [bytes, top] = [kernels.memory.buffer.byteLength, kernels.exports.mark()]
      const infinity = Number.POSITIVE_INFINITY
      const taken = kernels.exports.chainDescend(
        plan,
        theta,
        0,
        report,
        0,
        0.01,
        0,
        0,
        1e6,
        -infinity,
        -1,
        infinity,
      )
      expect(taken).toBe(1e6)
      expect(kernels.memory.buffer.byteLength).toBe(bytes)
      expect(kernels.exports.mark()).toBe(top)
    })
  })
})

function defects(theta: Float64Array): Float64Array[] {
  const layers: { rows: number; columns: number; at: Float64Array }[] = []
  let offset = 0
  for (let j = 1; j < widths.length; j++) {
    const size = widths[j]! * widths[j - 1]!
    layers.push(matrixOf(widths[j]!, widths[j - 1]!, theta.subarray(offset, offset + size)))
    offset += size
  }
  const transposed = (w: (typeof layers)[number]) => {
    const at = w.at.map((_, p) => w.at[(p % w.rows) * w.columns + Math.floor(p / w.rows)]!)
    return matrixOf(w.columns, w.rows, at)
  }
  return layers.slice(1).map((w, j) => {
    const below = layers[j]!
    const outer = times(below, transposed(below)).at
    return times(transposed(w), w).at.map((value, p) => value - outer[p]!)
  })
}
