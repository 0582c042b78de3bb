import { describe, expect, it } from 'vitest'
import type { Config } from '../src/config/config.ts'
import type { Engine, SingularValueDecomposition } from '../src/engine/engine.ts'
import { loadEngine } from '../src/engine/load.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { simulate } from '../src/simulate/simulate.ts'
import type { Certificate, Statement } from '../src/theory/certificate.ts'
import { corollary1, corollary1With, type Kernel } from '../src/theory/corollary1.ts'
import { applyPreconditionerInto, preconditionerKernel } from '../src/theory/preconditioner.ts'
import { type Prediction, theorem1With } from '../src/theory/theorem1.ts'
import { type Rate, theorem3With } from '../src/theory/theorem3.ts'
import { balancedRun, describeSize, type Size, sizes, unbalancedRun } from './theory-instances.ts'

const engine = await loadEngine()

/** Theorems changed in one place must be found out on balanced layers, where the right ones hold to 1e-14. */
const deep = sizes.filter(({ depth, rows, columns, rank }) => depth > 1 && rank === Math.min(rows, columns))
const square = deep.filter(({ rows, columns }) => rows === columns)

function expectFoundOut(statement: Statement, size: Size): Certificate {
  const certificate = statement.certify(balancedRun(engine, size))
  expect(certificate.verdict, describeSize(size)).toBe('violated')
  expect(certificate.residual).toBeGreaterThan(0.01)
  return certificate
}

function scaled(factor: number): Prediction {
  return (on, out, W, G, depth) => {
    applyPreconditionerInto(on, out, W, G, depth)
    on.scaleInto(out, factor)
  }
}

const transposed: Prediction = (on, out, W, G, depth) => {
  const turned = on.matrix(G.columns, G.rows)
  on.transposeInto(turned, G)
  applyPreconditionerInto(on, out, W, turned, depth)
}

const ofOtherDepth =
  (by: number): Prediction =>
  (on, out, W, G, depth) =>
    applyPreconditionerInto(on, out, W, G, depth + by)

const withoutTheComplement: Prediction = (on, out, W, G, depth) => {
  const inside = project(on, W, G)
  applyPreconditionerInto(on, out, W, inside, depth)
}

/** U(UᵀGV)Vᵀ: as if G could not leave the row and column spaces of W. */
function project(on: Engine, { U, V }: SingularValueDecomposition, G: Matrix): Matrix {
  const [k, out] = [U.columns, on.matrix(G.rows, G.columns)]
  const [UtG, UtGV, left] = [on.matrix(k, G.columns), on.matrix(k, k), on.matrix(G.rows, k)]
  on.multiplyInto(UtG, U, G, true)
  on.multiplyInto(UtGV, UtG, V)
  on.multiplyInto(left, U, UtGV)
  on.multiplyInto(out, left, V, false, true)
  return out
}

describe('wrong versions of Theorem 1', () => {
  const wrong: [string, Prediction, readonly Size[]][] = [
    ['twice as fast', scaled(2), deep],
    ['the other way', scaled(-1), deep],
    ['with the gradient transposed', transposed, square],
    ['with one layer more', ofOtherDepth(1), deep],
    ['with half a layer less', ofOtherDepth(-0.5), deep],
    [
      'without what leaves the row and column spaces',
      withoutTheComplement,
      deep.filter((s) => s.rows !== s.columns),
    ],
  ]
  it.each(wrong)('%s', (_, prediction, where) => {
    for (const size of where) expectFoundOut(theorem1With(prediction), size)
  })
})

describe('wrong versions of Corollary 1', () => {
  const wrong: [string, Kernel][] = [
    ['twice as large', (on, n, s, t) => 2 * preconditionerKernel(on, n, s, t)],
    ['with one layer more', (on, n, s, t) => preconditionerKernel(on, n + 1, s, t)],
    [
      'without the factor n on the diagonal',
      (on, n, s, t) => preconditionerKernel(on, n, s, t) / (s === t && s > 0 ? n : 1),
    ],
    [
      'with exponent 1 − 1/n',
      (on, n, s, t) => (s === t && s > 0 ? n * on.pow(s, 1 - 1 / n) : preconditionerKernel(on, n, s, t)),
    ],
  ]
  it.each(wrong)('%s', (_, kernel) => {
    for (const size of deep) {
      expectFoundOut(corollary1With(kernel), size)
      expectFoundOut(corollary1With(kernel, 0), size)
    }
  })
})

describe('the bound that Corollary 1 uses for large matrices', () => {
  const bounded = corollary1With(preconditionerKernel, 0)

  it('holds where the eigenvalues agree one by one, and is no smaller than their deviation', () => {
    for (const size of sizes) {
      const [one, all] = [bounded, corollary1].map((statement) =>
        statement.certify(balancedRun(engine, size)),
      )
      expect([one!.verdict, all!.verdict]).toEqual(['holds', 'holds'])
      expect(one!.residual).toBeLessThan(1e-13)
    }
  })

  it('is violated where the layers are not balanced', () => {
    for (const size of deep) {
      const [one, all] = [bounded, corollary1].map((s) =>
        s.certify(unbalancedRun(engine, size), { insist: true }),
      )
      expect([one!.verdict, all!.verdict]).toEqual(['violated', 'violated'])
      expect(one!.residual).toBeGreaterThanOrEqual(all!.residual * (1 - 1e-12))
    }
  })
})

describe.each(['identity', 'rooted'])(
  'claims that are wrong by a millionth, along a run from %s layers',
  (kind) => {
    const off = 1 + 1e-6
    const wrong: [string, Statement, Statement][] = [
      ['Theorem 1', theorem1With(scaled(1)), theorem1With(scaled(off))],
      ['Theorem 3', theorem3With(rateOf(1)), theorem3With(rateOf(off))],
      ['Corollary 1', corollary1, corollary1With((on, n, s, t) => off * preconditionerKernel(on, n, s, t))],
    ]
    it.each(wrong)('%s', async (_, right, mutated) => {
      const run = await simulate({
        seed: 3,
        loss: { kind: 'completion', truth: { kind: 'lowRank', rows: 6, columns: 6, rank: 2 }, observed: 28 },
        network: { kind: 'linear', depth: 3, widths: 6 },
        // Gaussian layers are far from balanced at first, and near it once learning has outgrown them.
        init: { kind, scale: 1e-4 },
        dynamics: { kind: 'gradientFlow', tolerance: 1e-6 },
        probes: [{ kind: 'loss' }],
        until: { time: 300 },
        record: { samples: 6, spacing: 'linear', snapshots: 6 },
      } as Config)
      const [holds, violated] = [right.certify(run), mutated.certify(run)]
      expect(holds.verdict, holds.summary).toBe('holds')
      expect(violated.verdict, violated.summary).toBe('violated')
    })
  },
)

function rateOf(factor: number): Rate {
  return (on, n, s, g) => factor * n * on.pow(s * s, 1 - 1 / n) * g
}

describe('wrong versions of Theorem 3', () => {
  const wrong: [string, Rate][] = [
    ['twice as fast', (on, n, s, g) => 2 * n * on.pow(s * s, 1 - 1 / n) * g],
    ['the other way', (on, n, s, g) => -n * on.pow(s * s, 1 - 1 / n) * g],
    ['without the factor n', (on, n, s, g) => on.pow(s * s, 1 - 1 / n) * g],
    ['with exponent 2 − 1/n', (on, n, s, g) => n * on.pow(s * s, 2 - 1 / n) * g],
    ['with the exponent of one layer more', (on, n, s, g) => n * on.pow(s * s, 1 - 1 / (n + 1)) * g],
  ]
  it.each(wrong)('%s', (_, rate) => {
    for (const size of deep) expectFoundOut(theorem3With(rate), size)
  })

  it('for small singular values only', () => {
    const spectrum = [2, 0.7, 1e-4]
    const size = { rows: 3, columns: 4, depth: 3, rank: 3 }
    const run = balancedRun(engine, size, spectrum)
    const onlySmall: Rate = (on, n, s, g) => rateOf(s < 1e-3 ? 1 + 1e-4 : 1)(on, n, s, g)
    expect(theorem3With(rateOf(1)).certify(run)).toMatchObject({
      verdict: 'holds',
      numbers: { modes: 3, modesBelowRoundOff: 0, modesBalanced: 3 },
    })
    expect(theorem3With(onlySmall).certify(run).verdict).toBe('violated')
  })

  it('leaves out, and counts, modes whose rates are below round-off', () => {
    const size = { rows: 3, columns: 4, depth: 3, rank: 3 }
    const { verdict, numbers } = theorem3With(rateOf(1)).certify(balancedRun(engine, size, [2, 0.7, 1e-12]))
    expect([verdict, numbers.modes, numbers.modesBelowRoundOff]).toEqual(['holds', 3, 1])
  })

  it('of a velocity that is wrong in the same way are found out by differences', () => {
    const size = { rows: 3, columns: 4, depth: 3, rank: 3 }
    const run = balancedRun(engine, size)
    const { network } = run.objective
    const pushforwardInto: typeof network.pushforwardInto = (out, ...rest) => {
      network.pushforwardInto(out, ...rest)
      engine.scaleInto(out, 1.001)
    }
    const lying = { ...run, objective: { ...run.objective, network: { ...network, pushforwardInto } } }
    const certificate = theorem3With(rateOf(1.001)).certify(lying)
    expect([certificate.verdict, certificate.residualOf]).toEqual(['violated', '|dσ_r/dt| (by differences)'])
    expect(theorem3With(rateOf(1)).certify(run).numbers.modesDifferentiated).toBeGreaterThan(0)
  })
})
