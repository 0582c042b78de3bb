import {
  type Certificate,
  canonicalJson,
  type Run,
  simulate,
  theory,
  trajectoryCsv,
  weightsToSafetensors,
} from 'linnet'
import { beforeAll, describe, expect, test } from 'vitest'
import { openingExperiment } from '../src/experiment/opening.ts'
import { LiveRun } from '../src/running/live-run.ts'
import { Runner } from '../src/running/runner.ts'
import { readSavedRun, type SavedFiles } from '../src/running/saved-files.ts'
import { type Load, offersAt } from '../src/running/saved-runs.ts'
import { drawOffers, offerSaved } from '../src/store/saved.ts'
import { makeStore, type Store } from '../src/store/store.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const json = (value: unknown) =>
  bytes(
    JSON.stringify(value, (_, one) => (typeof one === 'number' && !Number.isFinite(one) ? `${one}` : one)),
  )

let run: Run
let certificates: readonly Certificate[]
let files: SavedFiles

beforeAll(async () => {
  run = await simulate({ ...(openingExperiment.config as never as Run['config']), until: { time: 0.5 } })
  const [first, ...others] = theory.certify(run)
  // JSON has no word for these.
  certificates = [
    { ...first!, residual: Number.NaN, worstAt: Infinity, numbers: { x: -Infinity } },
    ...others,
  ]
  const { trajectory, stopped, accounts, config, weights } = run
  files = {
    'config.json': bytes(canonicalJson(config)),
    'trajectory.csv': bytes(trajectoryCsv(trajectory)),
    'certificates.json': json(certificates),
    'outcome.json': json({ engine: 'fma', stopped, accounts, columns: trajectory.columns }),
    'weights.safetensors': weightsToSafetensors(weights),
  }
})

describe('a run from its files', () => {
  test('is the run that was saved: config, numbers, certificates, weights', () => {
    const read = readSavedRun('saved-0', 'runs/a', files)
    const { trajectory } = run
    expect(read).toMatchObject({ id: 'saved-0', engine: 'fma', config: run.config, stopped: run.stopped })
    expect(read.accounts).toEqual(run.accounts)
    expect(read.certificates).toEqual(certificates)
    expect(read.weights).toEqual(run.weights)
    expect(read.trajectory.columns).toEqual(trajectory.columns)
    expect(read.trajectory.positions).toEqual(trajectory.positions)
    for (const { name } of trajectory.columns)
      expect(read.trajectory.column(name)).toEqual(trajectory.column(name))
  })

  test('stands on the stage as a run that has ended', () => {
    const live = LiveRun.saved(readSavedRun('saved-0', 'runs/a', files))
    expect(live.status.value).toEqual({ kind: 'ended', stopped: run.stopped })
    expect(live.isFinished).toBe(true)
    expect([...live.certificates.value.values()].every(({ final }) => final)).toBe(true)
    expect(live.beginning.value).toMatchObject({ clock: 'time', horizon: 0.5, shape: [30, 30] })
  })

  test('without the description of its columns it has their names', () => {
    const { stopped, accounts } = run
    const bare = readSavedRun('saved-0', 'runs/a', { ...files, 'outcome.json': json({ stopped, accounts }) })
    expect(bare.engine).toBe('strict')
    expect(bare.trajectory.columns[0]).toEqual({ name: 'loss', symbol: '\\text{loss}', help: '' })
  })

  test('keeps the name of the engine that made it, one that the page has not too', () => {
    const { stopped, accounts } = run
    const outcome = json({ engine: 'blas', stopped, accounts })
    const read = readSavedRun('saved-0', 'runs/a', { ...files, 'outcome.json': outcome })
    expect(LiveRun.saved(read).engine).toBe('blas')
  })

  test.each<[keyof SavedFiles, string, string, RegExp]>([
    ['config.json', 'cut', '{"seed": 1,', /^runs\/a\/config\.json/],
    ['trajectory.csv', 'cut', 'time,loss\n0,1', /^runs\/a\/trajectory\.csv breaks off/],
    ['certificates.json', 'cut', '[{', /^runs\/a\/certificates\.json is not whole JSON/],
    ['certificates.json', 'another thing', '{}', /^runs\/a\/certificates\.json, as a whole/],
    ['certificates.json', 'half a certificate', '[{"statement":"x"}]', /certificates\.json, 0\.title/],
    ['outcome.json', 'a list', '[]', /^runs\/a\/outcome\.json, as a whole/],
    ['outcome.json', 'another reason', '{"stopped":{"reason":"bored"}}', /outcome\.json, stopped\.reason/],
    ['weights.safetensors', 'text', 'weights', /^runs\/a\/weights\.safetensors: /],
  ])('%s, %s: a sentence names the file', (file, _, text, sentence) => {
    const damaged = { ...files, [file]: bytes(text) }
    expect(() => readSavedRun('saved-0', 'runs/a', damaged)).toThrow(sentence)
  })
})

const loading =
  (list: unknown, missing?: string): Load =>
  async (address) => {
    if (address === 'runs.json') return json(list)
    const [, index, file] = /^runs\/(\d+)\/(.+)$/.exec(address)!
    if (`${index}/${file}` === missing) return bytes('')
    return files[file as keyof SavedFiles]
  }

describe('the runs of a list', () => {
  test('an empty list', async () => {
    expect(await offersAt('runs.json', loading([]))).toEqual({ offers: [], faults: [] })
  })

  test('labels tell runs of one title apart', async () => {
    const list = [
      { name: 'runs/a', title: 'Flow' },
      { name: 'runs/b', title: 'Flow' },
      { name: 'other/b', title: 'Flow' },
      { name: 'runs/c', title: 'Descent' },
    ]
    const { offers, faults } = await offersAt('runs.json', loading(list))
    expect(offers.map(({ label }) => label)).toEqual([
      'Flow (a)',
      'Flow (runs/b)',
      'Flow (other/b)',
      'Descent',
    ])
    expect(new Set(offers.map(({ id }) => id)).size).toBe(4)
    expect(faults).toEqual([])
  })

  test('no list at all', async () => {
    const { faults } = await offersAt('runs.json', async () => bytes('<!doctype html>'))
    expect(faults).toEqual([expect.stringMatching(/^runs\.json is no list of runs/)])
  })
})

describe('runs on the stage', () => {
  const list = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `${i}`, title: `${i}` }))
  const labels = ({ saved }: Store) => saved.value.map(({ planned }) => planned.label)
  const opened = () =>
    makeStore(new Runner(() => ({ ask: () => {}, end: () => {} }), { cores: 2 }), () => () => {})

  test('one that cannot be read leaves the others, and a sentence; it is said once', async () => {
    const store = opened()
    const { offers, faults } = await offersAt('runs.json', loading(list(3), '1/outcome.json'))
    await offerSaved(store, { offers, faults })
    expect(labels(store)).toEqual(['0', '2'])
    await drawOffers(store, offers)
    expect(labels(store)).toEqual(['0', '2'])
    expect(store.savedFaults.value).toEqual([expect.stringMatching(/^1\/outcome\.json is not whole JSON/)])
  })

  test('of many the first are drawn, and only their files are asked for', async () => {
    const store = opened()
    const asked = new Set<string>()
    const load = loading(list(200))
    const found = await offersAt('runs.json', (address) => {
      asked.add(address.split('/')[1] ?? '')
      return load(address)
    })
    await offerSaved(store, found)
    expect(labels(store)).toEqual(['0', '1', '2', '3', '4', '5'])
    expect(asked.size).toBe(1 + 6)
    await drawOffers(store, [found.offers[150]!])
    expect(labels(store).at(-1)).toBe('150')
    expect(store.offers.value).toHaveLength(200)
  })
})
