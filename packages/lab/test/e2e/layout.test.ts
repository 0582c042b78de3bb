import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openLab } from './lab.ts'
import { openState, pageStates, untilQuiet } from './page-states.ts'
import { untilSettled } from './settled.ts'

const opening = pageStates[0]!
const widths = [320, 380, 768, 1024, 1440, 1920]
/** From this width on the columns scroll, and the document does not. */
const desk = 1024

/** How far the document, and a dialog in it, can be scrolled, and what stands out of the window. */
function overflow(page: Page) {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    const columns = [...document.querySelectorAll('.lab > *, dialog')].filter(
      (one) => one.scrollWidth > one.clientWidth + 1,
    )
    return {
      beside: scrollWidth - innerWidth,
      below: scrollHeight - innerHeight,
      columns: columns.map((one) => `${one.className}: ${one.scrollWidth} in ${one.clientWidth}`),
    }
  })
}

/** Sum of all layout shifts that nobody asked for, from the first paint on. */
function watchShifts(): void {
  const shifts: unknown[] = []
  Object.assign(window, { shifts, shifted: 0 })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
      sources: { node: Element | null }[]
    })[]) {
      if (entry.hadRecentInput) continue
      const sum = window as unknown as { shifted: number }
      sum.shifted += entry.value
      shifts.push([
        entry.value,
        ...entry.sources.map(({ node }) => node?.parentElement?.className ?? node?.nodeName),
      ])
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
const shifted = (page: Page) =>
  page.evaluate(() => {
    const { shifted: sum, shifts } = window as unknown as { shifted: number; shifts: unknown[] }
    return { sum, shifts }
  })

describe.skipIf(skipWithoutChromium)('the page', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test.each(pageStates)('fits into every window: $name', { timeout: 180_000 }, async (state) => {
    const opened = await openState(browser, state, { viewport: { width: 1440, height: 900 } })
    const found = []
    for (const width of widths) {
      await opened.page.setViewportSize({ width, height: 900 })
      if (!state.isLong) await untilQuiet(opened.page)
      const { beside, below, columns } = await overflow(opened.page)
      if (beside > 0 || columns.length > 0 || (width >= desk && below > 0))
        found.push({ width, beside, below, columns })
    }
    expect(found).toEqual([])
    await opened.close()
  })

  test('negative control: what is too wide, and what is too high, is found', async () => {
    const opened = await openState(browser, opening, { viewport: { width: 1440, height: 900 } })
    await opened.page.evaluate(() => {
      const wide = document.createElement('div')
      Object.assign(wide.style, { width: '3000px', height: '1px' })
      document.querySelector('.theory')!.append(wide)
      const high = document.createElement('div')
      Object.assign(high.style, { position: 'absolute', top: '2000px', width: '1px', height: '1px' })
      document.body.append(high)
    })
    const { below, columns } = await overflow(opened.page)
    expect(below).toBeGreaterThan(0)
    expect(columns[0]).toMatch(/^theory: 3\d\d\d in/)
    await opened.close()
  })

  test.each([
    [1440, 900],
    [380, 800],
  ])('stands still while it opens, %i×%i', async (width, height) => {
    const opened = await openLab(browser, { watch: watchShifts, viewport: { width, height } })
    await untilSettled(opened.page)
    await opened.page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 60_000 })
    const { sum, shifts } = await shifted(opened.page)
    expect(sum, JSON.stringify(shifts)).toBeLessThan(0.1)
    await opened.close()
  })

  test('negative control: a page that is pushed down is seen to move', async () => {
    const opened = await openLab(browser, { watch: watchShifts, viewport: { width: 1440, height: 900 } })
    await untilSettled(opened.page)
    await opened.page.evaluate(() => {
      document.querySelector<HTMLElement>('.lab')!.style.marginTop = '400px'
    })
    await expect.poll(async () => (await shifted(opened.page)).sum).toBeGreaterThan(0.1)
    await opened.close()
  })
})
