import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openLab } from './lab.ts'
import { drawnCurves, untilSettled } from './settled.ts'
import { smallLink } from './small.ts'

/** The input of a field of the config, and what is said beside it. */
function controlOf(page: Page, field: string) {
  const row = page.locator(`.control[data-field="${field}"]`)
  return { input: row.locator('input.number'), said: row.locator('.notes .wrong') }
}

describe.skipIf(skipWithoutChromium)('a value that is none', { timeout: 180_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const wrong: [string, string, string, RegExp, string][] = [
    ['a negative size', 'loss.truth.rows', '-3', /-3 was given, but .*expected/i, '7'],
    ['no number', 'init.scale', 'NaN', /“NaN” is no number; write one such as/, '0.2'],
    ['a decimal comma', 'init.scale', '0,2', /decimal comma; write 0\.2\./, '0.2'],
    ['nothing', 'dynamics.stepSize', '', /Nothing is given; write a number/, '0.04'],
    ['out of range', 'network.depth', '100000', /100000 was given, but .*expected/i, '3'],
    ['a negative step', 'dynamics.stepSize', '-0.1', /-0\.1 was given, but .*expected/i, '0.04'],
  ]
  test.each(wrong)(
    '%s (%s): a sentence beside it, the last good run stays, a reload keeps the text',
    async (_, field, text, sentence, right) => {
      const opened = await openLab(browser, { hash: await smallLink() })
      const { page } = opened
      await untilSettled(page)
      const before = await drawnCurves(page)
      const { input, said } = controlOf(page, field)
      expect(await said.count()).toBe(0)

      await input.fill(text)
      await said.waitFor()
      expect(await said.innerText()).toMatch(sentence)
      expect(await input.getAttribute('aria-invalid')).toBe('true')
      const described = await input.getAttribute('aria-describedby')
      expect(await page.locator(`[id="${described}"]`).innerText()).toMatch(sentence)
      expect(await drawnCurves(page)).toEqual(before)

      await page.reload()
      await said.waitFor()
      expect(await input.inputValue()).toBe(text)
      expect(await said.innerText()).toMatch(sentence)
      await untilSettled(page)
      expect(await drawnCurves(page)).toEqual(before)

      await input.fill(right)
      await said.waitFor({ state: 'detached' })
      await untilSettled(page)
      expect(await drawnCurves(page)).not.toEqual(before)
      expect(opened.complaints).toEqual([])
      await opened.close()
    },
  )
})
