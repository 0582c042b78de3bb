import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { type OpenLab, openLab } from './lab.ts'
import { untilSettled } from './settled.ts'
import { smallLink } from './small.ts'

/** Steps of the small run. */
const horizon = 400
/** A curve ends at the last sample before the playhead: pixels that the two may be apart, for samples 10 steps apart. */
const slack = 12
/** For what takes its turn in being drawn. */
const patience = { timeout: 30_000, interval: 200 }

/** What the readout says, and how far to the right the curves and the playhead reach, in pixels of their panel. */
interface Shown {
  readonly step: number
  readonly reach: number
}

function shownIn(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const readout = document.querySelector('.readout b')!.textContent!
    const curves = document.querySelectorAll<SVGPathElement>('.lanes path[data-mark="line"]')
    const reach = [...curves].map((path) => {
      const { x, width } = path.getBBox()
      return x + width
    })
    return { step: Number(readout), reach: Math.max(0, ...reach) }
  })
}

describe.skipIf(skipWithoutChromium)('the timeline', { timeout: 180_000 }, () => {
  let browser: Browser
  let opened: OpenLab
  let page: Page
  /** Pixels to which the curves reach at the beginning and the end of the horizon. */
  let [left, right] = [0, 0]

  beforeAll(async () => {
    browser = await launch()
    opened = await openLab(browser, { hash: await smallLink() })
    page = opened.page
    await untilSettled(page)
    await button('Play').waitFor()
    await time().press('End')
    right = await stillReach()
    await toTheMiddle()
    await vi.waitUntil(async () => (await shownIn(page)).reach < right - slack, patience)
    left = 2 * (await stillReach()) - right
  }, 120_000)
  afterAll(async () => {
    expect(opened.complaints).toEqual([])
    await browser?.close()
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const time = () => page.getByRole('slider', { name: 'Time', exact: true })

  /** By five hops of a tenth. */
  async function toTheMiddle(): Promise<void> {
    await time().press('Home')
    for (let i = 0; i < 5; i++) await time().press('PageUp')
  }

  /** How far the curves reach once they have stopped moving. */
  async function stillReach(): Promise<number> {
    let before = Number.NaN
    await vi.waitUntil(async () => {
      const { reach } = await shownIn(page)
      const isStill = reach > 0 && reach === before
      before = reach
      return isStill
    }, patience)
    return before
  }

  /** Waits until the readout says `step` and the curves reach as far. */
  async function shows(step: number): Promise<void> {
    const expected = left + ((right - left) * step) / horizon
    await vi.waitUntil(async () => {
      const shown = await shownIn(page)
      // At the very start there is nothing to draw yet.
      const isThere = step === 0 ? shown.reach < left + slack : Math.abs(shown.reach - expected) < slack
      return Math.abs(shown.step - step) <= 1 && isThere
    }, patience)
  }

  test('the keyboard scrubs: to the start, to the end, a little on', async () => {
    await time().press('Home')
    await shows(0)
    await time().press('End')
    await shows(horizon)
    await toTheMiddle()
    await shows(horizon / 2)
    expect(await time().getAttribute('aria-valuetext')).toBe(`step ${horizon / 2} of ${horizon}`)
  })

  test('the pointer scrubs', async () => {
    const box = (await time().boundingBox())!
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2)
    await page.mouse.down()
    await expect
      .poll(async () => Math.abs((await shownIn(page)).step - horizon / 4), patience)
      .toBeLessThan(12)
    await page.mouse.move(box.x + (3 * box.width) / 4, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
    const { step } = await shownIn(page)
    expect(Math.abs(step - (3 * horizon) / 4)).toBeLessThan(12)
    await shows(step)
  })

  test('one sample on, and one back', async () => {
    await button('Back to the start').click()
    await shows(0)
    const on: number[] = []
    for (let i = 0; i < 4; i++) {
      await button('One sample on').click()
      on.push((await shownIn(page)).step)
    }
    expect(on.every((step, i) => step > (on[i - 1] ?? 0))).toBe(true)
    await shows(on[3]!)
    for (const step of [on[2]!, on[1]!, on[0]!, 0]) {
      await button('One sample back').click()
      await shows(step)
    }
    // There is nothing before the start.
    await button('One sample back').click()
    await shows(0)
  })

  test('plays at the speed that was chosen, pauses, and stops at the end', async () => {
    await button('Back to the start').click()
    await page.getByLabel('Speed').selectOption({ label: '0.25×' })
    await button('Play').click()
    await expect.poll(async () => (await shownIn(page)).step, patience).toBeGreaterThan(5)
    await button('Pause').click()
    await button('Play').waitFor()
    const { step } = await shownIn(page)
    expect(step).toBeLessThan(horizon)
    await shows(step)
    // Frames go by, and it stays.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)))
    expect((await shownIn(page)).step).toBe(step)

    await page.getByLabel('Speed').selectOption({ label: '4×' })
    await button('Play').click()
    await shows(horizon)
    await button('Play').waitFor()
    // From the end it plays from the start again.
    await page.getByLabel('Speed').selectOption({ label: '0.25×' })
    await button('Play').click()
    expect((await shownIn(page)).step).toBeLessThan(horizon)
    await button('Back to the start').click()
    await shows(0)
    await button('Play').waitFor()
  })

  test('a faster speed is faster', async () => {
    const steps: number[] = []
    for (const label of ['0.25×', '4×']) {
      await button('Back to the start').click()
      await page.getByLabel('Speed').selectOption({ label })
      await button('Play').click()
      // In frames, so that a slow machine is slow for both.
      await page.evaluate(async () => {
        for (let i = 0; i < 8; i++) await new Promise(requestAnimationFrame)
      })
      await page.evaluate(() => document.querySelector<HTMLButtonElement>('.transport .play')!.click())
      steps.push((await shownIn(page)).step)
    }
    expect(steps[1]).toBeGreaterThan(3 * steps[0]!)
  })

  test('marks: the next and the previous, each said', async () => {
    await button('Back to the start').click()
    await button('Next mark').click()
    const said = page.locator('.readout [aria-live]')
    await expect.poll(() => said.innerText(), patience).toMatch(/(σ. learned|saddle left) at step \d/)
    const { step } = await shownIn(page)
    expect(Number(/step ([\d.]+)/.exec(await said.innerText())![1])).toBeCloseTo(step, 0)
    await shows(step)
    await button('Next mark').click()
    expect((await shownIn(page)).step).toBeGreaterThan(step)
    await button('Previous mark').click()
    await shows(step)
  })
})
