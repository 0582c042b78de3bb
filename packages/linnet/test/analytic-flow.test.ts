import { describe, expect, it } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import { loadEngine } from '../src/engine/load.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { type AnalyticDecomposition, analyticFlowInto } from '../src/theory/analytic-flow.ts'
import { applyPreconditioner } from '../src/theory/preconditioner.ts'
import { fixture } from './making.ts'

interface FlowFixture {
  readonly depth: number
  readonly rows: number
  readonly columns: number
  readonly U: number[]
  readonly values: number[]
  readonly V: number[]
  readonly target: number[]
  readonly end: number[]
}

const { flows } = fixture<{ flows: FlowFixture[] }>('theory')
const engine: Engine = await loadEngine()

/** Runge–Kutta 4 with 1600 steps: truncation errors of order 1600⁻⁴ times fifth powers of rates of order 10. */
const STEPS = 1600

/** What both integrations must agree to at time 1. */
const AGREEMENT = 1e-9

/** A state in one array, moved by the classical fourth-order Runge–Kutta formula. */
function integrate(start: Float64Array, rate: (state: Float64Array) => Float64Array): Float64Array {
  const h = 1 / STEPS
  const along = (state: Float64Array, k: Float64Array, step: number) => state.map((x, i) => x + step * k[i]!)
  let state = start
  for (let step = 0; step < STEPS; step++) {
    const a = rate(state)
    const b = rate(along(state, a, h / 2))
    const c = rate(along(state, b, h / 2))
    const d = rate(along(state, c, h))
    state = state.map((x, i) => x + (h / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!))
  }
  return state
}

function unpack({ rows, columns }: FlowFixture, state: Float64Array): AnalyticDecomposition {
  const k = Math.min(rows, columns)
  return {
    U: engine.matrix(rows, k, state.subarray(0, rows * k)),
    values: state.slice(rows * k, rows * k + k),
    V: engine.matrix(columns, k, state.subarray(rows * k + k)),
  }
}

function compose({ U, values, V }: AnalyticDecomposition): Matrix {
  const out = engine.matrix(U.rows, V.rows)
  const scaled = engine.matrix(
    U.rows,
    U.columns,
    U.data.map((x, i) => x * values[i % values.length]!),
  )
  engine.multiplyInto(out, scaled, V, false, true)
  return out
}

function gradientAt(flow: FlowFixture, W: Matrix): Matrix {
  return engine.matrix(
    flow.rows,
    flow.columns,
    W.data.map((x, i) => x - flow.target[i]!),
  )
}

function analyticEnd(flow: FlowFixture, depth = flow.depth): AnalyticDecomposition {
  const start = Float64Array.from([...flow.U, ...flow.values, ...flow.V])
  const end = integrate(start, (state) =>
    engine.scoped(() => {
      const at = unpack(flow, state)
      const rates = unpack(flow, new Float64Array(state.length))
      analyticFlowInto(engine, rates, at, gradientAt(flow, compose(at)), depth)
      return Float64Array.from([...rates.U.data, ...rates.values, ...rates.V.data])
    }),
  )
  return unpack(flow, end)
}

function matrixEnd(flow: FlowFixture): Float64Array {
  const start = compose(unpack(flow, Float64Array.from([...flow.U, ...flow.values, ...flow.V])))
  return integrate(Float64Array.from(start.data), (state) =>
    engine.scoped(() => {
      const W = engine.matrix(flow.rows, flow.columns, state)
      return applyPreconditioner(engine, W, gradientAt(flow, W), flow.depth).data.map((x) => -x)
    }),
  )
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)))

describe('the end-to-end flow in analytic singular values', () => {
  const named = flows.map(
    (flow) => [`${flow.rows}×${flow.columns}, depth ${flow.depth}, σ = ${flow.values}`, flow] as const,
  )

  it.each(named)('ends where the matrix flow and the layers end: %s', (_, flow) => {
    const end = analyticEnd(flow)
    expect(distance(compose(end).data, matrixEnd(flow))).toBeLessThan(AGREEMENT)
    expect(distance(compose(end).data, flow.end)).toBeLessThan(AGREEMENT)
    expect(Array.from(end.values, Math.sign)).toEqual(flow.values.map(Math.sign))
  })

  it('ends elsewhere with another depth', () => {
    for (const flow of flows)
      expect(distance(compose(analyticEnd(flow, flow.depth + 1)).data, flow.end)).toBeGreaterThan(1e-3)
  })
})
