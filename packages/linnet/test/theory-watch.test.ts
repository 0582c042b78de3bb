import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Certificate,
  type ConfigInput,
  follow,
  linear,
  loadEngine,
  parseConfig,
  prepare,
  type Run,
  type Snapshot,
  simulate,
  statements,
  theory,
} from '../src/index.ts'

const truth = { kind: 'gaussian', rows: 3, columns: 4 }
const lossSpecs = [
  { kind: 'completion', truth: { kind: 'lowRank', rows: 3, columns: 4, rank: 2 }, observed: 9 },
  { kind: 'sensing', truth, samples: 8 },
  { kind: 'lp', power: 4, truth, samples: 20 },
  { kind: 'logistic', truth, samples: 30 },
  { kind: 'whitened', target: truth },
]
const initSpecs = [
  { kind: 'balanced', scale: 0.3 },
  { kind: 'gaussian', deviation: 0.4 },
]
const motions = [
  { dynamics: { kind: 'gradientFlow' }, until: { time: 2 } },
  { dynamics: { kind: 'gradientFlow', tolerance: 1e-9, integrator: 'rkc2' }, until: { time: 2 } },
  { dynamics: { kind: 'gradientDescent', stepSize: 0.02 }, until: { steps: 100 } },
  { dynamics: { kind: 'gradientDescent', stepSize: 50 }, until: { steps: 100 } },
  { dynamics: { kind: 'sgd', stepSize: 0.02, batchSize: 3 }, until: { steps: 100 } },
  { dynamics: { kind: 'heavyBall', stepSize: 0.02 }, until: { steps: 100 } },
  { dynamics: { kind: 'groupRMSprop', stepSize: 0.01 }, until: { steps: 100 } },
]

const inputs = fc
  .record({
    seed: fc.nat(1000),
    loss: fc.constantFrom(...lossSpecs),
    init: fc.constantFrom(...initSpecs),
    motion: fc.constantFrom(...motions),
    depth: fc.integer({ min: 1, max: 4 }),
    snapshots: fc.integer({ min: 2, max: 9 }),
  })
  .map(({ seed, loss, init, motion, depth, snapshots }) => ({
    seed,
    loss,
    init,
    ...motion,
    network: { kind: 'linear', depth },
    probes: [{ kind: 'loss' }, { kind: 'unbalancedness' }],
    record: { samples: 12, snapshots },
  }))

interface Watched {
  readonly run: Run
  /** The certificates after each snapshot, insisted on. */
  readonly insisted: readonly (readonly Certificate[])[]
  /** The same, not insisted on. */
  readonly provisional: readonly (readonly Certificate[])[]
}

/** Follows a config and watches it live; `frames` is when it is interrupted, `skip` a snapshot that is kept from the watch. */
async function watched(input: object, { frames = Infinity, skip = -1 } = {}): Promise<Watched> {
  const config = parseConfig(input as ConfigInput)
  const problem = prepare(config, await loadEngine(), new Map())
  const signal = { aborted: false }
  const stream = follow(config, problem, { signal })
  const watch = theory.watch(config, problem.objective)
  const insisted: Certificate[][] = []
  const provisional: Certificate[][] = []
  const take = (snapshot: Snapshot) => {
    if (insisted.length !== skip) watch.see(snapshot)
    provisional.push(watch.certificates())
    insisted.push(watch.certificates({ insist: true }))
  }
  for (let count = 1; ; count++) {
    const { done, value } = await stream.next()
    if (done) return { run: value, insisted, provisional }
    if (value.snapshot) take(value.snapshot)
    if (count === frames) signal.aborted = true
  }
}

/** 0/0 is 0, as in the verdict. */
function ratio({ residual, tolerance }: Certificate): number {
  return residual === 0 ? 0 : residual / tolerance
}

/** Neighbours in a list. */
function pairs<T>(list: readonly T[]): [T, T][] {
  return list.slice(1).map((later, i) => [list[i]!, later])
}

describe('theory.watch', () => {
  it('ends with what theory.certify says, and moves no bit of the run', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { run, provisional, insisted } = await watched(input)
        expect(provisional).toHaveLength(run.snapshots.length)
        expect(provisional.at(-1)).toEqual(theory.certify(run))
        expect(insisted.at(-1)).toEqual(theory.certify(run, { insist: true }))
        const alone = await simulate(input as ConfigInput)
        expect([run.snapshots, run.weights]).toEqual([alone.snapshots, alone.weights])
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it('does so too where a run is interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, fc.integer({ min: 1, max: 9 }), async (input, frames) => {
        const { run, provisional } = await watched(input, { frames })
        if (run.stopped.reason !== 'diverged') expect(run.stopped.reason).toBe('interrupted')
        expect(provisional.at(-1)).toEqual(theory.certify(run))
      }),
      { numRuns: 25, seed: 2 },
    )
  })

  it('says after every snapshot what theory.certify says of the run up to there', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { run, provisional } = await watched(input)
        const upTo = run.snapshots.map((_, i) => ({ ...run, snapshots: run.snapshots.slice(0, i + 1) }))
        expect(provisional).toEqual(upTo.map((part) => theory.certify(part)))
      }),
      { numRuns: 10, seed: 3 },
    )
  })

  it('finds residuals that only grow, in proportion to what is allowed, while a statement applies', async () => {
    const grown = new Set<string>()
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { insisted, provisional } = await watched(input)
        for (const [before, after] of [...pairs(insisted), ...pairs(provisional)])
          for (const [i, earlier] of before.entries()) {
            const later = after[i]!
            if (earlier.verdict === 'does not apply' || later.verdict === 'does not apply') continue
            expect(ratio(later), later.summary).toBeGreaterThanOrEqual(ratio(earlier))
            if (ratio(later) > ratio(earlier)) grown.add(later.statement)
            for (const name of ['largestDrift', 'largestPointwiseResidual', 'largestIdentityResidual'])
              expect(later.numbers[name] ?? 0).toBeGreaterThanOrEqual(earlier.numbers[name] ?? 0)
          }
      }),
      { numRuns: 30, seed: 4 },
    )
    expect([...grown].sort()).toEqual(statements.entries.map(({ kind }) => kind).sort())
  })

  it('notices a snapshot kept from it', async () => {
    const input = {
      ...motions[2],
      loss: lossSpecs[4],
      init: initSpecs[1],
      network: { kind: 'linear', depth: 3 },
    }
    const { run, provisional } = await watched(input, { skip: 4 })
    expect(run.snapshots.length).toBeGreaterThan(5)
    expect(provisional.at(-1)).not.toEqual(theory.certify(run))
  })

  it('watches the statements that are named, in their order, and rejects others', async () => {
    const config = parseConfig({
      ...motions[0],
      loss: lossSpecs[4]!,
      network: linear,
      init: initSpecs[0]!,
    } as ConfigInput)
    const { objective } = prepare(config, await loadEngine(), new Map())
    const watch = theory.watch(config, objective, { statements: ['theorem3', 'conservation'] })
    const before = watch.certificates()
    expect(before.map(({ statement }) => statement)).toEqual(['theorem3', 'conservation'])
    expect(before.map(({ verdict }) => verdict)).toEqual(['does not apply', 'does not apply'])
    expect(() => theory.watch(config, objective, { statements: ['theorem9'] })).toThrow(
      'there is no statement "theorem9"',
    )
  })
})
