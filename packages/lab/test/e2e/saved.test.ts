import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTrajectoryCsv, trajectoryHash } from 'linnet'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { type RunningLab, startLab } from '../../../cli/test/lab-server.ts'
import { folder, linnet, smallConfig } from '../../../cli/test/linnet.ts'
import { found, screens } from './checker.ts'
import { type OpenLab, openLab } from './lab.ts'
import { untilQuiet } from './page-states.ts'
import { taken, untilSettled } from './settled.ts'

const count = 200
const named = (i: number) => `Small (run-${String(i).padStart(3, '0')})`

/** Two hundred runs, one by another engine, one broken once the server has looked at it. */
describe.skipIf(skipWithoutChromium)('saved runs beside the live ones', () => {
  const cwd = folder()
  let browser: Browser
  let lab: RunningLab
  let opened: OpenLab
  let saved: Locator

  beforeAll(async () => {
    writeFileSync(join(cwd, 'config.json'), JSON.stringify(smallConfig))
    await linnet(['run', 'config.json', '--out', join('runs', 'run-000'), '--engine', 'fma'], { cwd })
    await linnet(['run', 'config.json', '--out', join('runs', 'run-001')], { cwd })
    const path = (i: number) => join(cwd, 'runs', `run-${String(i).padStart(3, '0')}`)
    for (let i = 2; i < count; i++) cpSync(path(1), path(i), { recursive: true })
    ;[browser, lab] = await Promise.all([launch(), startLab(['runs', '--port', '0'], cwd)])
    rmSync(join(path(150), 'outcome.json'))
    opened = await openLab(browser, { address: lab.address })
    saved = opened.page.getByRole('region', { name: 'Saved runs' })
    await saved.getByText(`${count - 6} more`).waitFor({ timeout: 60_000 })
    await untilSettled(opened.page)
  }, 240_000)
  afterAll(async () => {
    await opened?.close()
    await browser?.close()
    await lab?.stop()
  })

  const item = (label: string) => saved.locator('.runs > li').filter({ hasText: label })

  test('each says which engine made it', async () => {
    expect(await item(named(0)).innerText()).toContain('engine fma')
    expect(await item(named(1)).innerText()).toContain('engine strict')
  })

  test('unfolded it says how it ended, and its certificates', async () => {
    const one = item(named(1))
    expect(await one.locator('.said').innerText()).toMatch(/4 hold · 1 does not apply/)
    await one.locator('summary').click()
    await one.getByText('It ended: the horizon of 200 units of flow time was reached.').waitFor()
    await one.getByText(/Lemma 1 \(conservation\) holds/).waitFor()
  })

  test('of many the first are drawn, others by asking, up to a dozen', async () => {
    await saved.getByText(`${count - 6} more`).click()
    for (let i = 100; i < 106; i++)
      await saved.getByRole('button', { name: `Draw ${named(i)}`, exact: true }).click()
    await saved.getByText('12 are drawn; take one off').waitFor()
    expect(await saved.getByRole('button', { name: `Draw ${named(7)}`, exact: true }).isDisabled()).toBe(true)
    await saved.getByRole('button', { name: `Take ${named(105)} off the stage` }).click()
    await saved.getByText(`${count - 11} more`).waitFor()
    await saved.getByRole('button', { name: `Draw ${named(105)}`, exact: true }).waitFor()
  })

  test('its config runs here, and gives the bits that were saved', async () => {
    await item(named(1)).getByRole('button', { name: 'Run its config here' }).click()
    const { found } = await taken(opened.page)
    const kept = readFileSync(join(cwd, 'runs', 'run-001', 'trajectory.csv'))
    expect(Object.values(found)).toEqual([trajectoryHash(readTrajectoryCsv(kept, 'trajectory.csv'))])
    expect(opened.complaints).toEqual([])
  })

  test('one whose file has gone is a sentence, the others stay', async () => {
    await saved.getByRole('button', { name: `Draw ${named(150)}`, exact: true }).click()
    await opened.page.getByRole('alert').getByText('runs/150/outcome.json could not be loaded').waitFor()
    expect(await saved.locator('.runs > li').count()).toBe(11)
  })

  // The last ones: what the checker needs to see stays unfolded.
  test.each(['desk', 'phone'] as const)(
    'an accessibility checker finds nothing: %s',
    {
      timeout: 60_000,
    },
    async (screen) => {
      const { page } = opened
      // Higher than other pages: two hundred runs are unfolded.
      await page.setViewportSize({ ...screens[screen], height: 20_000 })
      await untilQuiet(page)
      expect(await found(page)).toEqual([])
    },
  )
})
