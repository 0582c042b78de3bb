import { figure3, studies } from '@linnet/studies'
import { theory } from 'linnet'
import { describe, expect, test } from 'vitest'
import type { Experiment } from '../src/experiment/experiment.ts'
import type { JsonObject } from '../src/experiment/json.ts'
import { lanesOfConfigs } from '../src/experiment/lanes-of-configs.ts'
import { planOf } from '../src/experiment/plan.ts'
import { readState } from '../src/experiment/state-schema.ts'
import { findPreset, findStop, gallery } from '../src/gallery/find-preset.ts'
import { shortened, studyPreset } from '../src/gallery/study-presets.ts'
import { tour } from '../src/gallery/tour.ts'
import { runLanes } from './tour-runs.ts'

const presets = gallery.flatMap((group) => group.presets)

/** The same experiment over the first hundredth of its horizon. */
function brief(experiment: Experiment): Experiment {
  const shorter = (until: JsonObject): JsonObject => ({
    ...(until.time !== undefined && { time: Math.min(1, Number(until.time) / 100) }),
    ...(until.steps !== undefined && { steps: Math.min(20, Number(until.steps)) }),
  })
  const { config, lanes } = experiment
  return {
    ...experiment,
    config: { ...config, until: shorter(config.until as JsonObject), record: { samples: 4, snapshots: 2 } },
    lanes: lanes.map(({ label, changes }) => ({
      label,
      changes: changes.until ? { ...changes, until: shorter(changes.until as JsonObject) } : changes,
    })),
  }
}

describe('every preset', () => {
  test('has an id, a title, a claim and a source of its own', () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length)
    for (const { id, title, claim, citation } of presets) {
      expect(id).toMatch(/^(study|published|experiment|example|control):[\w-]+$/)
      for (const text of [title, claim, citation]) expect(text.length).toBeGreaterThan(5)
    }
  })

  test.each(presets.map((preset) => [preset.id, preset] as const))('%s runs', async (id, preset) => {
    const state = preset.state()
    expect(state.preset).toBe(id)
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state)
    expect(planOf(state.experiment).problems).toEqual([])
    for (const { run } of await runLanes(brief(state.experiment)))
      expect(['horizon', 'loss']).toContain(run.stopped.reason)
  })

  test('is found by what a link says; what is not there is not', () => {
    for (const preset of presets) expect(findPreset(preset.id)).toBe(preset)
    for (const stop of tour) expect(findStop(`tour:${stop.name}`)).toBe(stop)
    for (const id of [undefined, 'study:nothing', 'tour:', 'constructor'])
      expect([findPreset(id), findStop(id)]).toEqual([undefined, undefined])
  })
})

describe('presets of studies', () => {
  test('one for every study of the registry; another one would appear', () => {
    const ids = presets.filter(({ study }) => study).map(({ id }) => id)
    expect(ids).toEqual(studies.entries.map(({ kind }) => `study:${kind}`))
    const other = studyPreset({ ...figure3, kind: 'figure-9', title: 'Another' })
    expect(other).toMatchObject({ id: 'study:figure-9', title: 'Another' })
    expect(planOf(other.state().experiment).problems).toEqual([])
  })

  test.each(studies.entries.map((study) => [study.kind, study] as const))(
    '%s: its lanes are its runs',
    (_, study) => {
      const { experiment } = studyPreset(study).state()
      const untitled = ({ title: _, ...config }: { title?: string }) => config
      const configs = planOf(experiment).runs.map(({ config }) => untitled(config))
      const planned = study.plan({ quick: true })
      const expected = planned.flatMap(
        ({ config }) =>
          planOf({
            config: config as unknown as JsonObject,
            lanes: [{ label: '', changes: {} }],
            seeds: 1,
            engine: 'strict',
          }).runs,
      )
      expect(configs).toEqual(expected.map(({ config }) => untitled(config)))
    },
  )
})

describe('lanes of configs', () => {
  const first = { title: 'a', network: { kind: 'linear', depth: 1 }, until: { time: 2 } }

  test('say what changes, field by field, or as a whole where keys come and go', () => {
    const second = { title: 'b', network: { kind: 'linear', depth: 2 }, until: { steps: 5 } }
    expect(
      lanesOfConfigs([
        { label: 'one', config: first },
        { label: 'two', config: second },
      ]),
    ).toEqual([
      { label: 'one', changes: {} },
      { label: 'two', changes: { 'network.depth': 2, until: { steps: 5 } } },
    ])
  })

  test('labels keep what tells them apart', () => {
    const labels = ['depth 1, flow, seed 1', 'depth 2, flow, seed 1']
    expect(labels.map((label) => shortened(label, labels))).toEqual(['depth 1', 'depth 2'])
    expect(shortened('alone', ['alone'])).toBe('alone')
  })
})

describe('what the experiments of the sources claim', () => {
  const lanesOf = (id: string) => runLanes(findPreset(id)!.state().experiment)

  test('sensing: depth 2 and 3 recover the matrix, depth 1 only fits', async () => {
    const [shallow, ...deep] = await lanesOf('experiment:sensing')
    expect(shallow!.last('loss')).toBeLessThan(1e-6)
    expect(shallow!.last('reconstructionError')).toBeGreaterThan(0.3)
    for (const lane of deep) expect(lane.last('reconstructionError')).toBeLessThan(0.01)
  })

  test('norms to infinity: the norm grows, the determinant keeps its sign, the effective rank falls to 1', async () => {
    const [lane] = await lanesOf('experiment:norms-to-infinity')
    expect(new Set(lane!.column('determinantSign'))).toEqual(new Set([1]))
    // |w₁₁| ≥ (1 − δ)²/δ, δ = √(6ℓ): Razin and Cohen 2020.
    const delta = Math.sqrt(6 * lane!.last('loss'))
    expect(lane!.last('frobeniusNorm')).toBeGreaterThan((1 - delta) ** 2 / delta)
    expect(lane!.last('frobeniusNorm')).toBeGreaterThan(20)
    expect(lane!.last('effectiveRank')).toBeLessThan(1.01)
  })

  test('exercise 4: started with a negative determinant the norm grows, with a positive one it stays small', async () => {
    const [negative, positive] = await lanesOf('experiment:negative-determinant')
    expect(new Set(negative!.column('determinantSign'))).toEqual(new Set([-1]))
    expect(new Set(positive!.column('determinantSign'))).toEqual(new Set([1]))
    expect(negative!.last('frobeniusNorm')).toBeGreaterThan(20)
    expect(positive!.last('frobeniusNorm')).toBeLessThan(2)
    expect(positive!.last('loss')).toBeLessThan(1e-20)
  })

  test('momentum: faster at either depth, and the conservation law goes', async () => {
    const [one, two, oneFaster, twoFaster] = await lanesOf('experiment:lp-momentum')
    expect(oneFaster!.last('loss')).toBeLessThan(0.3 * one!.last('loss'))
    expect(twoFaster!.last('loss')).toBeLessThan(0.3 * two!.last('loss'))
    expect(twoFaster!.last('unbalancedness')).toBeGreaterThan(50 * two!.last('unbalancedness'))
    expect(twoFaster!.certificate('discreteConservation').verdict).toBe('does not apply')
  })

  test('logistic: loss and rank fall, norms grow, the faster the deeper', async () => {
    const lanes = await lanesOf('experiment:logistic')
    const [losses, norms, ranks] = ['loss', 'frobeniusNorm', 'stableRank'].map((name) =>
      lanes.map((lane) => lane.last(name)),
    )
    expect(losses).toEqual([...losses!].sort((a, b) => b - a))
    expect(norms).toEqual([...norms!].sort((a, b) => a - b))
    expect(ranks).toEqual([...ranks!].sort((a, b) => b - a))
  })

  test('examples: flow finds its three modes; employment is learned one mode after another', async () => {
    const [flow] = await lanesOf('example:flow')
    expect(flow!.last('reconstructionError')).toBeLessThan(1e-3)
    expect(flow!.last('singularValue4')).toBeLessThan(0.02 * flow!.last('singularValue3'))
    const [employment] = await lanesOf('example:us-employment')
    const half = [1, 2, 3].map((r) =>
      employment!.reached(`singularValue${r}`, employment!.last(`singularValue${r}`) / 2),
    )
    expect(half[1]! / half[0]!).toBeGreaterThan(1.2)
    expect(half[2]! / half[1]!).toBeGreaterThan(1.2)
  })

  test('where theorems stop: the statement does not apply there', async () => {
    for (const { kind } of theory.statements.entries) {
      const [lane] = await lanesOf(`control:${kind}`)
      expect(lane!.certificate(kind).verdict).toBe('does not apply')
    }
  })
})
