import { describe, expect, it } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import type { Certificate } from '../src/theory/certificate.ts'
import { certify, statements } from '../src/theory/index.ts'
import {
  balancedRun,
  descendingRun,
  describeSize,
  gaussianLayers,
  sizes,
  unbalancedRun,
  widthsOf,
} from './theory-instances.ts'
import { balancedLayers, gaussian, runThrough, setting } from './theory-setting.ts'

const engine = await loadEngine()

/** Relative residuals of well-conditioned instances of size 5 are a few roundings. */
const ROUND_OFF = 1e-14

/** What every certificate of such an instance may at most allow itself. */
const SHARP_TOLERANCE = 2e-12

/** Theorems about balanced layers at any point of a run. */
const AT_A_POINT = statements.entries.filter(({ scope }) => scope === 'point').map(({ kind }) => kind)

function only(certificates: readonly Certificate[]): Certificate {
  expect(certificates).toHaveLength(1)
  return certificates[0]!
}

describe.each(statements.entries.map((statement) => [statement.kind, statement] as const))(
  '%s',
  (kind, statement) => {
    it('says what it is', () => {
      for (const text of [
        statement.title,
        statement.symbol,
        statement.help,
        statement.source,
        statement.theorem,
      ])
        expect(text.length).toBeGreaterThan(5)
      expect(statement.negativeControl.breaks.length).toBeGreaterThan(5)
    })

    it('gives complete certificates', () => {
      const certificate = statement.certify(balancedRun(engine, { rows: 3, columns: 4, depth: 3, rank: 3 }))
      expect(certificate.statement).toBe(kind)
      expect(certificate.residual).toBeGreaterThanOrEqual(0)
      expect(certificate.tolerance).toBeGreaterThan(0)
      expect(certificate.toleranceBecause.length).toBeGreaterThan(10)
      expect(certificate.summary).toMatch(/^[^\n]{20,300}$/)
      for (const { name, explanation, measured, threshold } of certificate.assumptions) {
        expect(name.length * explanation.length).toBeGreaterThan(0)
        expect(Number.isFinite(measured) && Number.isFinite(threshold)).toBe(true)
      }
      for (const number of Object.values(certificate.numbers)) expect(Number.isFinite(number)).toBe(true)
    })

    it('does not apply where weights are not finite, and says so', () => {
      const objective = setting(engine, [2, 2, 2], gaussian(engine, 1, 2, 2))
      const broken = [gaussian(engine, 2, 2, 2), { rows: 2, columns: 2, data: [1, Number.NaN, 0, 1] }]
      const certificate = statement.certify(runThrough(objective, [broken]), { insist: true })
      expect(certificate.verdict).toBe('does not apply')
      expect(certificate.summary).toContain('does not apply')
    })

    it('leaves the memory of the engine as it was', () => {
      const run = balancedRun(engine, { rows: 3, columns: 4, depth: 3, rank: 3 })
      statement.certify(run)
      const before = engine.matrix(1, 1).pointer
      statement.certify(run)
      expect(engine.matrix(1, 1).pointer - before).toBeLessThanOrEqual(64)
    })
  },
)

describe.each(AT_A_POINT)('%s on balanced layers', (kind) => {
  it.each(sizes.map((size) => [describeSize(size), size] as const))('holds: %s', (_, size) => {
    const certificate = only(certify(balancedRun(engine, size), { statements: [kind] }))
    expect(certificate.verdict).toBe('holds')
    expect(certificate.tolerance).toBeLessThan(kind === 'theorem3' ? 1e-5 : SHARP_TOLERANCE)
    if (kind !== 'theorem3') expect(certificate.residual).toBeLessThan(ROUND_OFF)
    expect(certificate.assumptions.every(({ holds }) => holds)).toBe(true)
  })
})

describe.each(AT_A_POINT)('%s on unbalanced layers', (kind) => {
  const deep = sizes.filter(({ depth, rows, columns, rank }) => depth > 1 && rank === Math.min(rows, columns))

  it.each(deep.map((size) => [describeSize(size), size] as const))('%s', (_, size) => {
    const run = unbalancedRun(engine, size)
    const certificate = only(certify(run, { statements: [kind] }))
    expect(certificate.verdict).toBe('does not apply')
    expect(certificate.summary).toContain('not balanced')
    const insisted = only(certify(run, { statements: [kind], insist: true }))
    expect(insisted.verdict).toBe('violated')
    expect(insisted.residual).toBeGreaterThan(0.01)
  })

  it('holds at depth 1, where there is nothing to balance', () => {
    for (const size of sizes.filter(({ depth }) => depth === 1)) {
      const { verdict, summary } = only(certify(unbalancedRun(engine, size), { statements: [kind] }))
      expect(verdict).toBe('holds')
      // The rates of singular values are a theorem at depth 1, too; the others say Ẇ = −∇ℓ(W) there.
      expect(summary.includes('(trivially: one layer is W itself)')).toBe(kind !== 'theorem3')
    }
  })
})

describe('layers that are balanced nearly', () => {
  const size = { rows: 4, columns: 3, depth: 3, rank: 3 }
  const widths = widthsOf(size)
  const exact = balancedLayers(engine, widths, [2, 0.7, 0.3])
  const objective = setting(engine, widths, gaussian(engine, 5, 4, 3))
  const moved = (by: number) =>
    exact.map((layer, j) => {
      const noise = gaussian(engine, 70 + j, layer.rows, layer.columns)
      return { ...layer, data: Array.from(layer.data, (x, i) => x + by * noise.data[i]!) }
    })

  it.each(AT_A_POINT)('%s holds next to them to round-off, and tells how far they are', (kind) => {
    const [near, nearer] = [1e-4, 1e-7].map((by) =>
      only(certify(runThrough(objective, [moved(by)]), { statements: [kind] })),
    )
    expect([near!.verdict, nearer!.verdict]).toEqual(['holds', 'holds'])
    for (const { tolerance, residual, numbers, summary } of [near!, nearer!]) {
      expect(residual).toBeLessThan(ROUND_OFF)
      expect(tolerance).toBeLessThan(SHARP_TOLERANCE)
      expect(numbers.largestDeviationOfRun).toBeLessThan(1.01 * numbers.largestImbalanceShare!)
      expect(numbers.largestDeviationOfRun).toBeGreaterThan(numbers.largestImbalanceShare! / 100)
      expect(summary).toContain('imbalance moves it by')
    }
    const ratio = near!.numbers.largestImbalanceShare! / nearer!.numbers.largestImbalanceShare!
    expect(ratio).toBeGreaterThan(500)
    expect(ratio).toBeLessThan(2000)
  })

  it.each(AT_A_POINT)('%s is drawn from the snapshots that are balanced, and counts them', (kind) => {
    const run = runThrough(objective, [moved(1), moved(1e-4), moved(1e-7)])
    const certificate = only(certify(run, { statements: [kind] }))
    expect(certificate.verdict).toBe('holds')
    expect(certificate.numbers.snapshots).toBe(3)
    expect(certificate.numbers.snapshotsBalanced).toBe(2)
    const insisted = only(certify(run, { statements: [kind], insist: true }))
    expect([insisted.verdict, insisted.worstAt]).toEqual(['violated', 0])
  })

  it('sees modes that W itself cannot show: 1e-4 in each of five layers is 1e-20 in W', () => {
    for (const spectrum of [
      [2, 1e-20, 1e-24],
      [2, 1, 1e-20],
    ]) {
      const run = balancedRun(engine, { ...size, depth: 5 }, spectrum)
      for (const certificate of certify(run, { statements: AT_A_POINT })) {
        expect(certificate.verdict).toBe('holds')
        expect(certificate.numbers.largestImbalanceShare).toBeLessThan(1e-12)
      }
    }
  })

  it('has nothing to say where all weights are zero', () => {
    const run = runThrough(objective, [
      exact.map((layer) => ({ ...layer, data: Array.from(layer.data, () => 0) })),
    ])
    for (const certificate of certify(run, { statements: AT_A_POINT, insist: true }))
      expect(certificate.verdict).toBe('does not apply')
  })
})

describe('conservation', () => {
  const widths = [4, 5, 4, 3]
  const objective = setting(engine, widths, gaussian(engine, 5, 3, 4))
  const start = gaussianLayers(engine, widths).map((layer) => ({
    ...layer,
    data: Array.from(layer.data, (x) => 0.3 * x),
  }))
  const descent = { stepSize: 0.01, steps: 200, every: 20 }

  it('in finite steps holds exactly, at small and at large steps', () => {
    for (const [stepSize, steps] of [
      [1e-4, 200],
      [0.01, 200],
      [0.1, 20],
    ] as const) {
      const run = descendingRun(objective, start, { stepSize, steps, every: steps / 10 })
      const certificate = only(certify(run, { statements: ['discreteConservation'], insist: true }))
      expect(certificate.verdict).toBe('holds')
      if (stepSize < 0.1)
        expect(only(certify(run, { statements: ['discreteConservation'] })).verdict).toBe('holds')
      expect(certificate.numbers.largestIdentityResidual).toBeLessThan(ROUND_OFF)
      expect(certificate.numbers.largestDrift).toBeGreaterThan(0)
    }
  })

  it('of the flow is violated by steps, in proportion to their size', () => {
    const [coarse, fine] = [4e-3, 2e-3].map((stepSize) => {
      const run = descendingRun(objective, start, { stepSize, steps: 2 / stepSize, every: 1 / stepSize })
      expect(only(certify(run, { statements: ['conservation'] })).verdict).toBe('does not apply')
      return only(certify(run, { statements: ['conservation'], insist: true }))
    })
    expect([coarse!.verdict, fine!.verdict]).toEqual(['violated', 'violated'])
    const order = coarse!.numbers.largestDrift! / fine!.numbers.largestDrift!
    expect(order).toBeGreaterThan(1.9)
    expect(order).toBeLessThan(2.1)
  })

  it('in finite steps is violated by momentum', () => {
    const run = descendingRun(objective, start, { ...descent, momentum: 0.9 })
    expect(only(certify(run, { statements: ['discreteConservation'] })).verdict).toBe('does not apply')
    expect(only(certify(run, { statements: ['discreteConservation'], insist: true })).verdict).toBe(
      'violated',
    )
  })

  it('in finite steps applies to whatever has no momentum, and to nothing else', () => {
    const plain = descendingRun(objective, start, descent)
    const under = (kind: string, momentum: number) => {
      const run = { ...plain, config: { ...plain.config, dynamics: { kind, stepSize: 0.01, momentum } } }
      return only(certify(run, { statements: ['discreteConservation'] })).verdict
    }
    expect([under('heavyBall', 0), under('sgd', 0)]).toEqual(['holds', 'holds'])
    expect([under('heavyBall', 0.5), under('sgd', 0.5)]).toEqual(['does not apply', 'does not apply'])
    expect(under('gradientFlow', 0)).toBe('does not apply')
  })

  it('has nothing to say about one layer', () => {
    const shallow = setting(engine, [4, 3], gaussian(engine, 5, 3, 4))
    const run = descendingRun(shallow, [gaussian(engine, 6, 3, 4)], descent)
    for (const certificate of certify(run, { statements: ['conservation', 'discreteConservation'] })) {
      expect(certificate.verdict).toBe('does not apply')
      expect(certificate.residual).toBe(0)
    }
  })
})

describe('certify', () => {
  const run = balancedRun(engine, { rows: 3, columns: 3, depth: 2, rank: 3 })

  it('holds a run against all statements in the order of the registry', () => {
    expect(certify(run).map(({ statement }) => statement)).toEqual(statements.entries.map(({ kind }) => kind))
  })

  it('rejects statements that do not exist', () => {
    expect(() => certify(run, { statements: ['theorem9'] })).toThrow('there is no statement "theorem9"')
  })
})
