import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { type RunningLab, startLab } from '../../../cli/test/lab-server.ts'
import { folder, linnet, smallConfig } from '../../../cli/test/linnet.ts'
import { openLab, singleFile, untilCertified } from './lab.ts'
import { type PlainHost, plainHost } from './plain-host.ts'

describe.skipIf(skipWithoutChromium)('the lab opens', () => {
  const cwd = folder()
  let browser: Browser
  let lab: RunningLab
  let host: PlainHost

  beforeAll(async () => {
    writeFileSync(join(cwd, 'config.json'), JSON.stringify(smallConfig))
    await linnet(['run', 'config.json', '--out', 'small'], { cwd })
    ;[browser, lab, host] = await Promise.all([
      launch(),
      startLab(['small', '--port', '0'], cwd),
      plainHost(),
    ])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    host?.server.close()
  })

  const forms: [string, () => string][] = [
    ['over linnet lab', () => lab.address],
    ['over a plain host, in a folder of it', () => host.address],
    ['as one file from disk', () => singleFile],
  ]
  test.each(forms)(
    '%s: certificates hold, nothing is complained of, nobody else is asked',
    async (_, address) => {
      const opened = await openLab(browser, { address: address() })
      await untilCertified(opened)
      expect(await opened.page.getByRole('heading', { level: 1 }).textContent()).toContain('Linnet')
      expect(opened.complaints).toEqual([])
      expect(opened.foreign).toEqual([])
      await opened.close()
    },
  )

  test('the single file asks for nothing but itself', async () => {
    const opened = await openLab(browser)
    await untilCertified(opened)
    const asked = opened.requests.filter((url) => !/^(blob|data):/.test(url))
    expect(asked).toEqual([singleFile])
    await opened.close()
  })

  test('a saved run stands beside the live ones, and can be taken off', async () => {
    const opened = await openLab(browser, { address: lab.address })
    const saved = opened.page.getByRole('region', { name: 'Saved runs' })
    await saved.getByText('Small').waitFor()
    await saved.getByRole('button', { name: 'Take Small off the stage' }).click()
    await saved.getByText('1 that can be drawn').click()
    await saved.getByRole('button', { name: 'Draw Small' }).waitFor()
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('the single file needs no network, opened or reloaded', async () => {
    const opened = await openLab(browser, { offline: true })
    await untilCertified(opened)
    // Negative control: there is no network.
    expect(await opened.page.evaluate(() => navigator.onLine)).toBe(false)
    const other = await opened.page.context().newPage()
    await expect(other.goto(lab.address)).rejects.toThrow('ERR_INTERNET_DISCONNECTED')
    await other.close()
    await opened.page.reload()
    await untilCertified(opened)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })
})
