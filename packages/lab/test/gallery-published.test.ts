import { type Config, loadEngine, parseConfig, simulate, theory } from 'linnet'
import { describe, expect, test } from 'vitest'
import { planOf } from '../src/experiment/plan.ts'
import { findPreset, gallery } from '../src/gallery/find-preset.ts'
import { presetNumbers } from '../src/gallery/preset-numbers.ts'
import { LiveRun } from '../src/running/live-run.ts'
import type { StagedRun } from '../src/store/store.ts'
import { runLanes } from './tour-runs.ts'

const engine = await loadEngine('strict')

/** The lanes of a preset, run, as they stand on the stage. */
async function stagedOf(id: string, only?: string, change: (config: Config) => Config = (one) => one) {
  const { runs } = planOf(findPreset(id)!.state().experiment)
  const staged: StagedRun[] = []
  for (const planned of runs.filter(({ label }) => only === undefined || label === only)) {
    const config = parseConfig(change(planned.config))
    const run = await simulate(config, { engine })
    const live = LiveRun.saved({
      ...run,
      config,
      id: planned.id,
      engine: 'strict',
      certificates: theory.certify(run),
    })
    staged.push({ planned, live, pinned: false })
  }
  return staged
}

test('every number belongs to a lane of its preset', () => {
  const published = gallery.flatMap(({ presets }) => presets.filter((preset) => preset.published))
  expect(published.length).toBeGreaterThan(0)
  for (const preset of published) {
    const lanes = preset.state().experiment.lanes.map(({ label }) => label)
    for (const { lane } of preset.published!.numbers) expect(lanes).toContain(lane)
  }
})

describe('a norm that passes seventy', async () => {
  const preset = findPreset('published:norms-to-infinity')!
  const staged = await stagedOf(preset.id)

  test('our numbers stand beside the published ones, and agree at depth 3', () => {
    const { rows, missing } = presetNumbers(preset, staged)
    expect(missing).toBe(0)
    const ratios = new Map(rows.map(({ id, reproduced }) => [id, reproduced[0]!.ratio!]))
    expect(Math.abs(ratios.get('entry-depth 3')! - 1)).toBeLessThan(0.02)
    expect(Math.abs(ratios.get('steps-depth 3')! - 1)).toBeLessThan(0.15)
    expect(ratios.get('entry-depth 2')!).toBeLessThan(1.3)
  })

  test('what it says of the determinant: it is kept at depth 3 and flips at depth 2', () => {
    const signs = staged.map(({ live }) => new Set(live.measured.value!.column('determinantSign')))
    expect(signs[0]).toEqual(new Set([1, -1]))
    expect(signs[1]).toEqual(new Set([1]))
    expect(staged[0]!.live.measured.value!.column('singularValue1').at(-1)).toBeCloseTo(8.6, 1)
  })

  test('a run that was changed gives no number', async () => {
    const changed = await stagedOf(preset.id, 'depth 2', (config) => ({ ...config, until: { steps: 500 } }))
    const { rows, missing } = presetNumbers(preset, changed)
    expect(missing).toBe(2)
    for (const { reproduced } of rows) expect(reproduced).toEqual([])
  })
})

test('ten layers: below the line the sharpness settles near 27, above it the run swings', async () => {
  const [slow, fast] = await runLanes(findPreset('published:edge-of-stability')!.state().experiment)
  const settled = slow!.column('sharpness').subarray(300)
  expect(Math.min(...settled)).toBeGreaterThan(26)
  expect(Math.max(...settled)).toBeLessThan(27)
  const swinging = fast!.column('sharpness')
  expect(Math.max(...swinging)).toBeGreaterThan(2 / 0.1)
  const highest = swinging.indexOf(Math.max(...swinging))
  expect(Math.min(...swinging.subarray(highest))).toBeLessThan(2 / 0.1 / 1.5)
  expect(fast!.last('loss')).toBeGreaterThan(1.02 * slow!.last('loss'))
})

test('deep matrix factorisation: five values one after another, effective rank near 5', async () => {
  const [lane] = await runLanes(findPreset('published:matrix-factorisation')!.state().experiment)
  expect(lane!.last('effectiveRank')).toBeGreaterThan(4.7)
  expect(lane!.last('effectiveRank')).toBeLessThan(5.3)
  expect(lane!.last('singularValue6')).toBeLessThan(0.02 * lane!.last('singularValue5'))
  const half = [1, 2, 3, 4, 5].map((r) =>
    lane!.reached(`singularValue${r}`, lane!.last(`singularValue${r}`) / 2),
  )
  expect(half).toEqual([...half].sort((a, b) => a - b))
})

test('completion from a fifth of the entries: the numbers are those of the figure', async () => {
  const preset = findPreset('published:figure-2')!
  const { rows } = presetNumbers(preset, await stagedOf(preset.id))
  const found = (id: string) => rows.find((row) => row.id === id)!.reproduced[0]!
  for (const lane of ['depth 2', 'depth 3']) {
    expect(Math.abs(found(`norm-${lane}`).ratio! - 1)).toBeLessThan(0.05)
    expect(Math.abs(found(`rank-${lane}`).ratio! - 1)).toBeLessThan(0.1)
    // Another random matrix: of the order of the published error.
    expect(found(`error-${lane}`).ratio!).toBeGreaterThan(0.4)
    expect(found(`error-${lane}`).ratio!).toBeLessThan(1.6)
  }
  const times = (what: string) =>
    found(`${what}-depth 2`).measured.median / found(`${what}-depth 3`).measured.median
  expect(Math.abs(times('error') / 3000 - 1)).toBeLessThan(0.2)
  expect(Math.abs(times('rank') - 2)).toBeLessThan(0.2)
  expect(Math.abs(times('norm') - 1)).toBeLessThan(0.01)
}, 300_000)
