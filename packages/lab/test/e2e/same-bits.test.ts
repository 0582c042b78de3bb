import { loadEngine, simulate, trajectoryHash } from 'linnet'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { decodeState, encodeState } from '../../src/experiment/link.ts'
import { openingState } from '../../src/experiment/opening.ts'
import { planOf } from '../../src/experiment/plan.ts'
import { openLab } from './lab.ts'
import { type Fingerprints, taken } from './settled.ts'

/** Noise in the data, a random beginning, random batches, two seeds: everything that could differ. */
const random = {
  title: 'Random throughout',
  seed: 11,
  loss: {
    kind: 'squared',
    truth: { kind: 'lowRank', rows: 9, columns: 7, rank: 2 },
    samples: 40,
    noise: 0.1,
  },
  network: { kind: 'linear', depth: 3 },
  init: { kind: 'gaussian', deviation: 0.3 },
  dynamics: { kind: 'sgd', stepSize: 0.01, batchSize: 8, momentum: 0.5 },
  probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 3 }],
  until: { steps: 400 },
  record: { samples: 40 },
}

const linkOfRandom = (seed: number) =>
  encodeState({
    ...openingState,
    experiment: {
      config: { ...random, seed },
      lanes: [2, 3].map((depth) => ({ label: `depth ${depth}`, changes: { 'network.depth': depth } })),
      seeds: 2,
      engine: 'strict',
    },
    view: { ...openingState.view, lane: 0 },
  })

/** What a link gives where there is no browser. */
async function inNode(link: string): Promise<Fingerprints> {
  const { experiment } = await decodeState(link)
  const { runs, problems } = planOf(experiment)
  expect(problems).toEqual([])
  const found: Record<string, string> = {}
  for (const { label, config, engine } of runs) {
    const { trajectory } = await simulate(config, { engine: await loadEngine(engine) })
    found[`${label}, seed ${config.seed}`] = trajectoryHash(trajectory)
  }
  return found
}

describe.skipIf(skipWithoutChromium)('a link gives the same bits', { timeout: 180_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** As `taken`, in a profile that has seen nothing yet. */
  async function inProfile(hash: string) {
    const opened = await openLab(browser, { hash })
    const all = await taken(opened.page)
    expect(opened.complaints).toEqual([])
    await opened.close()
    return all
  }

  const links: [string, () => Promise<string>, number][] = [
    ['the opening', async () => '', 3],
    ['random batches and a random beginning, two seeds', () => linkOfRandom(11), 4],
  ]
  test.each(links)('%s: in two profiles and in Node', async (_, open, runs) => {
    const first = await inProfile(await open())
    expect(Object.keys(first.found)).toHaveLength(runs)
    for (const hash of Object.values(first.found)) expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const second = await inProfile(first.link)
    expect(second.found).toEqual(first.found)
    expect(await inNode(first.link)).toEqual(first.found)
  })

  test('negative control: other seeds give other bits, and a run is known by its seed alone', async () => {
    const [here, further] = [await inNode(await linkOfRandom(11)), await inNode(await linkOfRandom(12))]
    expect(new Set([...Object.values(here), ...Object.values(further)]).size).toBe(6)
    expect(further['depth 3, seed 12']).toBe(here['depth 3, seed 12'])
    const { found } = await inProfile(await linkOfRandom(12))
    expect(found).toEqual(further)
  })
})
