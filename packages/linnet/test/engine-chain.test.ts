import { instantiate } from '@linnet/kernels'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DescentMethod, QuadraticObjective } from '../src/engine/chain.ts'
import type { Engine } from '../src/engine/engine.ts'
import { makePattern } from '../src/engine/pattern.ts'
import { steppedChain } from '../src/engine/stepped-chain.ts'
import { wasmEngine } from '../src/engine/wasm.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { eachEngine } from './engines-under-test.ts'
import { plainGradient, squaredNorm } from './plain-chain.ts'

// Products of up to five random matrices of width ≤ 20 in another order than the oracle's: a few hundred ε of their size.
const GRADIENT_TOLERANCE = 1e-12
// Twenty steps of a descent that contracts, starting from the tolerance above.
const DESCENT_TOLERANCE = 1e-11
const NEVER = { loss: Number.NEGATIVE_INFINITY, gradientNorm: -1, divergence: Number.POSITIVE_INFINITY }

function normal(engine: Engine, rows: number, columns: number, seed: number, scale = 1): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(seed).normalInto(matrix)
  engine.scaleInto(matrix, scale)
  return matrix
}

type Pass = 'auto' | 'dense' | 'sparse'

function completion(
  engine: Engine,
  rows: number,
  columns: number,
  density: number,
  pass: Pass,
): QuadraticObjective {
  const total = rows * columns
  const pattern = makePattern(
    engine,
    rows,
    columns,
    engine.random(9).sample(Math.ceil(density * total), total).data,
  )
  return { kind: 'completion', pattern, values: normal(engine, pattern.count, 1, 1), factor: 0.4, pass }
}

function dense(
  engine: Engine,
  rows: number,
  columns: number,
  samples: number | undefined,
): QuadraticObjective {
  const settings = { kind: 'dense', factor: 0.7, constant: 3 } as const
  if (samples === undefined) return { ...settings, right: normal(engine, rows, columns, 2) }
  return {
    ...settings,
    left: normal(engine, columns, samples, 3),
    right: normal(engine, rows, samples, 2),
  }
}

function sensing(engine: Engine, rows: number, columns: number, count: number): QuadraticObjective {
  return {
    kind: 'sensing',
    measurements: normal(engine, count, rows * columns, 4),
    observations: normal(engine, count, 1, 5),
    factor: 0.5 / count,
  }
}

const objectives: Record<string, (engine: Engine, rows: number, columns: number) => QuadraticObjective> = {
  'completion, auto': (engine, m, n) => completion(engine, m, n, 0.3, 'auto'),
  'completion, dense pass': (engine, m, n) => completion(engine, m, n, 0.1, 'dense'),
  'completion, sparse pass': (engine, m, n) => completion(engine, m, n, 0.9, 'sparse'),
  'completion, nothing observed in most rows': (engine, m, n) => completion(engine, m, n, 0, 'auto'),
  'dense, no left factor': (engine, m, n) => dense(engine, m, n, undefined),
  'dense, few samples': (engine, m, n) => dense(engine, m, n, Math.max(1, n - 1)),
  'dense, many samples': (engine, m, n) => dense(engine, m, n, n + 5),
  sensing: (engine, m, n) => sensing(engine, m, n, 7),
}

const theta = (engine: Engine, widths: readonly number[], seed: number): Matrix => {
  let size = 0
  for (let j = 1; j < widths.length; j++) size += widths[j]! * widths[j - 1]!
  return normal(engine, size, 1, seed, 0.4)
}

const widthsOf = fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 13, max: 20 })), {
  minLength: 2,
  maxLength: 6,
})

/** ‖measured − expected‖ / ‖expected‖ (or ‖measured‖ when nothing is expected). */
function relativeError(measured: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [error, size] = [0, 0]
  for (let e = 0; e < expected.length; e++) {
    error += (measured[e]! - expected[e]!) ** 2
    size += expected[e]! ** 2
  }
  return Math.sqrt(size > 0 ? error / size : error)
}

function conforms(load: () => Promise<Engine>): void {
  describe.each(Object.entries(objectives))('%s', (_name, objectiveFor) => {
    test('value and gradient are those of the definition, for any widths and depths', async () => {
      const engine = await load()
      fc.assert(
        fc.property(widthsOf, (widths) =>
          engine.scoped(() => {
            const objective = objectiveFor(engine, widths[widths.length - 1]!, widths[0]!)
            const chain = engine.chain(widths, objective)
            const at = theta(engine, widths, 6)
            const gradient = engine.matrix(at.rows, 1)
            gradient.data.fill(Number.NaN)
            const [value, layers] = plainGradient(widths, objective, at.data)
            expect(Math.abs(chain.gradientInto(gradient, at) - value)).toBeLessThanOrEqual(
              GRADIENT_TOLERANCE * value,
            )
            expect(chain.loss(at)).toBe(chain.gradientInto(gradient, at))
            const expected = layers.flatMap((layer) => layer.data)
            expect(relativeError(gradient.data, expected)).toBeLessThan(GRADIENT_TOLERANCE)
            // Negative control: the gradient at another point is another one.
            const elsewhere = plainGradient(widths, objective, theta(engine, widths, 7).data)[1]
            const other = elsewhere.flatMap((layer) => layer.data)
            if (squaredNorm({ rows: 1, columns: 1, data: expected }) > 0)
              expect(relativeError(gradient.data, other)).toBeGreaterThan(1e-3)
          }),
        ),
        { seed: 7, numRuns: 25 },
      )
    })
  })

  const methods: DescentMethod[] = [
    { kind: 'gradientDescent', stepSize: 0.02 },
    { kind: 'heavyBall', stepSize: 0.01, momentum: 0.8 },
    { kind: 'groupRMSprop', stepSize: 0.02, decay: 0.9, epsilon: 1e-6 },
  ]

  /** The same steps as the definition of each method takes them. */
  function plainDescent(
    widths: number[],
    objective: QuadraticObjective,
    start: Float64Array,
    method: DescentMethod,
    steps: number,
  ) {
    const at = Array.from(start)
    const velocity = at.map(() => 0)
    const stepSquares = widths.slice(1).map(() => 0)
    let [average, decayed, last, norm] = [0, 1, 0, 0]
    for (let t = 0; t < steps; t++) {
      const [value, layers] = plainGradient(widths, objective, at)
      const gradient = layers.flatMap((layer) => layer.data)
      const total = layers.reduce((sum, layer) => sum + squaredNorm(layer), 0)
      last = value
      norm = Math.sqrt(total)
      let eta = method.stepSize
      if (method.kind === 'groupRMSprop') {
        average = method.decay * average + (1 - method.decay) * total
        decayed *= method.decay
        eta /= Math.sqrt(average / (1 - decayed)) + method.epsilon
      }
      const momentum = method.kind === 'heavyBall' ? method.momentum : 0
      for (let e = 0; e < at.length; e++) {
        velocity[e] = momentum * velocity[e]! - eta * gradient[e]!
        at[e]! += velocity[e]!
      }
      layers.forEach((layer, j) => {
        stepSquares[j]! += eta * eta * squaredNorm(layer)
      })
    }
    return { at, stepSquares, loss: last, norm }
  }

  test.each(methods)('$kind takes the steps of its definition, in portions as at once', async (method) => {
    const engine = await load()
    for (const widths of [
      [4, 3, 5],
      [16, 14, 15, 13],
    ]) {
      const objective = completion(engine, widths[widths.length - 1]!, widths[0]!, 0.4, 'auto')
      const start = theta(engine, widths, 6)
      const begin = Float64Array.from(start.data)
      const expected = plainDescent(widths, objective, begin, method, 20)
      const chain = engine.chain(widths, objective)
      for (let round = 0; round < 2; round++) {
        start.data.set(begin)
        chain.reset()
        const reports = [chain.descend(start, method, 8, NEVER), chain.descend(start, method, 12, NEVER)]
        expect(reports.map(({ steps }) => steps)).toEqual([8, 12])
        expect(reports[1]!.stopped).toBe('steps')
        expect(relativeError(start.data, expected.at)).toBeLessThan(DESCENT_TOLERANCE)
        expect(relativeError(chain.stepSquares, expected.stepSquares)).toBeLessThan(DESCENT_TOLERANCE)
        const { loss, gradientNorm } = reports[1]!
        expect(relativeError([loss, gradientNorm], [expected.loss, expected.norm])).toBeLessThan(
          DESCENT_TOLERANCE,
        )
      }
      // negative control: one step less is not the same
      expect(
        relativeError(start.data, plainDescent(widths, objective, begin, method, 19).at),
      ).toBeGreaterThan(1e-6)
    }
  })

  test('stops before the step at which a threshold is met', async () => {
    const engine = await load()
    const widths = [5, 5, 5]
    const objective = dense(engine, 5, 5, undefined)
    const method = { kind: 'gradientDescent', stepSize: 0.02 } as const
    const chain = engine.chain(widths, objective)
    const start = theta(engine, widths, 6)
    const first = chain.loss(start)
    const gradient = engine.matrix(start.rows, 1)
    const before = Float64Array.from(start.data)
    expect(chain.descend(start, method, 5, { ...NEVER, loss: first }).stopped).toBe('loss')
    expect(start.data).toEqual(before)
    const { steps, loss, stopped } = chain.descend(start, method, 1000, { ...NEVER, loss: 0.8 * first })
    expect([stopped, steps > 0, steps < 1000]).toEqual(['loss', true, true])
    expect(loss).toBeLessThanOrEqual(0.8 * first)
    expect(loss).toBe(chain.loss(start))
    chain.gradientInto(gradient, start)
    const norm = engine.norm(gradient) * 1.0001
    expect(chain.descend(start, method, 5, { ...NEVER, gradientNorm: norm })).toMatchObject({
      steps: 0,
      stopped: 'gradientNorm',
    })
    expect(chain.descend(start, method, 5, { ...NEVER, divergence: loss / 2 }).stopped).toBe('diverged')
    const wild = { kind: 'gradientDescent', stepSize: 1e10 } as const
    expect(chain.descend(start, wild, 100, { ...NEVER, divergence: 1e300 }).stopped).toBe('diverged')
    start.data[0] = Number.NaN
    expect(chain.descend(start, method, 5, NEVER)).toMatchObject({ steps: 0, stopped: 'diverged' })
    expect(() => chain.descend(start, method, 0.5, NEVER)).toThrow('cannot take 0.5 steps')
  })

  test('widths, objectives and parameters that do not fit are refused', async () => {
    const engine = await load()
    const objective = dense(engine, 2, 3, undefined)
    expect(() => engine.chain([3], objective)).toThrow('A chain cannot have the widths [3]')
    expect(() => engine.chain([3, 0, 2], objective)).toThrow('A chain cannot have the widths [3,0,2]')
    expect(() => engine.chain([2, 3], objective)).toThrow(
      'right side of the objective is 2×3 and must be 3×2',
    )
    expect(() => engine.chain([2, 3], completion(engine, 2, 3, 0.5, 'auto'))).toThrow(
      'those of a 2×3 matrix and the end-to-end matrix is 3×2',
    )
    expect(() => engine.chain([2, 3], sensing(engine, 3, 3, 2))).toThrow('must be 2×6')
    expect(() => engine.chain([3, 4, 2], objective).loss(engine.matrix(19, 1))).toThrow(
      'θ is 19×1 and must hold the 20 parameters of the chain',
    )
  })
}

eachEngine('engine chain', conforms)

// The loop around a library's products, here around the kernels' own: small chains of the blas engine do not take it.
describe('engine chain · stepped', () => {
  conforms(async () => wasmEngine(await instantiate('strict'), 'strict', 'stepped', steppedChain))
})
