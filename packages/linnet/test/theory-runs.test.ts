import { describe, expect, it } from 'vitest'
import type { Config } from '../src/config/config.ts'
import { integrators } from '../src/dynamics/integrators/index.ts'
import { simulate } from '../src/simulate/simulate.ts'
import type { Certificate } from '../src/theory/certificate.ts'
import { certify, statements } from '../src/theory/index.ts'

/** Theorems about balanced layers at any point of a run. */
const AT_A_POINT = statements.entries.filter(({ scope }) => scope === 'point').map(({ kind }) => kind)

/** A 6×5 problem of rank 2, most of it learnt by time 60. */
const common = {
  seed: 3,
  loss: { kind: 'completion', truth: { kind: 'lowRank', rows: 6, columns: 5, rank: 2 }, observed: 24 },
  network: { kind: 'linear', depth: 3, widths: 6 },
  init: { kind: 'balanced', scale: 0.01 },
  dynamics: { kind: 'gradientFlow', tolerance: 1e-8 },
  probes: [{ kind: 'loss' }],
  until: { time: 60 },
  record: { samples: 12, spacing: 'linear', snapshots: 7 },
} as const

async function certificates(
  config: object,
  kinds: readonly string[],
  insist = false,
): Promise<Certificate[]> {
  const run = await simulate({ ...common, ...config } as Config)
  return certify(run, { statements: kinds, insist })
}

async function expectAllHold(config: object, kinds: readonly string[]): Promise<void> {
  for (const { verdict, summary, statement } of await certificates(config, kinds))
    expect([statement, verdict], summary).toEqual([statement, 'holds'])
}

describe.each(statements.entries.map((one) => [one.kind, one] as const))(
  'the negative control of %s',
  (_, one) => {
    it('does not meet the assumptions, and violates the conclusion', async () => {
      const run = await simulate(one.negativeControl.config)
      expect(one.certify(run).verdict).toBe('does not apply')
      const insisted = one.certify(run, { insist: true })
      expect(insisted.verdict, insisted.summary).toBe('violated')
      expect(insisted.residual).toBeGreaterThan(2 * insisted.tolerance)
    })
  },
)

describe('gradient flow', () => {
  const methods = ['auto', ...integrators.entries.map(({ kind }) => kind)]

  it.each(methods)('conserves the imbalance of any start, solved by %s', async (integrator) => {
    for (const tolerance of [1e-4, 1e-7])
      await expectAllHold(
        {
          init: { kind: 'gaussian', deviation: 0.4 },
          dynamics: { kind: 'gradientFlow', integrator, tolerance },
        },
        ['conservation'],
      )
  })

  it.each(methods)('moves balanced layers as the theorems say, solved by %s', async (integrator) => {
    for (const tolerance of [1e-4, 1e-7])
      await expectAllHold({ dynamics: { kind: 'gradientFlow', integrator, tolerance } }, AT_A_POINT)
  })

  it.each([1, 2, 4])('at depth %i', async (depth) => {
    const network = { kind: 'linear', depth, ...(depth > 1 && { widths: 6 }) }
    await expectAllHold({ network }, depth > 1 ? ['conservation', ...AT_A_POINT] : AT_A_POINT)
  })

  it('through a bottleneck, from the identity, and of other losses', async () => {
    await expectAllHold({ network: { kind: 'linear', depth: 3, widths: [6, 2] } }, AT_A_POINT)
    const square = { ...common.loss, truth: { ...common.loss.truth, columns: 6 } }
    await expectAllHold({ init: { kind: 'identity', scale: 0.01 }, loss: square }, AT_A_POINT)
    const truth = { kind: 'gaussian', rows: 3, columns: 4 }
    for (const loss of [
      { kind: 'sensing', truth, samples: 8 },
      { kind: 'lp', power: 4, truth, samples: 20 },
      { kind: 'logistic', truth, samples: 30 },
      { kind: 'whitened', target: truth },
    ])
      await expectAllHold({ loss, network: { kind: 'linear', depth: 3, widths: 4 }, until: { time: 3 } }, [
        'conservation',
        ...AT_A_POINT,
      ])
  })

  it.each(methods)(
    'drifts no more than its integrator errs, inside steps too, solved coarsely by %s',
    async (integrator) => {
      const record = { samples: 40, spacing: 'linear', snapshots: 41 }
      for (const init of [common.init, { kind: 'gaussian', deviation: 0.4 }])
        for (const tolerance of [1e-1, 1e-2, 1e-3]) {
          const dynamics = { kind: 'gradientFlow', integrator, tolerance }
          // Three or four steps in all, as at 0.1, are too few for estimates of errors to be trusted.
          for (const insist of tolerance > 0.01 ? [false] : [false, true]) {
            const [certificate] = await certificates({ init, dynamics, record }, ['conservation'], insist)
            expect(certificate!.verdict, certificate!.summary).not.toBe('violated')
          }
        }
    },
  )

  it('solved too coarsely does not show conservation, and the certificate says so', async () => {
    const [certificate] = await certificates(
      { dynamics: { kind: 'gradientFlow', integrator: 'rkc2', tolerance: 0.1 } },
      ['conservation'],
    )
    expect(certificate!.verdict).toBe('does not apply')
    expect(certificate!.summary).toContain('lower the tolerance of the flow')
  })
})

describe('descents', () => {
  const until = { steps: 400 }

  it.each([
    { kind: 'gradientDescent', stepSize: 0.1 },
    { kind: 'sgd', stepSize: 0.05, batchSize: 4 },
    { kind: 'groupRMSprop', stepSize: 1e-3 },
    { kind: 'heavyBall', stepSize: 0.1, momentum: 0 },
  ])('without momentum: $kind', async (dynamics) => {
    for (const init of [common.init, { kind: 'gaussian', deviation: 0.4 }])
      await expectAllHold({ init, dynamics, until }, ['discreteConservation'])
  })

  it('stay near enough to balance for the theorems about the flow', async () => {
    await expectAllHold({ dynamics: { kind: 'gradientDescent', stepSize: 0.1 }, until }, AT_A_POINT)
  })

  it('that diverge are certified up to where weights are finite', async () => {
    const dynamics = { kind: 'gradientDescent', stepSize: 50 }
    for (const certificate of await certificates(
      { dynamics, until, init: { kind: 'gaussian', deviation: 1 } },
      ['discreteConservation', ...AT_A_POINT],
    ))
      expect(certificate.verdict, certificate.summary).not.toBe('violated')
  })
})
