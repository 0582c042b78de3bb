import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openLab } from './lab.ts'
import { openState, pageStates } from './page-states.ts'

/** Everything on the page that moves by itself, or would when it changes. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isMoving = (style: CSSStyleDeclaration) =>
      style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => time !== '0s')
    const styled = [...document.querySelectorAll('*')].filter((one) =>
      [undefined, '::before', '::after'].some((part) => isMoving(getComputedStyle(one, part))),
    )
    return styled.map((one) => `${one.localName} ${one.getAttribute('class') ?? ''}`)
  })
}

/** Where the playhead stands, as the timeline says it. */
const playhead = (page: Page) =>
  page.getByRole('slider', { name: 'Time', exact: true }).getAttribute('aria-valuetext')

/** Slows the playback down, so that one can do something before it ends. */
const slowly = (page: Page) => page.getByLabel('Speed').selectOption({ index: 0 })

const twoFrames = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )

describe.skipIf(skipWithoutChromium)('motion', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test('who asked for less of it sees the whole at once, and nothing moves', async () => {
    const { page, close } = await openState(browser, pageStates[1]!, { reducedMotion: 'reduce' })
    expect(await playhead(page)).toMatch(/12 of 12$/)
    expect(await page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(1)
    expect(await moving(page)).toEqual([])
    await close()
  })

  test('negative control: without that wish the opening plays, and signs turn', async () => {
    const { page, close } = await openLab(browser, { reducedMotion: 'no-preference' })
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    const before = await playhead(page)
    await expect.poll(() => playhead(page)).not.toBe(before)
    expect((await moving(page)).length).toBeGreaterThan(0)
    await close()
  })

  test('the opening waits while the stage is out of sight', async () => {
    const { page, close } = await openLab(browser, { viewport: { width: 380, height: 500 } })
    await slowly(page)
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.locator('.theory').evaluate((theory) => theory.scrollIntoView({ block: 'end' }))
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    const waiting = await playhead(page)
    await twoFrames(page)
    expect(await playhead(page)).toBe(waiting)
    await page.evaluate(() => scrollTo(0, 0))
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await expect.poll(() => playhead(page)).not.toBe(waiting)
    await close()
  })

  test('what somebody plays goes on out of sight; what somebody paused stays', async () => {
    const { page, close } = await openLab(browser, { viewport: { width: 380, height: 500 } })
    await slowly(page)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.locator('.theory').evaluate((theory) => theory.scrollIntoView({ block: 'end' }))
    await twoFrames(page)
    await page.evaluate(() => scrollTo(0, 0))
    await twoFrames(page)
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.locator('.theory').evaluate((theory) => theory.scrollIntoView({ block: 'end' }))
    await twoFrames(page)
    const before = await playhead(page)
    await expect.poll(() => playhead(page)).not.toBe(before)
    await close()
  })
})
