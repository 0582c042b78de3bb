import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { walk } from './interactive.ts'
import { openState, type PageState, pageStates } from './page-states.ts'

const screens = {
  desk: { width: 1440, height: 900 },
  phone: { width: 380, height: 800 },
}
const stateNamed = (name: string): PageState => pageStates.find((state) => state.name === name)!

describe.skipIf(skipWithoutChromium)('the tabulator alone', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const walks: [keyof typeof screens, string, number][] = [
    ['desk', 'setup unfolded, every help and source shown', 120],
    ['phone', 'setup unfolded, every help and source shown', 120],
    ['desk', 'first stop of the tour', 60],
    ['desk', 'pinned runs and several seeds', 60],
    ['desk', 'gradient descent, diverging', 60],
    ['desk', 'enlarged panel with its table', 60],
    ['desk', 'statement', 60],
    ['desk', 'bad values', 60],
    ['desk', 'share', 9],
    ['phone', 'gallery', 15],
  ]
  test.each(walks)(
    'comes by every control, on a %s: %s',
    { timeout: 180_000 },
    async (screen, name, atLeast) => {
      const opened = await openState(browser, stateNamed(name), { viewport: screens[screen] })
      const { stops, faults } = await walk(opened.page)
      expect(faults).toEqual([])
      expect(stops).toBeGreaterThanOrEqual(atLeast)
      await opened.close()
    },
  )

  test('goes back the way it came', { timeout: 180_000 }, async () => {
    const opened = await openState(browser, stateNamed('opening'), { viewport: screens.desk })
    const there = await walk(opened.page)
    const back = await walk(opened.page, 'Shift+Tab')
    expect(back).toEqual(there)
    expect(back.faults).toEqual([])
    await opened.close()
  })

  test('negative control: what it cannot reach, see or hit is found', { timeout: 180_000 }, async () => {
    const opened = await openState(browser, stateNamed('opening'), { viewport: screens.desk })
    await opened.page.evaluate(() => {
      const nav = document.querySelector('.masthead nav')!
      const add = (tag: string, name: string, style: object) => {
        const element = Object.assign(document.createElement(tag), { textContent: name })
        Object.assign(element.style, style)
        nav.append(element)
      }
      add('div', 'unreachable', { cursor: 'pointer' })
      add('button', 'unseen', { outline: 'none' })
      add('button', 'tiny', { width: '10px', height: '10px', padding: '0', border: '0', fontSize: '1px' })
      add('button', 'tinier', { width: '10px', height: '10px', padding: '0', border: '0', fontSize: '1px' })
      add('button', 'behind', { position: 'relative', zIndex: '-1' })
    })
    const { faults } = await walk(opened.page)
    expect(faults.map((fault) => fault.replace(/[,:].*> /, ': ')).sort()).toEqual([
      'cannot be reached: unreachable',
      'has the focus: behind',
      'has the focus: unseen',
      'is small: tinier',
      'is small: tiny',
    ])
    await opened.close()
  })
})
