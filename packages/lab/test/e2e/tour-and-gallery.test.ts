import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { gallery } from '../../src/gallery/find-preset.ts'
import type { Preset } from '../../src/gallery/preset.ts'
import { tour } from '../../src/gallery/tour.ts'
import { type OpenLab, openLab } from './lab.ts'

const screen = { viewport: { width: 1440, height: 900 } }

/** Runs that take longer than one waits in a test: these are seen to begin. */
const long = ['study:figure-3', 'published:figure-2']

const presets = gallery.flatMap((group) => group.presets)

const settled = (page: Page) => page.waitForSelector('.lab[data-state="settled"]', { timeout: 120_000 })
const curves = (page: Page) => page.locator('.stage path[data-mark="line"][d*="L"]')

/** What is said of every lane, by its heading on the stage. */
const said = (page: Page) => page.locator('.stage .lanes').innerText()

async function opened(browser: Browser): Promise<OpenLab> {
  return openLab(browser, screen)
}

describe.skipIf(skipWithoutChromium)('the tour and the gallery', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test('the tour, from its first stop to its last, each with its formula and runs that end', async () => {
    const lab = await opened(browser)
    const { page } = lab
    await page.getByRole('button', { name: 'Tour' }).click()
    const card = page.getByRole('region', { name: 'Tour' })
    for (const [i, stop] of tour.entries()) {
      await card.getByText(`Tour, ${i + 1} of ${tour.length}`).waitFor()
      expect(await card.getByRole('heading').innerText()).toContain(stop.title)
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
      await card.locator('.theorem math').first().waitFor()
      for (const [arxiv] of stop.citation.matchAll(/(?<=arXiv )\d{4}\.\d{5}/g))
        expect(await card.locator(`a[href$="${arxiv}"]`).count()).toBe(1)
      await settled(page)
      const lanes = await page.locator('.theory').innerText()
      expect(lanes).not.toContain('violated')
      expect(lanes).toContain('holds')
      await card.getByRole('button', { name: i + 1 < tour.length ? 'Next' : 'Done' }).click()
    }
    await card.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Tour')
    expect(lab.complaints).toEqual([])
    expect(lab.foreign).toEqual([])
    await lab.close()
  })

  test('flow beside descent: one reading in flow time, and marks where things happened, each said in words', async () => {
    const lab = await opened(browser)
    const { page } = lab
    await page.getByRole('button', { name: 'Tour' }).click()
    for (let i = 1; i <= tour.findIndex(({ name }) => name === 'steps'); i++)
      await page.getByRole('button', { name: 'Next →' }).click()
    await settled(page)
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.getByRole('slider', { name: 'Time' }).press('End')
    // 44 steps of 0.55 reach furthest; the flow ends at 24.
    expect(await page.locator('.timeline .readout').innerText()).toMatch(/^flow time 24\.2 of 24\.2\s*$/)
    const marks = page.getByRole('list', { name: 'What happened' })
    await marks.getByText('your η: sharpness λ rose above 2/η').waitFor({ state: 'attached' })
    const words = await marks.locator('li li .unseen').allInnerTexts()
    expect(words.filter((one) => /^flow: saddle left at t = /.test(one))).toHaveLength(1)
    expect(words.filter((one) => /sharpness λ rose above 2\/η/.test(one))).toHaveLength(1)
    expect(words.some((one) => /^η = 0\.05: σ₁ learned at step 26\.9 \(t = 1\.35\)/.test(one))).toBe(true)
    await lab.close()
  })

  async function choose(page: Page, preset: Preset): Promise<void> {
    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: preset.title, exact: true }).click()
    const banner = page.getByRole('region', { name: 'Preset' })
    await banner.getByRole('heading', { name: preset.title }).waitFor()
    const text = (await banner.innerText()).replace(/\s+/g, ' ')
    expect(text).toContain(preset.claim.slice(0, 40))
    expect(text).toContain(preset.citation.slice(0, 20))
  }

  test('every preset opens, says where it comes from, and draws its runs to the end', async () => {
    const lab = await opened(browser)
    const { page } = lab
    for (const preset of presets.filter(({ id }) => !long.includes(id))) {
      await choose(page, preset)
      await settled(page)
      const { lanes } = preset.state().experiment
      const ended = (await said(page)).match(/done in |reached the limit|diverged/g) ?? []
      expect(ended.length, preset.id).toBeGreaterThanOrEqual(lanes.length)
      await curves(page).first().waitFor({ state: 'attached' })
    }
    expect(lab.complaints).toEqual([])
    await lab.close()
  }, 600_000)

  test.each(presets.filter(({ id }) => long.includes(id)).map((preset) => [preset.id, preset] as const))(
    '%s takes long, and says how far it is',
    async (_, preset) => {
      const lab = await opened(browser)
      await choose(lab.page, preset)
      await lab.page
        .getByText(/\d+ ?%|done in /)
        .first()
        .waitFor({ timeout: 60_000 })
      await curves(lab.page).first().waitFor({ state: 'attached', timeout: 60_000 })
      expect(lab.complaints).toEqual([])
      await lab.close()
    },
    120_000,
  )

  test('published numbers stand beside those of the runs', async () => {
    const preset = presets.find(({ id }) => id === 'published:norms-to-infinity')!
    const lab = await opened(browser)
    const { page } = lab
    await choose(page, preset)
    await settled(page)
    await page.getByRole('button', { name: 'Published numbers' }).click()
    const table = page.getByRole('dialog').getByRole('table')
    await table.locator('tbody tr:has(td)').first().waitFor()
    const rows = await table
      .locator('tbody tr:has(td)')
      .evaluateAll((all) =>
        all.map((row) =>
          [...row.querySelectorAll('td')]
            .slice(0, 2)
            .map((cell) => Number.parseFloat(cell.innerText.replaceAll('\u202f', ''))),
        ),
      )
    expect(rows).toHaveLength(preset.published!.numbers.length)
    for (const [i, { published }] of preset.published!.numbers.entries())
      expect(rows[i]![0]).toBe(published.value)
    expect(rows[2]![1]! / rows[2]![0]!).toBeCloseTo(1, 1)
    await lab.close()
  })

  test('at 380 pixels neither the gallery nor the numbers are wider than the screen', async () => {
    const lab = await openLab(browser, { viewport: { width: 380, height: 800 } })
    const { page } = lab
    const overflow = () =>
      page.evaluate(() => {
        const box = document.querySelector('dialog[open], [role="dialog"]')!
        return Math.max(
          ...[box, ...box.querySelectorAll('*')].map((one) => one.getBoundingClientRect().right),
        )
      })
    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    expect(await overflow()).toBeLessThanOrEqual(380)
    await page.getByRole('dialog').getByRole('button', { name: 'A norm that passes seventy' }).click()
    await settled(page)
    await page.getByRole('button', { name: 'Published numbers' }).click()
    await page.getByRole('dialog').getByRole('table').waitFor()
    expect(await overflow()).toBeLessThanOrEqual(380)
    await lab.close()
  })
})
