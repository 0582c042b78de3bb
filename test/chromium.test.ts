import { loadEngine, simulate } from 'linnet'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from './bundle.ts'
import { launch, skipWithoutChromium } from './chromium.ts'
import { bitsOf, configs, scalarBits } from './reproducibility.ts'

declare const bundled: typeof import('./browser-entry.ts')

describe.skipIf(skipWithoutChromium)('the library in Chromium', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launch()
    page = await browser.newPage()
    await page.setContent('<!doctype html><title>Linnet</title>')
    await page.addScriptTag({ content: await bundle('./browser-entry.ts') })
  })
  afterAll(() => browser?.close())

  test('scalar functions and random numbers give the same bits as in Node', async () => {
    const there = await page.evaluate(() => bundled.elementaryBits('strict'))
    expect(there).toBe(scalarBits(await loadEngine('strict')))
  })

  test.each(Object.keys(configs))(
    'strict, %s: every number of the run has the same bits as in Node',
    async (name) => {
      const there = await page.evaluate((which) => bundled.trajectoryBits(which, 'strict'), name)
      const here = bitsOf(await simulate(configs[name]!, { engine: await loadEngine('strict') }))
      expect(here.length).toBeGreaterThan(1000)
      expect(there).toBe(here)
    },
  )

  test('another seed gives other bits: the comparison can fail', async () => {
    const here = bitsOf(
      await simulate({ ...configs.tsit5!, seed: 8 }, { engine: await loadEngine('strict') }),
    )
    expect(await page.evaluate(() => bundled.trajectoryBits('tsit5', 'strict'))).not.toBe(here)
  })

  test('fma loads there too', async () => {
    expect(await page.evaluate(() => bundled.trajectoryBits('descent', 'fma'))).toMatch(/^[0-9a-f\n]+$/)
  })
})
