import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { measured, median } from './attempts.ts'
import { openLab, untilCertified } from './lab.ts'

const screen = { viewport: { width: 1440, height: 900 } }

/** What statements said of the chosen lane, in the order in which they said it, by title. */
type Said = Record<string, string[]>

/** Marks the frame in which the first curve of a singular value is on the screen, and notes what statements say over time. */
function watchOpening(): void {
  const said: Said = {}
  Object.assign(window, { said })
  const curve = '.lanes path[data-mark="line"][data-series^="σ"][d*="L"]'
  let isSeen = false
  const look = () => {
    if (!isSeen && document.querySelector(curve)) {
      isSeen = true
      // After the frame that shows it.
      requestAnimationFrame(() => setTimeout(() => performance.mark('first curve')))
    }
    for (const row of document.querySelectorAll('.theory button.statement')) {
      const title = row.querySelector('.name')?.textContent ?? ''
      const word = row.querySelector('em.word')?.textContent ?? ''
      said[title] ??= []
      if (said[title].at(-1) !== word) said[title].push(word)
    }
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['d'],
  })
}

/** Where the curves of the singular values of a lane end, in pixels. */
function ends(page: Page, lane: number, mark: 'line' | 'dashes'): Promise<{ x: number; y: number }[]> {
  const curves = page.locator(`.lanes .panel:nth-child(${lane}) path[data-mark="${mark}"][d*="L"]`)
  return curves.evaluateAll((paths) =>
    paths.map((path) => {
      const { x, y } = (path as SVGPathElement).getPointAtLength(1e6)
      return { x, y }
    }),
  )
}

describe.skipIf(skipWithoutChromium)('the first view', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** Milliseconds from navigation in a fresh profile. */
  async function timeOfOpening() {
    const opened = await openLab(browser, { watch: watchOpening, ...screen })
    await opened.page.waitForFunction(() => performance.getEntriesByName('first curve').length > 0)
    const times = await opened.page.evaluate(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      const [curve] = performance.getEntriesByName('first curve')
      return { paint: Math.round(paint!.startTime), curve: Math.round(curve!.startTime) }
    })
    await opened.close()
    return times
  }

  test('from navigation over the first paint to the first curve it takes less than two seconds', async () => {
    const middle = ({ profiles }: { profiles: { curve: number }[] }) =>
      median(profiles.map(({ curve }) => curve))
    const last = await measured(
      4,
      async () => ({ profiles: [await timeOfOpening(), await timeOfOpening(), await timeOfOpening()] }),
      (value) => middle(value) < 2000,
    )
    // A mark that came before the page would have measured nothing.
    for (const { paint, curve } of last.profiles) expect(curve).toBeGreaterThan(paint)
    expect(middle(last)).toBeLessThan(2000)
  })

  test('certificates go from running to holds, predicted curves are drawn, nothing is complained of', async () => {
    const opened = await openLab(browser, { watch: watchOpening, ...screen })
    const { page } = opened
    await untilCertified(opened)
    await page.waitForFunction(() => !document.querySelector('.tally')?.textContent?.includes('running'))
    const said = await page.evaluate(() => (window as unknown as { said: Said }).said)
    const ways = Object.values(said).map((words) => words.filter((word) => word !== 'waiting').join(', '))
    expect(ways.filter((way) => way === 'running, holds').length).toBeGreaterThanOrEqual(4)
    expect(ways.filter((way) => !/(, |^)(holds|does not apply)$/.test(way))).toEqual([])

    // The theory's own solutions come after the runs; at the end of the playback all is in sight.
    const predicted = page.locator('.lanes .panel:nth-child(3) path[data-mark="dashes"][d*="L"]')
    await predicted.nth(4).waitFor({ state: 'attached', timeout: 30_000 })
    await page.getByRole('button', { name: 'Play' }).waitFor({ timeout: 30_000 })
    await page.waitForTimeout(500)
    for (const lane of [1, 2, 3]) {
      const [measured, foreseen] = [await ends(page, lane, 'line'), await ends(page, lane, 'dashes')]
      expect(measured.length).toBeGreaterThanOrEqual(5)
      expect(foreseen.length).toBe(measured.length)
      for (const [i, { x, y }] of measured.entries()) {
        expect(Math.abs(foreseen[i]!.x - x)).toBeLessThan(1)
        expect(Math.abs(foreseen[i]!.y - y)).toBeLessThan(1)
      }
    }
    expect(await page.locator('.legend').getByText('predicted by Theorem 1').isVisible()).toBe(true)
    expect(opened.complaints).toEqual([])
    expect(opened.foreign).toEqual([])
    await opened.close()
  })

  test('negative control: where no worker computes, no curve is drawn and nothing holds', async () => {
    const opened = await openLab(browser, {
      watch: () => {
        const said: Said = {}
        Object.assign(window, { said })
        Worker.prototype.postMessage = () => {}
        setTimeout(() => performance.mark('two seconds'), 2000)
      },
      ...screen,
    })
    await opened.page.waitForFunction(() => performance.getEntriesByName('two seconds').length > 0)
    const curve = opened.page.locator('.lanes path[data-mark="line"][data-series^="σ"][d*="L"]')
    expect(await curve.count()).toBe(0)
    expect(await opened.page.locator('em.word.holds').count()).toBe(0)
    await opened.close()
  })
})
