import type { Accounts } from 'linnet'
import { afterEach, describe, expect, test } from 'vitest'
import type { LabState } from '../src/experiment/experiment.ts'
import { openingState } from '../src/experiment/opening.ts'
import { mostLanes, mostPins, mostSeeds, readState } from '../src/experiment/state-schema.ts'
import type { Told } from '../src/running/protocol.ts'
import { Runner } from '../src/running/runner.ts'
import { knownOfRun } from '../src/store/known-of-run.ts'
import { makeStore } from '../src/store/store.ts'
import { scriptedThreads } from './running-experiments.ts'
import { sampleExperiment } from './sample.ts'

const sample: LabState = { ...openingState, experiment: sampleExperiment }
const runners: Runner[] = []
afterEach(() => {
  for (const runner of runners.splice(0)) runner.end()
})

/** A store whose runs tell nothing unless `hear` says it. */
function makeLab(initial: LabState = sample, runnable?: LabState) {
  const runner = new Runner(scriptedThreads().start, { cores: 2, pace: 0 })
  runners.push(runner)
  const store = makeStore(runner, () => () => {}, initial, runnable)
  const liveOf = (place: number) => store.staged.value[place]!.live
  return { store, liveOf, hear: (place: number, told: Told) => liveOf(place).hear(told) }
}

const depths = ({ store }: ReturnType<typeof makeLab>) =>
  store.staged.value.map(({ planned }) => (planned.config.network as { depth?: number }).depth)

describe('what is staged', () => {
  test('the runs of all lanes, pinned ones after them', () => {
    const lab = makeLab()
    lab.store.pin(1)
    expect(depths(lab)).toEqual([1, 2, 3, 2])
    expect(lab.store.staged.value.map(({ pinned }) => pinned)).toEqual([false, false, false, true])
    expect(lab.store.state.value.pins[0]!.label).toBe('pinned depth 2')
    lab.store.renamePin(0, 'mine')
    expect(lab.store.staged.value[3]!.planned.label).toBe('mine')
    lab.store.unpin(0)
    expect(depths(lab)).toEqual([1, 2, 3])
  })

  test('stays with a bad value, which is kept, and said', () => {
    const lab = makeLab()
    const before = lab.store.staged.value
    lab.store.setField('init.scale', -1)
    expect(lab.store.staged.value).toEqual(before)
    expect(lab.store.problems.value.map(({ field }) => field)).toEqual(['init.scale'])
    expect(lab.store.state.value.experiment.config.init).toMatchObject({ scale: -1 })
    lab.store.setField('init.scale', 0.1)
    expect(lab.store.problems.value).toEqual([])
    expect(lab.store.staged.value).not.toEqual(before)
  })

  test('is what could be run last where a page begins with what cannot', () => {
    const bad = { ...sample, experiment: { ...sampleExperiment, config: { seed: -1 } } }
    const lab = makeLab(bad, sample)
    expect(depths(lab)).toEqual([1, 2, 3])
    expect(lab.store.problems.value.length).toBeGreaterThan(0)
    expect(makeLab(bad).store.staged.value.length).toBe(openingState.experiment.lanes.length)
  })
})

describe('a state is never more than a link holds', () => {
  test('of pins the last, of lanes the first, and as many seeds as are allowed', () => {
    const { store } = makeLab()
    const lanes = Array.from({ length: mostLanes + 3 }, (_, i) => ({
      label: `seed ${i}`,
      changes: { seed: i },
    }))
    store.setExperiment({ lanes, seeds: 1 })
    expect(store.state.value.experiment.lanes.map(({ label }) => label)).toEqual(
      lanes.slice(0, mostLanes).map(({ label }) => label),
    )
    for (let i = 0; i < mostPins + 2; i++) store.pin(i % 3)
    expect(store.state.value.pins.map(({ label }) => label)).toEqual(
      Array.from({ length: mostPins }, (_, i) => `pinned seed ${(i + 2) % 3}`),
    )
    store.setExperiment({ seeds: 1e9 })
    expect(store.state.value.experiment.seeds).toBe(mostSeeds)
    expect(readState(JSON.parse(JSON.stringify(store.state.value)))).toEqual(store.state.value)
  })

  test('the lane that is looked at is one that there is', () => {
    const { store } = makeLab()
    store.setView({ lane: 2 })
    store.setExperiment({ lanes: sampleExperiment.lanes.slice(0, 2) })
    expect(store.state.value.view.lane).toBe(1)
  })

  test('what is closed is absent', () => {
    const { store } = makeLab()
    store.setView({ enlarged: 'loss' })
    store.setView({ enlarged: undefined })
    expect(Object.keys(store.state.value.view)).not.toContain('enlarged')
    store.setDraft('init.scale', 'x')
    store.setDraft('seed', 'y')
    store.setDraft('init.scale', undefined)
    expect(store.state.value.drafts).toEqual({ seed: 'y' })
  })
})

test('undoing brings the experiment back, and forgets texts that were no values', () => {
  const { store } = makeLab()
  store.setField('seed', 5)
  store.setDraft('seed', 'five')
  expect([store.undo(), store.state.value.experiment, store.state.value.drafts]).toEqual([
    true,
    sampleExperiment,
    {},
  ])
  expect([store.redo(), store.state.value.experiment.config.seed]).toEqual([true, 5])
  expect(store.redo()).toBe(false)
})

test('what failed is said once, of the first lane that has it, and never of pinned runs', () => {
  const { store, hear } = makeLab()
  store.pin(0)
  const sentence = 'completion: observed is 540; give less'
  for (const place of [1, 2]) hear(place, { type: 'failed', sentence })
  expect(store.failures.value).toEqual([{ sentence, lane: 1, label: 'depth 2', place: 'loss.observed' }])
  const { store: other } = makeLab({
    ...sample,
    pins: [{ label: 'p', config: { ...sampleExperiment.config, seed: 9 }, engine: 'strict' }],
  })
  other.staged.value.at(-1)!.live.hear({ type: 'failed', sentence })
  expect(other.failures.value).toEqual([])
})

describe('what is opened is shown whole', () => {
  test('wherever the playhead stood; an edit and the end of a preset leave it there', () => {
    const { store } = makeLab()
    const { playback } = store
    playback.seek(0.2)
    store.setField('init.scale', 0.5)
    const { preset: _, ...rest } = store.state.value
    store.open(rest)
    expect(playback.playhead.value).toBe(0.2)
    playback.play()
    store.open(openingState)
    expect([playback.playhead.value, playback.playing.value]).toEqual([1, false])
  })
})

describe('what a run tells of the parts of its config', () => {
  const truth = { rows: 2, columns: 2, data: Float64Array.of(1, 2, 3, 4) }
  const beginning = { clock: 'time', horizon: 1, columns: [], shape: [2, 2], truth } as const

  test('the truth, as numbers and by those singular values that are not round-off', () => {
    const { liveOf, hear } = makeLab()
    hear(0, { type: 'begun', beginning: { ...beginning, truthSingularValues: [5.46499, 0.365966, 1e-14] } })
    expect(knownOfRun(liveOf(0), 'loss.truth')).toEqual({
      rows: 2,
      columns: 2,
      data: [
        [1, 2],
        [3, 4],
      ],
      singularValues: [5.465, 0.366],
    })
    expect(knownOfRun(liveOf(0), 'network')).toEqual({})
    expect(knownOfRun(undefined, 'loss.truth')).toEqual({})
  })

  test('a truth that no link holds by its shape alone', () => {
    const { liveOf, hear } = makeLab()
    const large = { rows: 100, columns: 41, data: new Float64Array(4100) }
    hear(0, { type: 'begun', beginning: { ...beginning, truth: large } })
    expect(knownOfRun(liveOf(0), 'loss.truth')).toEqual({ rows: 100, columns: 41 })
  })

  test('a step of half the largest stable one, for the largest curvature that it met', () => {
    const { liveOf, hear } = makeLab()
    expect(knownOfRun(liveOf(0), 'dynamics')).toEqual({})
    hear(0, { type: 'sharpness', at: 'start', value: 0.5 })
    expect(knownOfRun(liveOf(0), 'dynamics')).toEqual({ stepSize: 2 })
    hear(0, { type: 'sharpness', at: 'end', value: 40 })
    expect(knownOfRun(liveOf(0), 'dynamics')).toEqual({ stepSize: 0.03 })
    hear(0, {
      type: 'ended',
      stopped: { reason: 'horizon', message: '', position: 1 },
      accounts: { largestSpectralRadius: 200 } as Accounts,
      weights: [truth],
      seconds: 1,
    })
    expect(knownOfRun(liveOf(0), 'dynamics')).toEqual({ stepSize: 0.005 })
    expect(knownOfRun(liveOf(0), 'init')).toEqual({
      layers: [
        {
          kind: 'values',
          data: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
    })
  })
})
