import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { securityHeaders } from '../../../cli/src/lab/headers.ts'
import { type RunningLab, startLab } from '../../../cli/test/lab-server.ts'
import { folder } from '../../../cli/test/linnet.ts'
import { attack, type Elsewhere, elsewhere, reaches, runs } from './elsewhere.ts'
import { openLab, singleFile, untilCertified } from './lab.ts'
import { type PlainHost, plainHost, withoutPolicy } from './plain-host.ts'

describe.skipIf(skipWithoutChromium)('what is injected into the page', { timeout: 120_000 }, () => {
  const cwd = folder()
  const bareFile = join(cwd, 'bare.html')
  let browser: Browser
  let lab: RunningLab
  let [ofPage, ofHeader, bare]: PlainHost[] = []
  let there: Elsewhere

  beforeAll(async () => {
    writeFileSync(bareFile, withoutPolicy(readFileSync(fileURLToPath(singleFile), 'utf8')))
    ;[browser, lab, ofPage, ofHeader, bare, there] = await Promise.all([
      launch(),
      startLab(['--port', '0'], cwd),
      plainHost(),
      plainHost(securityHeaders, withoutPolicy),
      plainHost({}, withoutPolicy),
      elsewhere(),
    ])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    for (const host of [ofPage, ofHeader, bare, there]) host?.server.close()
  })

  const guarded: [string, () => string][] = [
    ['over linnet lab', () => lab.address],
    ['by the policy of the page alone', () => ofPage!.address],
    ['by the header alone', () => ofHeader!.address],
    ['in the single file', () => singleFile],
  ]
  test.each(guarded)('%s: nothing of it runs, nothing is fetched, and each breach is told', async (_, at) => {
    there.asked.clear()
    const opened = await openLab(browser, { address: at() })
    await untilCertified(opened)
    expect(opened.complaints).toEqual([])
    expect(await attack(opened.page, there.address)).toEqual([])
    expect([...there.asked]).toEqual([])
    const told = opened.complaints.join('\n')
    const directives = ['script-src-elem', 'script-src-attr', 'style-src-elem', 'img-src', 'frame-src']
    for (const directive of [...directives, 'connect-src', 'eval']) expect(told).toContain(directive)
    await opened.close()
  })

  const unguarded: [string, () => string][] = [
    ['over a host', () => bare!.address],
    ['as a file', () => pathToFileURL(bareFile).href],
  ]
  test.each(unguarded)('negative control, %s: without a policy all of it works', async (_, at) => {
    there.asked.clear()
    const opened = await openLab(browser, { address: at() })
    await untilCertified(opened)
    expect(await attack(opened.page, there.address)).toEqual(runs)
    await expect.poll(() => [...there.asked].sort(), { timeout: 30_000 }).toEqual([...reaches].sort())
    await opened.close()
  })

  test('no other page frames the lab; negative control: without the header one does', async () => {
    const framing = (address: string) => `<!doctype html><iframe src="${address}"></iframe>`
    const host = await elsewhere({ '/lab': framing(lab.address), '/bare': framing(ofPage!.address) })
    const page = await browser.newPage()
    await page.goto(`${host.address}/bare`)
    await page.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor()
    await page.goto(`${host.address}/lab`)
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/)
    await page.close()
    host.server.close()
  })
})
