import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { found, screens } from './checker.ts'
import { openState, pageStates, untilQuiet } from './page-states.ts'

describe.skipIf(skipWithoutChromium)('an accessibility checker', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test.each(pageStates)('finds nothing: $name', { timeout: 180_000 }, async (state) => {
    const opened = await openState(browser, state, { viewport: screens.desk, colorScheme: 'light' })
    const { page } = opened
    expect(await found(page)).toEqual([])
    await page.setViewportSize(screens.phone)
    await page.emulateMedia({ colorScheme: 'dark' })
    if (!state.isLong) await untilQuiet(page)
    expect(await found(page)).toEqual([])
    await opened.close()
  })

  test('finds nothing on a dark desk and a light phone', { timeout: 180_000 }, async () => {
    const opened = await openState(
      browser,
      { name: 'opening' },
      { viewport: screens.desk, colorScheme: 'dark' },
    )
    expect(await found(opened.page)).toEqual([])
    await opened.page.setViewportSize(screens.phone)
    await opened.page.emulateMedia({ colorScheme: 'light' })
    await untilQuiet(opened.page)
    expect(await found(opened.page)).toEqual([])
    await opened.close()
  })

  test('negative control: an image without words, faint words and a tiny button are found', {
    timeout: 180_000,
  }, async () => {
    const opened = await openState(
      browser,
      { name: 'opening' },
      { viewport: screens.desk, colorScheme: 'light' },
    )
    await opened.page.evaluate(() => {
      const faint = Object.assign(document.createElement('p'), { textContent: 'Faint words, hardly seen' })
      faint.style.color = '#bbb'
      const tiny = () => Object.assign(document.createElement('button'), { title: 'Tiny', type: 'button' })
      const [one, other] = [tiny(), tiny()]
      for (const { style } of [one, other])
        Object.assign(style, { width: '12px', height: '12px', padding: '0' })
      document.querySelector('.theory')!.prepend(document.createElement('img'), faint, one, other)
    })
    const lines = (await found(opened.page)).map((line) => line.split(':')[0])
    expect(new Set(lines)).toEqual(new Set(['image-alt', 'color-contrast', 'target-size']))
    await opened.close()
  })
})
