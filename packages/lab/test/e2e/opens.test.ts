import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { type RunningLab, startLab } from '../../../cli/test/lab-server.ts'
import { folder, linnet, smallConfig } from '../../../cli/test/linnet.ts'
import { openLab, singleFile, untilCertified } from './lab.ts'

const built = fileURLToPath(new URL('../../dist/folder', import.meta.url))

/** A host of static files as plain as can be, the lab in a folder of it. */
async function plainHost(): Promise<{ readonly server: Server; readonly address: string }> {
  const types: Readonly<Record<string, string>> = {
    html: 'text/html',
    js: 'text/javascript',
    css: 'text/css',
  }
  const server = createServer(({ url = '' }, response) => {
    try {
      const name = url.replace(/^\/some\/where\//, '') || 'index.html'
      response.setHeader('Content-Type', types[name.split('.').at(-1)!] ?? 'application/json')
      response.end(readFileSync(join(built, name)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { server, address: `http://127.0.0.1:${port}/some/where/` }
}

describe.skipIf(skipWithoutChromium)('the lab opens', () => {
  const cwd = folder()
  let browser: Browser
  let lab: RunningLab
  let host: Awaited<ReturnType<typeof plainHost>>

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

  test.each(forms)(
    'negative control, %s: the policy stops what it has to, and that is seen',
    async (_, address) => {
      const opened = await openLab(browser, { address: address() })
      await opened.page.evaluate(async () => {
        document.head.append(
          Object.assign(document.createElement('style'), { textContent: 'h1 { color: red }' }),
        )
        document.head.append(
          Object.assign(document.createElement('script'), { textContent: 'window.inline = 1' }),
        )
        new Image().src = 'https://elsewhere.invalid/image.png'
        await fetch('https://elsewhere.invalid/').catch(() => undefined)
        // Later: while a driver's own code runs, evaluation is allowed.
        await new Promise<void>((resolve) =>
          setTimeout(() => {
            try {
              Object.assign(window, { evaluated: new Function('return 1')() })
            } catch {}
            resolve()
          }, 50),
        )
      })
      const got = await opened.page.evaluate(() => ['inline' in window, 'evaluated' in window])
      expect(got).toEqual([false, false])
      for (const directive of ['style-src', 'script-src', 'img-src', 'connect-src', 'eval'])
        expect(opened.complaints.join('\n')).toContain(directive)
      await opened.close()
    },
  )
})
