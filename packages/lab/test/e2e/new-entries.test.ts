import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { build, type Plugin } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { singleFile } from '../../single-file.js'
import { openLab } from './lab.ts'
import { untilSettled } from './settled.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const invented = fileURLToPath(new URL('../invented.ts', import.meta.url))

/** One line in the index of each family, as CONTRIBUTING says: where its list begins, and what stands in it from now on. */
const lines: Readonly<Record<string, readonly [list: RegExp, name: string]>> = {
  losses: [/registry<LossEntry>\('loss', \[/, 'leaning'],
  inits: [/registry<InitEntry>\('init', \[/, 'sown'],
  dynamics: [/registry<DynamicsEntry>\('dynamics', \[/, 'ambling'],
  probes: [/const entries = \{/, 'corner'],
  theory: [/registry<Statement>\('statement', \[/, 'remark0'],
}

const withLines: Plugin = {
  name: 'lines',
  enforce: 'pre',
  transform(code, id) {
    const [, family = ''] = /packages\/linnet\/src\/(\w+)\/index\.ts$/.exec(id) ?? []
    const [list, name] = lines[family] ?? []
    if (!list || !name) return undefined
    if (!list.test(code)) throw new Error(`the index of ${family} is written otherwise`)
    return `import { ${name} } from ${JSON.stringify(invented)}\n${code.replace(list, (start) => `${start}${name}, `)}`
  },
}

describe.skipIf(skipWithoutChromium)('entries that the lab has never heard of', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-lab-'))
  const file = join(folder, 'lab.html')
  let browser: Browser

  beforeAll(async () => {
    const environment = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    const outDir = join(folder, 'built')
    await build({ root, logLevel: 'warn', plugins: [withLines], build: { outDir } })
    process.env.NODE_ENV = environment
    writeFileSync(file, singleFile(outDir))
    browser = await launch()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('are offered, run, and are certified like all others', async () => {
    const { page, complaints } = await openLab(browser, {
      address: pathToFileURL(file).href,
      viewport: { width: 1440, height: 900 },
    })
    await untilSettled(page)
    const setup = page.locator('.setup')
    for (const [label, title] of [
      ['Problem', 'Leaning regression'],
      ['Initialisation', 'Sown in rows'],
      ['Dynamics', 'Ambling'],
    ] as const) {
      await setup.getByLabel(label, { exact: true }).selectOption({ label: title })
      await setup.getByText('made up for a test').first().waitFor()
    }
    await setup.getByText('Recorded quantities').click()
    await setup.getByLabel('Add a probe', { exact: true }).selectOption({ label: 'Corner entry' })
    for (const name of ['tilt', 'teeth', 'grip', 'weave', 'seedling', 'stride'])
      await setup.getByText(name, { exact: true }).first().waitFor()
    // The panel of the new probe, and what the new statement says of the new dynamics.
    await page.locator('.stage').getByRole('heading', { name: 'Corner', exact: true }).waitFor()
    await untilSettled(page)
    expect(await page.locator('.stage').innerText()).toContain('done in')
    const statement = page.locator('.theory').getByRole('button', { name: /^Remark 0/ })
    expect(await statement.innerText()).toContain('holds')
    await statement.click()
    await page.locator('.theory').getByText('Weights are numbers, made up for a test.').waitFor()
    expect(complaints).toEqual([])
  })

  test('negative control: without their lines nobody has heard of them', async () => {
    const { page } = await openLab(browser)
    await untilSettled(page)
    expect(await page.locator('.setup option', { hasText: 'Leaning' }).count()).toBe(0)
    expect(await page.locator('.theory').innerText()).not.toContain('Remark 0')
  })
})
