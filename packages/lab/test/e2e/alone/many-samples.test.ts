import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../../test/chromium.ts'
import { openingState } from '../../../src/experiment/opening.ts'
import { openLab } from '../lab.ts'
import { untilSettled } from '../settled.ts'
import { measured, median } from './attempts.ts'
import { linkOf } from './large.ts'
import { sinceFirstPaint, watchMainThread } from './main-thread.ts'

/** All thirty singular values of the opening, at so many samples: 5 MB of numbers. */
const configOf = (samples: number) => ({
  ...openingState.experiment.config,
  dynamics: { kind: 'gradientDescent', stepSize: 0.05 },
  probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 30 }, { kind: 'unbalancedness' }],
  until: { steps: 40_000 },
  record: { samples },
})

/** Longest task of the page's thread while one scrubs, in milliseconds: a tenth of a second still follows the hand. */
const longest = 100
/** Bytes of numbers that a page may hold for such a run, over what it holds without: twice what arrived, for memory doubles. */
const mostBytes = 60e6

describe.skipIf(skipWithoutChromium)('a run with 20 000 samples of thirty singular values', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** Lets the run end, drags the playhead over it, and says how the page kept up. */
  async function scrubbed(samples: number) {
    const opened = await openLab(browser, {
      hash: await linkOf(configOf(samples)),
      watch: watchMainThread,
      viewport: { width: 1440, height: 900 },
    })
    const { page } = opened
    await untilSettled(page)
    const slider = page.getByRole('slider', { name: 'Time', exact: true })
    await slider.press('End')
    await page.waitForTimeout(1000)
    const before = (await sinceFirstPaint(page)).long.length
    const frames = (await sinceFirstPaint(page)).intervals.length
    const { x, y, width, height } = (await slider.boundingBox())!
    await page.mouse.move(x + 0.95 * width, y + height / 2)
    await page.mouse.down()
    for (let move = 0; move < 80; move++) {
      await page.mouse.move(x + (0.95 - 0.01 * move) * width, y + height / 2)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
    await page.waitForTimeout(500)
    const { long, intervals } = await sinceFirstPaint(page)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize, backingStorageSize = 0 } = (await cdp.send('Runtime.getHeapUsage')) as {
      usedSize: number
      backingStorageSize?: number
    }
    expect(opened.complaints).toEqual([])
    await opened.close()
    return {
      longest: Math.max(0, ...long.slice(before)),
      frame: Math.round(median(intervals.slice(frames))),
      bytes: usedSize + backingStorageSize,
    }
  }

  test('is scrubbed smoothly, in little memory', async () => {
    const few = await scrubbed(20)
    const last = await measured(
      3,
      () => scrubbed(20_000),
      (value) => value.longest <= longest && value.frame <= 34,
    )
    expect(last.longest).toBeLessThanOrEqual(longest)
    expect(last.frame).toBeLessThanOrEqual(34)
    // Of what is measured here it is seen that something was held at all.
    expect(last.bytes - few.bytes).toBeGreaterThan(20_000 * 32 * 8)
    expect(last.bytes - few.bytes).toBeLessThan(mostBytes)
  }, 240_000)
})
