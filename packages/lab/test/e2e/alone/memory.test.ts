import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../../test/chromium.ts'
import { openLab } from '../lab.ts'
import { median } from './attempts.ts'
import { type Footprint, watchFootprint } from './footprint.ts'
import { filmedConfig, linkOf } from './large.ts'
import { prepareRounds, round } from './round.ts'

/** With LINNET_LONG=1 as long as people really stay. */
const minutes = process.env.LINNET_LONG === '1' ? 10 : 0.6
/** Until then things are made that stay: compiled code, one of everything, and finished runs, which are kept up to 64 MB. */
const warmUp = 20
/** Between two measurements. */
const rounds = 4

/** How much more there may be at the end than at the beginning, however long it was: what differs from one run to another. */
const allowed: Footprint = {
  heap: 2e6,
  buffers: 4e6,
  nodes: 200,
  listeners: 10,
  workers: 0.5,
  workerBytes: 2e6,
}

/** Growth from the first measurement to the last, from the median slope over all pairs (Theil 1950, Sen 1968): no single one moves it. */
function growth(measured: readonly Footprint[], of: keyof Footprint): number {
  const slopes = measured.flatMap((later, j) =>
    measured.slice(0, j).map((earlier, i) => (later[of] - earlier[of]) / (j - i)),
  )
  return median(slopes) * (measured.length - 1)
}

/** What grows by more than is allowed. */
function growing(measured: readonly Footprint[]): string[] {
  const names = Object.keys(allowed) as (keyof Footprint)[]
  const found = names.map((name) => [name, Math.round(growth(measured, name))] as const)
  console.table(measured)
  console.log(`in ${rounds * (measured.length - 1)} rounds:`, Object.fromEntries(found))
  return found.filter(([name, by]) => by > allowed[name]).map(([name]) => name)
}

/** From now on the page keeps something of every run that it asks its workers for. */
function leak(): void {
  const { postMessage } = Worker.prototype
  const kept: unknown[] = []
  Object.assign(window, { kept })
  Worker.prototype.postMessage = function (this: Worker, ...words: [{ type: string }]) {
    if (words[0].type !== 'run') return postMessage.apply(this, words)
    const panel = document.querySelector('.lanes .panel')!.cloneNode(true)
    const forget = () => panel.removeEventListener('click', forget)
    for (const type of ['click', 'input', 'keydown', 'keyup']) panel.addEventListener(type, forget)
    const numbers = Array.from({ length: 3e4 }, (_, i) => ({ i }))
    const idle = URL.createObjectURL(new Blob(['onmessage = () => {}']))
    kept.push(panel, numbers, new Float64Array(1e5), new Worker(idle))
    postMessage.apply(this, words)
  }
}

describe.skipIf(skipWithoutChromium)('the memory of the page', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test('is flat while one restarts, edits, plays, scrubs, and opens everything; negative control: leaks are found', async () => {
    const viewport = { width: 1440, height: 900 }
    const opened = await openLab(browser, { hash: await linkOf(filmedConfig), viewport })
    const { page } = opened
    const measure = await watchFootprint(page)
    await prepareRounds(page)
    let turn = 0
    const play = async (times: number) => {
      for (let i = 0; i < times; i++) await round(page, turn++)
    }
    await play(warmUp)

    const measured = [await measure()]
    // It did compute, and keeps what it computed.
    expect(measured[0]!.workers).toBeGreaterThanOrEqual(1)
    expect(measured[0]!.buffers).toBeGreaterThan(50e6)
    const end = performance.now() + minutes * 60_000
    while (measured.length < 5 || performance.now() < end) {
      await play(rounds)
      measured.push(await measure())
    }
    expect(growing(measured)).toEqual([])
    expect(opened.complaints).toEqual([])

    await page.evaluate(leak)
    await play(rounds)
    expect(growing([measured.at(-1)!, await measure()])).toEqual(Object.keys(allowed))
    await opened.close()
  }, 900_000)
})
