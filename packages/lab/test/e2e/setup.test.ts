import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { type OpenLab, openLab } from './lab.ts'
import { untilSettled } from './settled.ts'

describe.skipIf(skipWithoutChromium)('the setup', { timeout: 180_000 }, () => {
  let browser: Browser
  let opened: OpenLab
  let page: Page

  beforeAll(async () => {
    browser = await launch()
  }, 60_000)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    await opened?.close()
    opened = await openLab(browser, { viewport: { width: 1440, height: 900 } })
    page = opened.page
    await untilSettled(page)
  }, 120_000)

  const at = (field: string): Locator => page.locator(`.setup [data-field="${field}"]`).first()
  const number = (field: string) => at(field).locator('input.number')
  const choose = (label: string, kind: string) =>
    page.locator('.setup').getByLabel(label, { exact: true }).selectOption(kind)
  const singularValues = () => page.locator('.setup input.numbers').inputValue()

  test('bars of singular values are dragged by pointer, beyond their top too, and moved by keys', async () => {
    const bar = page.locator('.setup .bar').nth(1)
    await bar.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await bar.boundingBox())!
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await expect.poll(singularValues).toMatch(/^5, 3(\.0\d)?, 3.2, 2.5, 2$/)
    await page.mouse.move(x + width / 2, y - height / 2, { steps: 3 })
    await page.mouse.up()
    await expect.poll(singularValues).toMatch(/^5, (8\.9\d|9(\.0\d)?), 3.2, 2.5, 2$/)
    // What goes beyond the top lifts the top.
    await expect.poll(() => page.locator('.bars-foot .quiet').innerText()).toBe('0 … 10')
    await bar.press('Home')
    await bar.press('ArrowUp')
    await expect.poll(singularValues).toBe('5, 0.06, 3.2, 2.5, 2')
    await bar.press('Delete')
    await expect.poll(singularValues).toBe('5, 3.2, 2.5, 2')
    expect(opened.complaints).toEqual([])
  })

  test('how many seeds: what is no such number explains itself, and nothing else changes', async () => {
    await page.locator('.setup summary', { hasText: 'Seed and runs' }).click()
    const seeds = page.locator('#setup-seeds')
    const note = page.locator('#setup-seeds-note')
    for (const text of ['0', '-1', '2.5', '1e6', 'many']) {
      await seeds.fill(text)
      await seeds.press('Tab')
      expect(await note.innerText()).toBe(`${text} was given, but a whole number from 1 to 50 is expected.`)
      expect(await seeds.inputValue()).toBe(text)
      await page.getByText('One run of each, seed 1.').waitFor()
    }
    await seeds.fill('2')
    await seeds.press('Tab')
    await page.getByText('2 runs of each, seeds 1 … 2').waitFor()
    expect(await note.innerText()).toBe('')
  })

  test('other kinds of dynamics have a stability line of their own, or none', async () => {
    const limit = at('dynamics.stepSize').getByText(/\/λ = /)
    await choose('Dynamics', 'heavyBall')
    await untilSettled(page)
    await limit.waitFor()
    expect(await limit.innerText()).toContain('2(1+β)/λ')
    await choose('Dynamics', 'groupRMSprop')
    await untilSettled(page)
    expect(await limit.count()).toBe(0)
    await choose('Dynamics', 'gradientDescent')
    await untilSettled(page)
    await limit.waitFor()
    expect(await limit.innerText()).toMatch(/ 2\/λ = /)
  })

  test('a comparison of kinds takes the place of the lanes there were, and says so', async () => {
    await page.getByRole('button', { name: /^Compare kinds of dynamics/ }).click()
    await page.getByText('depth 1, depth 2 made room: what depth 3 was goes on.').waitFor()
    await page.keyboard.press('Control+z')
    await page.locator('.lanes').getByText('depth 1', { exact: true }).first().waitFor()
  })

  test('a slider is moved by keys, and what is typed lifts its limits', async () => {
    const slider = at('init.scale').getByRole('slider')
    await slider.press('ArrowRight')
    await expect.poll(() => number('init.scale').inputValue()).toBe('0.0011')
    const stops = async () => Number(await slider.getAttribute('max'))
    const before = await stops()
    await number('init.scale').fill('1e-9')
    await expect.poll(stops).toBeGreaterThan(before)
    expect(await slider.getAttribute('aria-valuetext')).toBe('1e-9')
  })

  test('what is out of range explains itself and can be mended by a click; what is no number, too', async () => {
    await number('init.scale').fill('-1')
    await at('init.scale').getByText('-1 was given, but a number above 0 is expected').waitFor()
    await at('init.scale').getByRole('button', { name: 'Leave it out' }).click()
    await expect.poll(() => at('init.scale').locator('.wrong').count()).toBe(0)
    await number('init.scale').fill('0,5')
    await at('init.scale').getByText('“0,5” has a decimal comma; write 0.5.').waitFor()
    await number('init.scale').fill('0.5')
    await expect.poll(() => at('init.scale').locator('.wrong').count()).toBe(0)
  })

  test('descent instead of flow: what else changed is said; the step against its stability line, and a stable one offered', async () => {
    await choose('Dynamics', 'gradientDescent')
    await at('dynamics')
      .getByText(/^The flow time 12 became \d+ steps of size [\d.]+\.$/)
      .waitFor()
    await at('dynamics.stepSize')
      .getByText(/^Below 2\/λ = /)
      .waitFor()
    await at('dynamics.stepSize').locator('.slider .mark', { hasText: '2/λ' }).waitFor()
    await untilSettled(page)
    await number('dynamics.stepSize').fill('5')
    await at('dynamics.stepSize').getByText('diverged: take smaller steps.').waitFor()
    await at('dynamics.stepSize')
      .getByText(/^Above 2\/λ = /)
      .waitFor()
    await at('dynamics.stepSize')
      .getByRole('button', { name: /^Set to / })
      .click()
    await at('dynamics.stepSize')
      .getByText(/^Below 2\/λ = /)
      .waitFor()
    await expect.poll(() => page.locator('.stage').innerText()).not.toContain('diverged')
    await untilSettled(page)
    expect(await page.locator('.stage').innerText()).not.toContain('diverged')
    expect(opened.complaints).toEqual([])
  })

  test('kinds are compared side by side, each with its own horizon, and no more', async () => {
    const compare = page.getByRole('button', { name: 'Compare kinds of dynamics' })
    await compare.click()
    const lanes = () => page.locator('.theory .lanes label').allInnerTexts()
    await expect.poll(lanes).toEqual(['gradient flow', 'gradient descent'])
    await untilSettled(page)
    expect(await page.locator('.setup .wrong').count()).toBe(0)
    await compare.click()
    await expect.poll(lanes).toEqual([])
  })

  test('values are compared: the chips are the lanes', async () => {
    await page.getByRole('button', { name: 'Compare runs over scale' }).click()
    await page.getByRole('button', { name: 'Compare with another scale' }).click()
    await expect
      .poll(() => page.locator('.theory .lanes label').allInnerTexts())
      .toEqual(['scale 0.001', 'scale 0.01', 'scale 0.1'])
    await page.getByRole('button', { name: 'Drop scale 0.01', exact: true }).click()
    await page.getByRole('textbox', { name: 'scale, run 2' }).fill('0.2')
    await expect
      .poll(() => page.locator('.theory .lanes label').allInnerTexts())
      .toEqual(['scale 0.001', 'scale 0.2'])
  })

  test('every control says what it is, in a line', async () => {
    for (const details of await page.locator('.setup details').all())
      await details.evaluate((one: HTMLDetailsElement) => {
        one.open = true
      })
    const questions = page.locator('.setup button[aria-label^="What is "]')
    const count = await questions.count()
    expect(count).toBeGreaterThan(15)
    for (const question of await questions.all()) {
      await question.click()
      const help = page.locator(`[id="${await question.getAttribute('aria-controls')}"]`)
      expect((await help.innerText()).trim(), (await question.getAttribute('aria-label'))!).toMatch(/\w{3,}/)
    }
  })
})
