import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openLab } from './lab.ts'

const screen = { viewport: { width: 1440, height: 900 } }

/** What statements said of the chosen lane, in the order in which they said it, by title. */
type Said = Record<string, string[]>

/** Notes what statements say over time. */
function watchOpening(): void {
  const said: Said = {}
  Object.assign(window, { said })
  const look = () => {
    for (const row of document.querySelectorAll('.theory button.statement')) {
      const title = row.querySelector('.name')?.textContent ?? ''
      const word = row.querySelector('em.word')?.textContent ?? ''
      said[title] ??= []
      if (said[title].at(-1) !== word) said[title].push(word)
    }
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
}

/** How far the ends of the predicted singular values of a lane are from the measured ones at most, in pixels. */
async function endsApart(page: Page, lane: number): Promise<number> {
  const ends = (mark: 'line' | 'dashes') =>
    page.locator(`.lanes .panel:nth-child(${lane}) path[data-mark="${mark}"][d*="L"]`).evaluateAll((paths) =>
      paths.map((path) => {
        const { x, y } = (path as SVGPathElement).getPointAtLength(1e6)
        return { x, y }
      }),
    )
  const [measured, foreseen] = [await ends('line'), await ends('dashes')]
  if (measured.length < 5 || foreseen.length !== measured.length) return Number.POSITIVE_INFINITY
  return Math.max(
    ...measured.flatMap(({ x, y }, i) => [Math.abs(foreseen[i]!.x - x), Math.abs(foreseen[i]!.y - y)]),
  )
}

describe.skipIf(skipWithoutChromium)('the first view', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test('certificates go from running to holds, predicted curves are drawn, nothing is complained of', async () => {
    const opened = await openLab(browser, { watch: watchOpening, ...screen })
    const { page } = opened
    // The theory's own solutions come after the runs.
    await page.locator('.lab[data-state="settled"]').waitFor({ timeout: 120_000 })
    const said = await page.evaluate(() => (window as unknown as { said: Said }).said)
    const ways = Object.values(said).map((words) => words.filter((word) => word !== 'waiting').join(', '))
    expect(ways.filter((way) => way === 'running, holds').length).toBeGreaterThanOrEqual(4)
    expect(ways.filter((way) => !/(, |^)(holds|does not apply)$/.test(way))).toEqual([])

    // At the end of the playback all is in sight.
    await page.getByRole('button', { name: 'Play' }).waitFor({ timeout: 120_000 })
    for (const lane of [1, 2, 3])
      await expect.poll(() => endsApart(page, lane), { timeout: 30_000 }).toBeLessThan(1)
    expect(await page.locator('.legend').getByText('predicted by Theorem 1').isVisible()).toBe(true)
    expect(opened.complaints).toEqual([])
    expect(opened.foreign).toEqual([])
    await opened.close()
  }, 300_000)

  test('negative control: where no worker computes, no curve is drawn and nothing holds', async () => {
    const opened = await openLab(browser, {
      watch: () => {
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
