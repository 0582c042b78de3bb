import { timesOf } from '@linnet/studies'
import { type Config, loadEngine, makeTrajectory, parseConfig, simulate, theory } from 'linnet'
import { expect, test } from 'vitest'
import { planOf } from '../src/experiment/plan.ts'
import { LiveRun } from '../src/running/live-run.ts'
import type { StagedRun } from '../src/store/store.ts'
import { clustered } from '../src/timeline/clusters.ts'
import { eventsOf, type Happening, type TimelineEvent } from '../src/timeline/events.ts'
import { changed, stopOf } from './tour-runs.ts'

const engine = await loadEngine('strict')

async function staged(config: Config, lane: number, label: string): Promise<StagedRun> {
  const run = await simulate(config, { engine })
  const planned = {
    id: `run${lane}`,
    lane,
    label,
    repetition: 0,
    config: run.config,
    engine: 'strict' as const,
  }
  const live = LiveRun.saved({ ...run, ...planned, certificates: theory.certify(run) })
  return { planned, live, pinned: false }
}

async function eventsIn(name: string, changes: object = {}): Promise<TimelineEvent[]> {
  const { runs } = planOf(changed(stopOf(name).state.experiment, changes))
  const all = await Promise.all(runs.map(({ config, lane, label }) => staged(config, lane, label)))
  const times = timesOf(
    all.map(({ live: { config, measured } }) => ({ config, trajectory: measured.value! })),
    'own',
  )
  return all.flatMap((run, i) => eventsOf(run, times[i]!))
}

test('modes: at depth 1 no saddle is left, at depth 3 one before each mode is learned', async () => {
  const events = await eventsIn('modes')
  const kinds = (lane: number) => events.filter((event) => event.lane === lane).map(({ kind }) => kind)
  expect(kinds(0)).toEqual(['mode', 'mode', 'mode'])
  expect(kinds(1)).toEqual(['saddle', 'mode', 'mode', 'mode'])
  expect(kinds(2)).toEqual(['saddle', 'mode', 'saddle', 'mode', 'saddle', 'mode'])
  expect(
    events
      .filter(({ lane }) => lane === 2)
      .map(({ label }) => label)
      .slice(0, 2),
  ).toEqual([
    'depth 3: saddle left at t = 2.21, after a plateau at loss 10.5',
    'depth 3: σ₁ learned at t = 2.37',
  ])
})

test('steps: what happened in descents stands where the axis of flow time has it', async () => {
  const events = await eventsIn('steps')
  const first = (lane: number) => events.find((event) => event.lane === lane && event.mode === 1)!
  // The steps of 0.05 follow the flow; both lanes learn the first mode at about the same flow time.
  expect(first(1).share).toBeCloseTo(first(0).share, 1)
  expect(first(1).share).toBeLessThan(0.1)
  expect(first(1).label).toBe('η = 0.05: σ₁ learned at step 26.9 (t = 1.35)')
})

test('steps, with the sharpness recorded: only the lane beyond the edge crosses 2/λ', async () => {
  const probes = [{ kind: 'loss' }, { kind: 'sharpness' }]
  const events = await eventsIn('steps', { probes })
  const crossings = events.filter(({ kind }) => kind === 'above' || kind === 'below')
  expect(new Set(crossings.map(({ lane }) => lane))).toEqual(new Set([2]))
  expect(crossings[0]!.label).toMatch(/^your η: sharpness λ rose above 2\/η at step \d/)
})

test('a run that has not ended, a pinned one, and a repetition mark nothing', () => {
  const config = parseConfig(planOf(stopOf('modes').state.experiment).runs[0]!.config)
  const planned = { id: 'a', lane: 0, label: 'a', repetition: 0, config, engine: 'strict' as const }
  const live = new LiveRun(planned)
  live.measured.value = makeTrajectory('time', Float64Array.of(0), [], [])
  const time = { clock: 'time', factor: 1, end: 14 } as const
  expect(eventsOf({ planned, live, pinned: false }, time)).toEqual([])
})

const event = (kind: Happening, share: number, mode?: number): TimelineEvent => ({
  kind,
  lane: 0,
  share,
  label: `${kind} ${share}`,
  ...(mode !== undefined && { mode }),
})
const linear = (share: number) => share

test('marks that would cover each other become one, in order of time', () => {
  const marks = clustered(
    [event('mode', 0.301, 2), event('mode', 0.3, 1), event('mode', 0.5, 3)],
    linear,
    0.014,
  )
  expect(marks.map(({ mark }) => mark)).toEqual(['1–2', '3'])
  expect(marks[0]!.labels).toEqual(['mode 0.3', 'mode 0.301'])
  expect(clustered([event('mode', 0.3, 6), event('mode', 0.3, 4)], linear, 0.014)[0]!.mark).toBe('4, 6')
  expect(clustered([event('mode', 0.3, 1), event('mode', 0.32, 2)], linear, 0.014)).toHaveLength(2)
  expect(clustered([event('mode', 0.3, 1), event('mode', 0.32, 2)], linear, 0.03)).toHaveLength(1)
})

test('a mark of several numbers takes more room, and what it then meets joins it', () => {
  const marksOf = (...at: readonly [number, number][]) =>
    clustered(
      at.map(([mode, share]) => event('mode', share, mode)),
      linear,
      0.01,
    ).map(({ mark }) => mark)
  expect(marksOf([1, 0.3], [2, 0.312])).toEqual(['1', '2'])
  expect(marksOf([1, 0.3], [2, 0.301], [4, 0.312])).toEqual(['1–2, 4'])
  expect(marksOf([1, 0.3], [2, 0.312], [3, 0.313], [4, 0.314])).toEqual(['1–4'])
})

test('of shapes the rarest is shown, and nothing is lost of what the others say', () => {
  const [mark, ...others] = clustered([event('saddle', 0.3), event('above', 0.305)], linear, 0.014)
  expect(others).toEqual([])
  expect(mark).toMatchObject({ kind: 'above', mark: '', labels: ['saddle 0.3', 'above 0.305'] })
})
