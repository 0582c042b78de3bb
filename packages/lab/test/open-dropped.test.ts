import { signal } from '@preact/signals'
import { canonicalJson, type Run, simulate, theory, trajectoryCsv, weightsToSafetensors } from 'linnet'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LabState } from '../src/experiment/experiment.ts'
import type { OpenedFile } from '../src/experiment/open-file.ts'
import { openingExperiment, openingState } from '../src/experiment/opening.ts'
import { readFiles } from '../src/page/read-files.ts'
import { openDropped } from '../src/store/open-dropped.ts'
import type { StagedRun, Store } from '../src/store/store.ts'

const file = (name: string, text: string): OpenedFile => ({ name, bytes: new TextEncoder().encode(text) })

function makeStoreOf(initial: LabState) {
  const state = signal(initial)
  const store = {
    state,
    saved: signal<readonly StagedRun[]>([]),
    notice: signal<string | undefined>(undefined),
    open: (opened: LabState) => {
      state.value = opened
    },
  }
  return store as typeof store & Store
}

let folder: OpenedFile[]
let store: ReturnType<typeof makeStoreOf>
beforeAll(async () => {
  const config = { ...openingExperiment.config, until: { time: 0.2 }, record: { samples: 5 } }
  const run = await simulate(config as never as Run['config'])
  const { trajectory, stopped, accounts, weights } = run
  folder = [
    file('config.json', canonicalJson(run.config)),
    file('trajectory.csv', trajectoryCsv(trajectory)),
    file('certificates.json', canonicalJson(theory.certify(run))),
    file('outcome.json', canonicalJson({ engine: 'strict', stopped, accounts })),
    { name: 'weights.safetensors', bytes: weightsToSafetensors(weights) },
  ]
})
beforeEach(() => {
  store = makeStoreOf(openingState)
})

describe('the folder of a run', () => {
  test('stands beside what is there, and again when it is dropped again', () => {
    openDropped(store, [...folder, file('report.html', '<p>')])
    openDropped(store, folder)
    expect(store.state.value).toBe(openingState)
    expect(store.saved.value.map(({ planned, pinned }) => [planned.label, pinned])).toEqual([
      [openingExperiment.config.title, true],
      [openingExperiment.config.title, true],
    ])
    expect(new Set(store.saved.value.map(({ planned }) => planned.id)).size).toBe(2)
    expect(store.notice.value).toContain('a run from its folder')
  })

  test.each([
    ['without a file', () => folder.slice(0, 4), 'weights.safetensors is missing; drop the whole folder.'],
    ['two at once', () => [...folder, ...folder], 'drop one folder at a time.'],
    [
      'with a broken file',
      () => folder.map((one) => (one.name === 'trajectory.csv' ? file(one.name, 'time,loss\n1,x') : one)),
      'the folder/trajectory.csv',
    ],
  ])('%s is not staged, and a sentence says why', (_, files, sentence) => {
    openDropped(store, files())
    expect(store.saved.value).toEqual([])
    expect(store.notice.value).toContain(sentence)
    expect(store.notice.value).toMatch(/\.$/)
  })
})

test('a file that cannot be read changes nothing but the notice', () => {
  openDropped(store, [file('config.json', '{')])
  expect(store.state.value).toBe(openingState)
  expect(store.notice.value).toContain('config.json')
})

describe('files of the browser', () => {
  const claimed = (name: string, size: number, content = new ArrayBuffer(0)) =>
    ({ name, size, arrayBuffer: async () => content }) as File

  test('are read in their order', async () => {
    const files = [new File(['a'], 'one.csv'), new File(['bc'], 'two.csv')]
    expect((await readFiles(files)).map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['one.csv', 1],
      ['two.csv', 2],
    ])
  })

  test.each([
    ['one that is too large', [claimed('big.csv', 64_000_001)], 'big.csv has 64 MB'],
    [
      'many that are too large together',
      Array.from({ length: 5 }, () => claimed('a.csv', 6e7)),
      '256 MB together',
    ],
    [
      'one that is gone',
      [{ ...claimed('gone.csv', 1), arrayBuffer: () => Promise.reject(new DOMException('gone')) } as File],
      'gone.csv cannot be read',
    ],
  ])('%s: a sentence', async (_, files, sentence) => {
    await expect(readFiles(files)).rejects.toThrow(sentence)
  })
})
