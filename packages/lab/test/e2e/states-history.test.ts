import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { decodeState } from '../../src/experiment/link.ts'
import { openLab } from './lab.ts'
import { drawnCurves, taken, untilSettled } from './settled.ts'
import { smallConfig, smallLink, twoDepths } from './small.ts'

const step = '.control[data-field="dynamics.stepSize"] input.number'

describe.skipIf(skipWithoutChromium)('nothing is lost', { timeout: 180_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const title = (page: Page) => page.getByLabel('Title of the experiment')
  const titled = (page: Page, words: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector<HTMLInputElement>('.title input')?.value === wanted,
      words,
    )

  test('a reload at once after a change, before its link was written', async () => {
    const opened = await openLab(browser, { hash: await smallLink({ lanes: twoDepths }) })
    const { page } = opened
    await untilSettled(page)
    await page.getByRole('button', { name: 'Pin depth 1' }).click()
    await page.getByRole('radio', { name: 'log' }).first().check({ force: true })
    await title(page).fill('Typed a moment ago')
    await page.locator(step).fill('0.03')
    await page.reload()
    await titled(page, 'Typed a moment ago')
    expect(await page.locator(step).inputValue()).toBe('0.03')
    expect(await page.getByLabel('Name of the pinned run 1').inputValue()).toBe('pinned depth 1')
    expect(await page.getByRole('radio', { name: 'log' }).first().isChecked()).toBe(true)
    const { found } = await taken(page)
    expect(Object.keys(found)).toEqual(['depth 1, seed 3', 'depth 2, seed 3'])
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('the link that is copied is that of the present state, though the address bar lags behind', async () => {
    // The rest before a link is written is never over.
    const stopTimers = () => {
      const { setTimeout: original } = window
      const patient = (act: () => void, wait = 0) => (wait === 300 ? 0 : original(act, wait))
      Object.assign(window, { setTimeout: patient })
    }
    const opened = await openLab(browser, { hash: await smallLink(), watch: stopTimers })
    const { page } = opened
    await untilSettled(page)
    await title(page).fill('Newer than the address')
    const { link } = await taken(page)
    expect((await decodeState(link)).experiment.config.title).toBe('Newer than the address')
    expect((await decodeState(new URL(page.url()).hash)).experiment.config.title).toBe('Small')
    await opened.close()
  })

  test('a pasted link, back and forward', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    const first = await taken(page)
    const before = await drawnCurves(page)
    const other = await smallLink({ config: { ...smallConfig, title: 'Other', seed: 8 } })
    await page.evaluate((hash) => (location.hash = hash), other)
    await titled(page, 'Other')
    const second = await taken(page)
    expect(Object.keys(second.found)).toEqual(['run, seed 8'])
    // What is done there is there when one comes back.
    await page.locator(step).fill('0.02')
    const changed = await taken(page)
    await page.waitForFunction((wanted) => location.hash.slice(1) === wanted, changed.link)

    await page.goBack()
    await titled(page, 'Small')
    expect((await taken(page)).found).toEqual(first.found)
    expect(await drawnCurves(page)).toEqual(before)
    await page.goForward()
    await titled(page, 'Other')
    expect(await page.locator(step).inputValue()).toBe('0.02')
    expect((await taken(page)).found).toEqual(changed.found)
    expect(changed.found).not.toEqual(second.found)

    await page.goBack()
    await titled(page, 'Small')
    await page.reload()
    await titled(page, 'Small')
    expect((await taken(page)).found).toEqual(first.found)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('undo and redo, over a dropped link and a value', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    const first = await taken(page)
    await page.locator(step).fill('0.04')
    const second = await taken(page)
    await page.evaluate((hash) => (location.hash = hash), await smallLink({ lanes: twoDepths }))
    await page.locator('.lanes h3', { hasText: 'depth 2' }).waitFor()
    // In a text the keys belong to the text.
    await page.locator('body').click({ position: { x: 3, y: 3 } })
    await page.keyboard.press('Control+z')
    await page.locator('.lanes h3', { hasText: 'depth 2' }).waitFor({ state: 'detached' })
    expect((await taken(page)).found).toEqual(second.found)
    await page.keyboard.press('Control+z')
    expect(await page.locator(step).inputValue()).toBe('0.05')
    expect((await taken(page)).found).toEqual(first.found)
    await page.keyboard.press('Control+Shift+z')
    expect(await page.locator(step).inputValue()).toBe('0.04')
    await page.keyboard.press('Control+y')
    await page.locator('.lanes h3', { hasText: 'depth 2' }).waitFor()
    expect(second.found).not.toEqual(first.found)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })
})
