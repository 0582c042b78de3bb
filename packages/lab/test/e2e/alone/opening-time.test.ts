import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../../test/chromium.ts'
import { openLab } from '../lab.ts'
import { measured, median } from './attempts.ts'

/** Longest time from navigation to the first curve, in milliseconds. */
const limit = 2000

/** Marks the frame in which the first curve of a singular value is on the screen. */
function watchCurves(): void {
  const curve = '.lanes path[data-mark="line"][data-series^="σ"][d*="L"]'
  const observer = new MutationObserver(() => {
    if (!document.querySelector(curve)) return
    observer.disconnect()
    // After the frame that shows it.
    requestAnimationFrame(() => setTimeout(() => performance.mark('first curve')))
  })
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ['d'] })
}

/** Lets whatever the page tells its workers reach them two seconds later. */
function delayWorkers(): void {
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (this: Worker, ...words: [unknown]) {
    setTimeout(() => postMessage.apply(this, words), 2000)
  }
}

describe.skipIf(skipWithoutChromium)('the opening', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** Milliseconds from navigation in a fresh profile. */
  async function timeOfOpening(...watch: (() => void)[]) {
    const viewport = { width: 1440, height: 900 }
    const opened = await openLab(browser, { watch: [watchCurves, ...watch], viewport })
    await opened.page.waitForFunction(() => performance.getEntriesByName('first curve').length > 0)
    const times = await opened.page.evaluate(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      const [curve] = performance.getEntriesByName('first curve')
      return { paint: Math.round(paint!.startTime), curve: Math.round(curve!.startTime) }
    })
    await opened.close()
    return times
  }

  test('takes less than two seconds from navigation over the first paint to the first curve', async () => {
    const middle = ({ profiles }: { profiles: { curve: number }[] }) =>
      median(profiles.map(({ curve }) => curve))
    const last = await measured(
      4,
      async () => ({ profiles: [await timeOfOpening(), await timeOfOpening(), await timeOfOpening()] }),
      (value) => middle(value) < limit,
    )
    // A mark that came before the page would have measured nothing.
    for (const { paint, curve } of last.profiles) expect(curve).toBeGreaterThan(paint)
    expect(middle(last)).toBeLessThan(limit)
  })

  test('negative control: workers that are told late are found slow', async () => {
    expect((await timeOfOpening(delayWorkers)).curve).toBeGreaterThan(limit)
  })
})
