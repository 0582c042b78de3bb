import {
  dynamics,
  follow,
  InputError,
  inits,
  loadEngine,
  losses,
  type Matrix,
  matrices,
  networks,
  parseConfig,
  prepare,
  probes,
} from 'linnet'
import { describe, expect, test } from 'vitest'
import { knownForBatches } from '../src/experiment/batch-steps.ts'
import { changeKind } from '../src/experiment/change-kind.ts'
import { valueAt, withValue } from '../src/experiment/field.ts'
import type { JsonObject } from '../src/experiment/json.ts'
import type { Known } from '../src/experiment/new-spec.ts'
import { openingExperiment } from '../src/experiment/opening.ts'
import { familyAt, isPlace } from '../src/experiment/place-in-schema.ts'
import { sampleExperiment } from './sample.ts'

const { config: sample } = sampleExperiment
const families = {
  loss: losses,
  network: networks,
  init: inits,
  dynamics,
  'probes[0]': probes,
  'loss.truth': matrices,
}
const fields = Object.entries(families).flatMap(([field, { entries }]) =>
  entries.map(({ kind }) => [field, kind] as const),
)
const pairs = Object.entries(families).flatMap(([field, { entries }]) =>
  entries.flatMap(({ kind: from }) => entries.map(({ kind: to }) => [field, from, to] as const)),
)
const engine = await loadEngine('strict')

/** Why a config cannot begin to run; nothing when it can. */
async function faultOf(config: JsonObject): Promise<string | undefined> {
  return engine.scoped(async () => {
    try {
      const parsed = parseConfig(config)
      await follow(parsed, prepare(parsed, engine, new Map())).next()
      return undefined
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return error.message
    }
  })
}

/** The sample with one probe, so that every other one may take its place. */
const small: JsonObject = { ...sample, probes: [{ kind: 'loss' }] }

/** What a run of it tells of its truth and its weights. */
function toldBy(config: JsonObject): Known {
  const parsed = parseConfig(config)
  return engine.scoped(() => {
    const { objective, start } = prepare(parsed, engine, new Map())
    const rowsOf = ({ rows, columns, data }: Matrix) =>
      Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)))
    const truth = objective.loss.truth!
    return {
      rows: truth.rows,
      columns: truth.columns,
      data: rowsOf(truth),
      singularValues: Array.from(engine.singularValues(truth)),
      layers: start.layers.map((layer) => ({ kind: 'values', data: rowsOf(layer) })),
    }
  })
}

describe('the family at a place', () => {
  test.each(Object.entries(families))('%s', (field, family) => {
    expect(familyAt(sample, field)?.family).toBe(family.family)
  })

  test('nothing to choose', () => {
    for (const field of ['seed', 'loss.observed', 'until', 'loss.target', 'nothing', 'loss.nothing.kind'])
      expect(familyAt(sample, field), field).toBeUndefined()
  })

  test.each([
    ['network.depth', true],
    ['loss.truth.rank', true],
    ['loss.entries', true],
    ['probes[2].count', true],
    ['probes[0].count', false],
    ['dynamics.stepSize', false],
    ['loss.truth.data', false],
    ['probes.loss', false],
    ['constructor', false],
  ])('a place in the sample: %s %s', (field, is) => {
    expect(isPlace(sample, field)).toBe(is)
  })
})

describe('every kind, from every other', () => {
  /** Files are not at hand in the lab, weights only once there is a run: the sentence says so. */
  const needsFile = /^(init|loss\.truth) \w+ → file: /

  test.each([
    ['with what a run tells', (config: JsonObject) => toldBy(config)],
    ['with examples alone', () => ({})],
  ])('runs, %s', { timeout: 120_000 }, async (_, knownOf) => {
    const faults: string[] = []
    const known = knownOf(small)
    for (const [field, from, to] of pairs) {
      const before = changeKind(small, field, from, known).config
      const { config } = changeKind(before, field, to, known)
      expect((valueAt(config, field) as JsonObject).kind).toBe(to)
      const fault = await faultOf(config)
      if (fault !== undefined) faults.push(`${field} ${from} → ${to}: ${fault}`)
    }
    expect(faults.filter((fault) => !needsFile.test(fault))).toEqual([])
    expect(faults.every((fault) => fault.endsWith('.'))).toBe(true)
  })

  test('from what the lab opens with', { timeout: 60_000 }, async () => {
    const base = { ...openingExperiment.config, probes: [{ kind: 'loss' }] }
    const faults: string[] = []
    for (const [field, to] of fields) {
      const fault = await faultOf(changeKind(base, field, to, toldBy(base)).config)
      if (fault !== undefined) faults.push(`${field} x → ${to}: ${fault}`)
    }
    expect(faults.filter((fault) => !needsFile.test(fault))).toEqual([])
  })

  test('negative control: without the examples it would not run', async () => {
    const bare = { ...small, loss: { kind: 'sensing', truth: (small.loss as JsonObject).truth! } }
    expect(await faultOf(bare)).toContain('give either measurements or samples')
  })
})

describe('what changes with a kind', () => {
  const changed = (field: string, kind: string, config: JsonObject = sample, known: Known = {}) =>
    changeKind(config, field, kind, known)

  test('what both have stays', () => {
    const { truth, normalisation } = sample.loss as JsonObject
    expect(changed('loss', 'sensing').config.loss).toEqual({
      kind: 'sensing',
      truth,
      samples: 500,
      normalisation,
    })
    expect(changed('init', 'orthogonal').config.init).toEqual({ kind: 'orthogonal', scale: 1e-3 })
  })

  test('the truth becomes the target and again the truth', () => {
    const { truth } = sample.loss as JsonObject
    const { config } = changed('loss', 'whitened')
    expect(config.loss).toEqual({ kind: 'whitened', target: truth, normalisation: 'half' })
    expect(changed('loss', 'completion', config).config.loss).toEqual({
      kind: 'completion',
      truth,
      observed: 0.5,
      normalisation: 'half',
    })
  })

  test('given data stay data where the other loss takes them', () => {
    const [inputs, targets] = [
      { kind: 'values', data: [[1, 0]] },
      { kind: 'values', data: [[2, 3]] },
    ]
    const config = { ...sample, loss: { kind: 'squared', inputs, targets } }
    expect(changed('loss', 'lp', config).config.loss).toEqual({ kind: 'lp', inputs, targets })
    const { config: other, note } = changed('loss', 'whitened', config)
    expect(other.loss).toMatchObject({ kind: 'whitened', target: { kind: 'lowRank' } })
    expect(note).toBe('Whitened regression: an example takes the place of the data there were.')
  })

  test.each([
    ['half', 'squared', 'halfMean'],
    ['sum', 'lp', 'mean'],
    ['mean', 'squared', 'mean'],
    ['half', 'sensing', 'half'],
    ['half', 'whitened', 'half'],
  ])('the factor %s of entries is for %s the factor %s', (normalisation, kind, factor) => {
    const config = withValue(sample, 'loss.normalisation', normalisation)
    const other = changed('loss', kind, config).config
    expect(valueAt(other, 'loss.normalisation')).toBe(factor)
    const back = changed('loss', 'completion', other).config
    expect(valueAt(back, 'loss.normalisation')).toBe(normalisation === 'mean' ? 'sum' : normalisation)
  })

  test('the factor of the sum keeps the curvature about the same', () => {
    const curvatureOf = (config: JsonObject) =>
      engine.scoped(
        () => prepare(parseConfig(config), engine, new Map()).objective.loss.known.smoothness?.value,
      )
    const config = withValue(sample, 'loss.normalisation', 'half')
    for (const kind of ['squared', 'whitened', 'sensing']) {
      const other = changed('loss', kind, config).config
      expect(curvatureOf(other), kind).toBeGreaterThan(0.3)
      // (1 + √(m/d²))² ≤ 4 for m ≤ d² random measurements of d² entries (Marchenko, Pastur 1967).
      expect(curvatureOf(other), kind).toBeLessThan(4)
    }
    const kept = withValue(changed('loss', 'squared', config).config, 'loss.normalisation', 'half')
    expect(curvatureOf(kept)).toBeGreaterThan(10)
  })

  test('a factor that is not said is one, too', () => {
    const without = (loss: JsonObject) =>
      Object.fromEntries(Object.entries(loss).filter(([name]) => name !== 'normalisation'))
    const { loss } = changed('loss', 'whitened').config
    const whitened = { ...sample, loss: without(loss as JsonObject) }
    expect(valueAt(changed('loss', 'completion', whitened).config, 'loss.normalisation')).toBe('half')
    // ½‖W − Φ‖² and 1/(2m)‖WX − Y‖² are the defaults that answer one another.
    expect(valueAt(changed('loss', 'squared', whitened).config, 'loss.normalisation')).toBeUndefined()
    const squared = { ...sample, loss: without(changed('loss', 'squared').config.loss as JsonObject) }
    expect(valueAt(changed('loss', 'completion', squared).config, 'loss.normalisation')).toBe('half')
  })

  const known = { stepSize: 0.05, samples: 600, columns: 30 }
  const sgd = (more: Known, config: JsonObject = sample) => changed('dynamics', 'sgd', config, more)

  test('batches of entries take steps m/B times smaller, rounded down; where nothing is known of m, as they come', () => {
    expect(sgd(known).config).toMatchObject({
      dynamics: { stepSize: 0.0006, batchSize: 8 },
      until: { steps: 66667 },
    })
    expect(sgd({ ...known, stepSize: 0.075 }).config).toMatchObject({ dynamics: { stepSize: 0.001 } })
    expect(sgd({ ...known, stepSize: 0.0749 }).config).toMatchObject({ dynamics: { stepSize: 0.0009 } })
    expect(sgd({ ...known, samples: 4 }).config).toMatchObject({ dynamics: { stepSize: 0.05 } })
    expect(sgd({ stepSize: 0.05 }).config).toMatchObject({ dynamics: { stepSize: 0.05 } })
    const { dynamics } = changed('dynamics', 'heavyBall', sample, known).config
    expect(dynamics).toMatchObject({ stepSize: 0.05 })
  })

  test('batches of inputs are curved as random matrices are, and no more than m/B times', () => {
    const { config } = changed('loss', 'squared')
    // 0.05/(1 + √(30/8))² = 0.0058
    expect(sgd(known, config).config).toMatchObject({ dynamics: { stepSize: 0.005 } })
    expect(sgd({ ...known, samples: 16 }, config).config).toMatchObject({ dynamics: { stepSize: 0.02 } })
  })

  test('no batch is more curved than that: measured', () => {
    const [m, d, B] = [60, 12, 6]
    engine.scoped(() => {
      const X = engine.matrix(m, d)
      engine.random(7).normalInto(X)
      const largest = (rows: Matrix) => engine.singularValues(rows)[0]! ** 2 / rows.rows
      const batch = (i: number) => engine.matrix(B, d, X.data.slice(i * B * d, (i + 1) * B * d))
      const ratios = Array.from({ length: m / B }, (_, i) => largest(batch(i)) / largest(X))
      expect(Math.max(...ratios)).toBeGreaterThan(1.5)
      const { stepSize } = knownForBatches({
        spec: { batchSize: B },
        loss: losses.get('squared'),
        known: { stepSize: 1, samples: m, columns: d },
      })
      // A step of 1 for all samples; rounded down to one digit.
      expect(1 / Number(stepSize)).toBeGreaterThan(Math.max(...ratios))
      expect(1 / Number(stepSize)).toBeLessThan(3 * Math.max(...ratios))
    })
  })

  test('steps that were meant for all samples at once stay, with a warning', () => {
    const { config } = changed('dynamics', 'gradientDescent', sample, known)
    const warned = sgd(known, config)
    expect(warned.config).toEqual({ ...config, dynamics: { kind: 'sgd', stepSize: 0.05, batchSize: 8 } })
    expect(warned.note).toBe(
      'A batch may be 75 times as curved as all samples together: where it diverges, take smaller steps.',
    )
    expect(sgd({ ...known, samples: 15 }, config).note).toBeUndefined()
    expect(sgd(known).note).toContain('became')
  })

  test('a value that the other kind does not allow gives way to its default', () => {
    const config = { ...sample, loss: { ...(sample.loss as JsonObject), normalisation: 'half' } }
    expect((changed('loss', 'lp', config).config.loss as JsonObject).normalisation).toBeUndefined()
  })

  test('what a run tells goes before examples', () => {
    const known = { singularValues: [9, 4, 1], stepSize: 0.002 }
    expect(changed('loss.truth', 'spectrum', sample, known).config.loss).toMatchObject({
      truth: { kind: 'spectrum', rows: 30, columns: 30, singularValues: [9, 4, 1] },
      observed: 540,
    })
    expect(changed('dynamics', 'heavyBall', sample, known).config.dynamics).toEqual({
      kind: 'heavyBall',
      stepSize: 0.002,
    })
  })

  test('another clock: the horizon is converted through the step size, and back', () => {
    const { config, note } = changed('dynamics', 'gradientDescent')
    expect(config.until).toEqual({ steps: 4000 })
    expect(note).toBe('The flow time 40 became 4000 steps of size 0.01.')
    const back = changed('dynamics', 'gradientFlow', config)
    expect(back.config).toEqual({ ...sample, dynamics: { kind: 'gradientFlow' } })
    expect(back.note).toBe('4000 steps of size 0.01 became the flow time 40.')
  })

  test('the other limits stay; there are never more samples than steps, nor more steps than a page takes', () => {
    const short = { ...sample, until: { time: 1, loss: 1e-9 } }
    const { config } = changed('dynamics', 'gradientDescent', short)
    expect([config.until, config.record]).toEqual([{ steps: 100, loss: 1e-9 }, { samples: 100 }])
    const long = { ...sample, until: { time: 1e9 } }
    expect(changed('dynamics', 'gradientDescent', long)).toMatchObject({
      config: { until: { steps: 1e6 } },
      note: 'The flow time 1000000000 would take 100000000000 steps of size 0.01; 1000000 are taken.',
    })
  })

  test('a time shorter than a step is one step', () => {
    const { config } = changed('dynamics', 'gradientDescent', { ...sample, until: { time: 1e-3 } })
    expect(config.until).toEqual({ steps: 1 })
  })

  test('a matrix of another shape: what chose among the entries of the old one goes, the seed stays', () => {
    const seeded = withValue(sample, 'loss.seed', 7)
    const { config, note } = changed('loss.truth', 'values', seeded)
    expect(config.loss).toMatchObject({ truth: { kind: 'values' }, seed: 7 })
    expect(valueAt(config, 'loss.observed')).not.toBe(540)
    expect(note).toContain('an example takes the place')
  })

  test('numbers that are known are no example, and nothing is said', () => {
    const data = [
      [1, 2],
      [3, 4],
    ]
    const { config, note } = changed('loss.truth', 'values', sample, { data })
    expect([valueAt(config, 'loss.truth.data'), note]).toEqual([data, undefined])
  })

  test('on a plateau, where any step is stable, two hundred of them lead to the flow time', () => {
    const { config } = changed('dynamics', 'gradientDescent', sample, { stepSize: 30 })
    expect(config).toMatchObject({ dynamics: { stepSize: 0.2 }, until: { steps: 200 } })
  })

  test('between descents nothing but the kind', () => {
    const { config } = changed('dynamics', 'gradientDescent')
    expect(changed('dynamics', 'sgd', config)).toEqual({
      config: { ...config, dynamics: { kind: 'sgd', stepSize: 0.01, batchSize: 8 } },
    })
  })

  test.each([
    ['loss', 'nothing'],
    ['loss', 'completion'],
    ['seed', 'lowRank'],
    ['loss.target', 'lowRank'],
    ['probes[9].x', 'loss'],
  ])('nothing where there is nothing to change: %s to %s', (field, kind) => {
    expect(changed(field, kind)).toEqual({ config: sample })
  })
})
