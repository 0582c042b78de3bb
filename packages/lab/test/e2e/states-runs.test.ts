import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openLab } from './lab.ts'
import { drawnCurves, taken, untilSettled } from './settled.ts'
import { smallConfig, smallLink, twoDepths } from './small.ts'

const control = (page: Page, field: string) => page.locator(`.control[data-field="${field}"]`)

describe.skipIf(skipWithoutChromium)('runs beside each other', { timeout: 180_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test('a pinned run is drawn over the next one, on the same axes, until it is unpinned', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    await untilSettled(page)
    const loss = page.getByRole('article', { name: /loss/i }).first()
    const series = () => loss.locator('path[data-series][d*="L"]')
    await drawnCurves(page)
    expect(await series().count()).toBe(1)
    const alone = await series().getAttribute('d')

    await page.getByRole('button', { name: 'Pin run' }).click()
    await control(page, 'network.depth').locator('input.number').fill('3')
    await untilSettled(page)
    await expect.poll(() => series().count(), { timeout: 30_000 }).toBe(2)
    await page.locator('.legend').getByText('pinned run').waitFor()
    const names = await series().evaluateAll((paths) => paths.map((path) => path.getAttribute('data-series')))
    expect(names.some((name) => name?.includes('pinned'))).toBe(true)
    // Both begin with about the same loss: on shared axes at the same height.
    const starts = await series().evaluateAll((paths) =>
      paths.map((path) => (path as SVGPathElement).getPointAtLength(0).y),
    )
    expect(Math.abs(starts[0]! - starts[1]!)).toBeLessThan(3)

    await page.getByRole('button', { name: 'Unpin pinned run' }).click()
    await expect.poll(() => series().count(), { timeout: 30_000 }).toBe(1)
    expect(await series().getAttribute('d')).not.toBe(alone)
    expect(await page.getByRole('list', { name: 'Pinned runs' }).count()).toBe(0)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('several seeds: a band, and a legend that says what it is', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    await untilSettled(page)
    await drawnCurves(page)
    expect(await page.locator('path[data-mark="band"]').count()).toBe(0)
    const more = page.getByRole('button', { name: 'More seeds' })
    await page.locator('.setup summary', { hasText: 'Seed and runs' }).click()
    for (let i = 0; i < 3; i++) await more.click()
    await untilSettled(page)
    const legend = page.locator('.legend').getByText('median and range of 4 seeds (config.seed 3…6)')
    await legend.waitFor({ timeout: 60_000 })
    const band = page.locator('path[data-mark="band"][d*="L"]')
    await band.first().waitFor({ state: 'attached' })
    await drawnCurves(page)
    // It has an area.
    const [first] = await band.evaluateAll((paths) =>
      paths.map((path) => {
        const { width, height } = (path as SVGPathElement).getBBox()
        return { width, height }
      }),
    )
    expect(first!.width).toBeGreaterThan(50)
    expect(first!.height).toBeGreaterThan(1)
    await page.getByText('4 runs, seeds 3 … 6; the band is their range.').waitFor()
    expect(Object.keys((await taken(page)).found)).toEqual([3, 4, 5, 6].map((seed) => `run, seed ${seed}`))
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('from flow to descent and back: what else changed is said, and it runs', async () => {
    const config = { ...smallConfig, dynamics: { kind: 'gradientFlow' }, until: { time: 20 } }
    const opened = await openLab(browser, { hash: await smallLink({ config }) })
    const { page } = opened
    const flow = await taken(page)
    const kind = page.locator('.spec[data-field="dynamics"] select').first()
    const note = page.locator('.spec[data-field="dynamics"] > p[role="status"]')
    await kind.selectOption('gradientDescent')
    await note.waitFor()
    expect(await note.innerText()).toMatch(/^The flow time 20 became \d+ steps of size [\d.e-]+\.$/)
    const descent = await taken(page)
    expect(Object.keys(descent.found)).toEqual(['run, seed 3'])
    expect(descent.found).not.toEqual(flow.found)
    expect(await page.locator('.lanes .standing').innerText()).toContain('reached the horizon')

    await kind.selectOption('gradientFlow')
    await note.waitFor()
    expect(await note.innerText()).toMatch(/^\d+ steps of size [\d.e-]+ became the flow time /)
    expect(Object.keys((await taken(page)).found)).toEqual(['run, seed 3'])
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('kinds of dynamics side by side', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    await untilSettled(page)
    await page.getByRole('button', { name: 'Compare kinds of dynamics' }).click()
    await expect.poll(() => page.locator('.lanes h3').count(), { timeout: 30_000 }).toBe(2)
    const { found } = await taken(page)
    expect(new Set(Object.values(found)).size).toBe(2)
    for (const text of await page.locator('.lanes .standing').allInnerTexts()) expect(text).toContain('done')
    await page.getByRole('button', { name: 'Compare kinds of dynamics' }).click()
    await expect.poll(() => page.locator('.lanes h3').count(), { timeout: 30_000 }).toBe(1)
    await untilSettled(page)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('a step above 2/λ: the run that diverges says so, and the others stay', async () => {
    const lanes = [0.05, 3].map((size) => ({ label: `step ${size}`, changes: { 'dynamics.stepSize': size } }))
    const opened = await openLab(browser, { hash: await smallLink({ lanes }) })
    const { page } = opened
    await untilSettled(page)
    const [calm, wild] = await page.locator('.lanes .standing').allInnerTexts()
    expect(calm).toMatch(/reached the horizon/)
    expect(calm).not.toMatch(/2\/λ|diverged/)
    expect(wild).toMatch(
      /^diverged: .* the step size 3 exceeds 0\.\d+, beyond which steps are unstable .*; try 0\.\d+/,
    )
    expect((await drawnCurves(page)).length).toBeGreaterThanOrEqual(3)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('a step above 2/λ that is typed: said beside it, with a smaller one to take', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    await untilSettled(page)
    const step = control(page, 'dynamics.stepSize')
    expect(await step.locator('.warning').count()).toBe(0)
    await step.locator('input.number').fill('3')
    await step.getByText('The run diverged: take smaller steps.').waitFor()
    await step.getByText(/^Above 2\/λ = [\d.e-]+: steps overshoot/).waitFor()
    await untilSettled(page)
    expect(await step.locator('input.number').inputValue()).toBe('3')
    expect(await page.locator('.lanes .standing').innerText()).toMatch(/^diverged: /)
    await step.getByRole('button', { name: /^Set to / }).click()
    await untilSettled(page)
    await step.getByText(/^Below 2\/λ/).waitFor()
    expect(await step.locator('.warning').count()).toBe(0)
    expect(await page.locator('.lanes .standing').innerText()).toMatch(/reached the horizon/)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('a run that cannot be made says why beside its control, and the others are drawn', async () => {
    const lanes = [22, 2000].map((count) => ({ label: `${count} seen`, changes: { 'loss.observed': count } }))
    const opened = await openLab(browser, { hash: await smallLink({ lanes: [...lanes, ...twoDepths] }) })
    const { page } = opened
    await untilSettled(page)
    const sentence = /observed is 2000/
    await page
      .getByRole('alert')
      .getByText(/^2000 seen: .*observed is 2000/)
      .waitFor()
    await control(page, 'loss.observed').locator('.wrong').getByText(sentence).waitFor()
    const standing = await page.locator('.lanes .standing').allInnerTexts()
    expect(standing.map((text) => /^(could not be run|done)/.exec(text)?.[0])).toEqual([
      'done',
      'could not be run',
      'done',
      'done',
    ])
    expect(Object.keys((await taken(page)).found)).toHaveLength(3)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })
})
