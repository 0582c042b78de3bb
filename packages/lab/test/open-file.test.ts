import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { follow, loadEngine, parseConfig, prepare, simulate, weightsToSafetensors } from 'linnet'
import { describe, expect, test } from 'vitest'
import type { LabState } from '../src/experiment/experiment.ts'
import type { JsonObject } from '../src/experiment/json.ts'
import { openFile, openFiles } from '../src/experiment/open-file.ts'
import { openingState } from '../src/experiment/opening.ts'
import { planOf } from '../src/experiment/plan.ts'
import { shortState } from '../src/experiment/state-schema.ts'
import { sampleConfig } from './sample.ts'

const examples = new URL('../../../examples/', import.meta.url)
const example = (name: string) => new Uint8Array(readFileSync(new URL(name, examples)))
const bytesOf = (text: string) => new TextEncoder().encode(text)
const jsonFile = (name: string, json: unknown) => ({ name, bytes: bytesOf(JSON.stringify(json)) })
const engine = await loadEngine('strict')

/** The state that files become; fails with the sentence where they become none. */
function stateOf(...files: Parameters<typeof openFiles>[0]): LabState {
  const opened = openFiles(files, openingState)
  if ('fault' in opened) throw new Error(opened.fault)
  return opened.state
}

function faultOf(...files: Parameters<typeof openFiles>[0]): string {
  const opened = openFiles(files, openingState)
  if ('state' in opened) throw new Error('it was opened')
  expect(opened.fault).toMatch(/^[^\n]*\.$/)
  return opened.fault
}

/** Moves the first sample of every run. */
async function begins(state: LabState) {
  const { runs, problems } = planOf(state.experiment)
  expect(problems).toEqual([])
  for (const { config } of runs) await follow(config, prepare(config, engine, new Map())).next()
}

describe('configs', () => {
  test('of the examples, as written', async () => {
    const state = stateOf({ name: 'flow.json', bytes: example('flow.json') })
    expect(state.experiment.config).toEqual(JSON.parse(new TextDecoder().decode(example('flow.json'))))
    expect(state.experiment.lanes).toEqual([{ label: 'run', changes: {} }])
    await begins(state)
  })

  test('what was there makes room, but for pins, engine and scales', () => {
    const before: LabState = {
      ...openingState,
      experiment: { ...openingState.experiment, engine: 'fma', seeds: 7 },
      pins: [{ label: 'p', config: sampleConfig, engine: 'strict' }],
      view: { x: 'log', y: 'log', clock: 'own', lane: 2, enlarged: 'loss', statement: 'theorem1' },
      drafts: { seed: '1x' },
      preset: 'study:x',
    }
    expect(openFile('a.json', bytesOf(JSON.stringify(sampleConfig)), before)).toEqual({
      state: {
        experiment: { config: sampleConfig, lanes: [{ label: 'run', changes: {} }], seeds: 1, engine: 'fma' },
        pins: before.pins,
        view: { x: 'log', y: 'log', clock: 'own', lane: 0 },
        drafts: {},
      },
    })
  })

  test('several: side by side', () => {
    const files = [1, 2, 3].map((depth) =>
      jsonFile(`depth-${depth}.json`, { ...sampleConfig, network: { kind: 'linear', depth } }),
    )
    const { runs } = planOf(stateOf(...files).experiment)
    expect(runs.map(({ label }) => label)).toEqual(['depth-1', 'depth-2', 'depth-3'])
    expect(runs.map(({ config }) => (config.network as unknown as JsonObject).depth)).toEqual([1, 2, 3])
    expect(faultOf(...Array.from({ length: 13 }, (_, i) => jsonFile(`${i}.json`, sampleConfig)))).toContain(
      'at most 12',
    )
  })

  test('with the files that they name, written out', async () => {
    const loss = { kind: 'whitened', target: { kind: 'file', path: 'data/phi.csv' } }
    const config = {
      ...sampleConfig,
      loss,
      init: { kind: 'file', path: 'w.safetensors' },
      network: { kind: 'linear', depth: 2 },
    }
    const layers = [
      { rows: 2, columns: 2, data: [1, 2, 3, 4] },
      { rows: 2, columns: 2, data: [5, 6, 7, 8] },
    ]
    const phi = { name: 'phi.csv', bytes: bytesOf('3,0\n0,1\n') }
    const weights = { name: 'w.safetensors', bytes: weightsToSafetensors(layers) }
    const state = stateOf(jsonFile('c.json', config), phi, weights)
    expect(state.experiment.config.loss).toEqual({
      kind: 'whitened',
      target: {
        kind: 'values',
        data: [
          [3, 0],
          [0, 1],
        ],
      },
    })
    await begins(state)
    expect(faultOf(jsonFile('c.json', config), phi)).toContain('drop w.safetensors together with the config')
  })

  test('files with more numbers than a link holds: a sentence', () => {
    const config = {
      ...openingState.experiment.config,
      loss: { kind: 'whitened', target: { kind: 'file', path: 't.csv' } },
    }
    const table = { name: 't.csv', bytes: bytesOf(`${'1,'.repeat(319)}1\n`.repeat(320)) }
    expect(faultOf(jsonFile('c.json', config), table)).toContain('102400 numbers, and the page takes 100000')
  })

  test('a state of the lab', () => {
    expect(stateOf(jsonFile('lab.json', shortState(openingState)))).toEqual(openingState)
    expect(faultOf(jsonFile('lab.json', { experiment: { config: {}, seeds: 0 } }))).toContain(
      'experiment.seeds',
    )
  })

  test.each([
    ['{"seed": }', 'c.json, line 1, column 10'],
    ['{"seed": -1}', 'seed: -1 was given'],
    ['[]', 'config: an empty list was given'],
  ])('%s: a sentence', (text, words) => {
    expect(faultOf({ name: 'c.json', bytes: bytesOf(text) })).toContain(words)
  })

  test('says which file it was, once', () => {
    for (const text of ['{"seed": ', '{"seed": -1}'])
      expect(faultOf({ name: 'c.json', bytes: bytesOf(text) }).match(/c\.json, /g), text).toHaveLength(1)
  })

  test('a picture is no table', () => {
    const bytes = bytesOf('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')
    expect(faultOf({ name: 'a.png', bytes })).toContain('a.png is no text; drop a config (.json), a table')
  })
})

describe('tables', () => {
  test('with holes: the known cells are the entries, in units of their spread', async () => {
    const opened = openFile('jobs.csv', example('us-employment-with-holes.csv'), openingState)
    if ('fault' in opened) throw new Error(opened.fault)
    const { loss } = opened.state.experiment.config as { loss: JsonObject }
    const { data } = loss.entries as { data: number[][] }
    expect(loss).toMatchObject({ kind: 'completion', normalisation: 'half' })
    expect(opened.note).toMatch(/^jobs\.csv: \d+ of \d+×\d+ cells are known; .*root mean square, [\d.]+\./)
    const squares = data.map(([, , value]) => value! ** 2).reduce((sum, value) => sum + value, 0)
    expect(squares / data.length).toBeCloseTo(1, 4)
    const columns = new Map<number, number[]>()
    for (const [, column, value] of data) columns.set(column!, [...(columns.get(column!) ?? []), value!])
    for (const column of columns.values())
      expect(column.reduce((sum, value) => sum + value, 0) / column.length).toBeCloseTo(0, 3)
    await begins(opened.state)
  })

  test('the horizon is long enough to learn, and short enough to look at', { timeout: 120_000 }, async () => {
    const cells = (i: number, j: number) => Math.sin(i) * Math.cos(2 * j) + 2 * Math.cos(i) * Math.sin(j)
    const text = Array.from({ length: 24 }, (_, i) =>
      Array.from({ length: 12 }, (_, j) => ((5 * i + 7 * j) % 4 === 0 ? '' : cells(i, j).toFixed(6))).join(
        ',',
      ),
    ).join('\n')
    const { config } = stateOf({ name: 'two.csv', bytes: bytesOf(text) }).experiment
    const run = await simulate(parseConfig(config), { engine })
    const column = (name: string) => run.trajectory.column(name)
    expect(column('loss').at(-1)! / column('loss')[0]!).toBeLessThan(1e-3)
    // Centring columns turns two modes into at most three.
    expect(column('singularValue4').at(-1)!).toBeLessThan(0.3 * column('singularValue2').at(-1)!)
    expect(run.accounts.gradientEvaluations).toBeLessThan(20_000)
  })

  test('without holes: half of the cells are observed', async () => {
    const text = Array.from({ length: 6 }, (_, i) => [1, 2, 3, 4].map((j) => (i + 1) * j).join(',')).join(
      '\n',
    )
    const opened = openFile('full.csv', bytesOf(text), openingState)
    if ('fault' in opened) throw new Error(opened.fault)
    expect(opened.note).toContain('No cell is missing: half of them are observed')
    expect(opened.state.experiment.config.loss).toMatchObject({ observed: 0.5, truth: { kind: 'values' } })
    await begins(opened.state)
  })

  test('columns that are constant', async () => {
    await begins(stateOf({ name: 'flat.csv', bytes: bytesOf('1,2\n1,2\n1,2\n') }))
  })

  test.each([
    ['empty.csv', '', 'is empty'],
    ['words.csv', 'a\nb\nc', 'words.csv holds no numbers'],
    ['huge.csv', `${'0,'.repeat(299)}0\n`.repeat(900), 'run `linnet complete` on it instead'],
    ['dense.csv', `${'0,'.repeat(249)}0\n`.repeat(250), '62500 known cells of 250×250'],
  ])('%s: a sentence', (name, text, words) => {
    expect(faultOf({ name, bytes: bytesOf(text) })).toContain(words)
  })
})

describe('weights', () => {
  const file = (rows: number) => {
    const layers = [
      { rows: 4, columns: 30, data: new Float64Array(120).fill(0.01) },
      { rows, columns: 4, data: new Float64Array(4 * rows).fill(0.01) },
    ]
    return { name: 'w.safetensors', bytes: weightsToSafetensors(layers) }
  }

  test('are where the present experiment starts', async () => {
    const state = stateOf(file(30))
    expect(state.experiment.config.network).toEqual({ kind: 'linear', depth: 2, widths: [4] })
    await begins(state)
  })

  test('too many, or no weights: a sentence', () => {
    expect(faultOf(file(6000))).toContain('the page takes 20000')
    expect(faultOf({ name: 'w.safetensors', bytes: bytesOf('nothing') })).toMatch(/\.$/)
  })
})

describe('whatever is dropped: a state or a sentence', () => {
  test('nothing, or too much at once', () => {
    expect(faultOf()).toContain('There is no file')
    const table = { name: 'a.csv', bytes: bytesOf('1,2\n3,4\n') }
    expect(faultOf(table, table)).toContain('without a config')
  })

  test('arbitrary bytes under any name', () => {
    const names = fc.constantFrom('a.json', 'b.csv', 'c.tsv', 'd.safetensors', 'e', 'f.png')
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,;\t\n "ab{}[]:-') }).map(bytesOf),
      fc.json().map(bytesOf),
    )
    fc.assert(
      fc.property(names, bytes, (name, content) => {
        const opened = openFile(name, content, openingState)
        expect('state' in opened || opened.fault.endsWith('.')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
