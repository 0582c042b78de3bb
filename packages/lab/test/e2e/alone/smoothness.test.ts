import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../../test/chromium.ts'
import { openLab } from '../lab.ts'
import { measured, median } from './attempts.ts'
import { largeConfig, linkOf } from './large.ts'
import { sinceFirstPaint, watchMainThread } from './main-thread.ts'

describe.skipIf(skipWithoutChromium)('while a network of depth 3 learns a 100×100 matrix', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const open = (hash: string) =>
    openLab(browser, { hash, watch: watchMainThread, viewport: { width: 1440, height: 900 } })

  /** Opens the link and lets it train and play; meanwhile every panel is scrolled through, and it plays again. */
  async function watched(hash: string) {
    const opened = await open(hash)
    const { page } = opened
    const standing = page.locator('.lanes .standing')
    await standing.getByText('%').waitFor()
    let isTraining = true
    const done = standing.getByText('done').waitFor({ timeout: 60_000 })
    void done.then(() => {
      isTraining = false
    })
    await page.mouse.move(700, 500)
    for (let i = 0; i < 16 || isTraining; i++) {
      await page.mouse.wheel(0, i % 8 < 4 ? 300 : -300)
      await page.waitForTimeout(200)
      if (i === 12) {
        await page.getByRole('button', { name: 'Back to the start' }).click()
        await page.getByRole('button', { name: 'Play' }).click()
      }
    }
    await done
    await page.waitForTimeout(1000)
    const { long, intervals } = await sinceFirstPaint(page)
    const seconds = intervals.reduce((sum, interval) => sum + interval, 0) / 1000
    const frames = {
      perSecond: Math.round(intervals.length / seconds),
      median: Math.round(10 * median(intervals)) / 10,
      late: `${intervals.filter((interval) => interval > 25).length} of ${intervals.length}`,
    }
    expect(opened.complaints).toEqual([])
    await opened.close()
    return { long, frames }
  }

  test.each([
    ['gradient flow', { dynamics: { kind: 'gradientFlow' }, until: { time: 400 } }],
    ['gradient descent', { dynamics: { kind: 'gradientDescent', stepSize: 0.02 }, until: { steps: 8000 } }],
  ])(
    'by %s, no task of the page takes more than 50 ms, and frames come as the screen asks for them',
    async (_, moving) => {
      const hash = await linkOf(largeConfig(moving as never))
      const { long, frames } = await measured(
        3,
        () => watched(hash),
        (value) => value.long.length === 0 && value.frames.median <= 20,
      )
      expect(long).toEqual([])
      expect(frames.median).toBeLessThanOrEqual(20)
    },
    120_000,
  )

  test('negative control: a page that computes by itself is caught', async () => {
    const opened = await open('')
    const isPainted = () => performance.getEntriesByName('first-contentful-paint').length > 0
    await opened.page.waitForFunction(isPainted)
    await opened.page.evaluate(async () => {
      for (let turn = 0; turn < 12; turn++) {
        const end = performance.now() + 80
        while (performance.now() < end);
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    })
    // The observer is told a little later.
    await opened.page.waitForTimeout(300)
    const { long, intervals } = await sinceFirstPaint(opened.page)
    expect(long.filter((duration) => duration >= 75).length).toBeGreaterThanOrEqual(10)
    expect(intervals.filter((interval) => interval > 70).length).toBeGreaterThanOrEqual(6)
    await opened.close()
  })
})
