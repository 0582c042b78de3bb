import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openState, pageStates, untilQuiet } from './page-states.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Web Content Accessibility Guidelines 2.0 to 2.2 at levels A and AA, and what is good practice beside them. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What the checker cannot decide by itself, and we have looked at. */
const looked: readonly RegExp[] = [
  // Signs that are no words, and words in drawings.
  /^color-contrast: .*(too short to determine if it is actual text|only non-text characters|contains an image node)/,
  /^color-contrast: <text/,
  /^label-content-name-mismatch: .*Unable to determine if the visible text is part of/,
  // What could not be run stands, on a ground of its own, over the foot of the stage.
  /^color-contrast: .*it partially overlaps other elements/,
  // Headings over groups of rows.
  /^th-has-data-cells: .*Table data cells are missing or empty/,
  // The far columns of a wide table.
  /^color-contrast: <t[dh][^>]*>.*partially obscured by another element/,
]

/** High enough that nothing is scrolled out of sight, where the checker would not judge its colours. */
const screens = {
  desk: { width: 1440, height: 7000 },
  phone: { width: 380, height: 11_000 },
}

/** Takes away what hides words from the checker, but from nobody else: boxes that scroll, and what a dialog makes inert. */
function showAll(): void {
  for (const box of document.querySelectorAll<HTMLElement>('.table, .scroll, .marks, dialog'))
    box.style.maxHeight = 'none'
  const dialog = document.querySelector('dialog')
  for (const part of document.querySelectorAll<HTMLElement>('.lab > *'))
    part.style.visibility = dialog && !part.contains(dialog) ? 'hidden' : ''
}

/** Everything that the checker finds, a line each. */
async function found(page: Page): Promise<string[]> {
  await page.evaluate(showAll)
  await page.evaluate(axe)
  const { violations, incomplete } = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations', 'incomplete'],
      }),
    rules,
  )
  const lines = (results: AxeResults['violations']) =>
    results.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all, none }) => {
        const because = [...any, ...all, ...none].map(({ message }) => message).join('; ')
        return `${id}: ${html.slice(0, 200).replaceAll('\n', ' ')} (${because})`
      }),
    )
  const undecided = lines(incomplete).filter((line) => !looked.some((seen) => seen.test(line)))
  return [...lines(violations), ...undecided]
}

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
