import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** The lab as one file on the disk. */
export const singleFile = pathToFileURL(
  fileURLToPath(new URL('../../dist/linnet-lab.html', import.meta.url)),
).href

/** Where and how the lab is opened. */
export interface Opening extends BrowserContextOptions {
  /** Of the server, or of the single file (default). */
  readonly address?: string
  /** What the link holds, without `#`. */
  readonly hash?: string
  /** What happens in the page before its own script runs. */
  readonly watch?: (() => void) | readonly (() => void)[]
}

/** The lab in a browser profile of its own, and everything that it did beside being a page. */
export interface OpenLab {
  readonly page: Page
  /** Errors and warnings in the console, uncaught errors, and breaches of the content security policy. */
  readonly complaints: readonly string[]
  /** Addresses asked for, but those that begin with the lab's own address, `blob:` or `data:`. */
  readonly foreign: readonly string[]
  /** Every address asked for. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** Collects breaches of the policy from the first moment on: the console names some of them only. */
function recordBreaches(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    console.error(`policy: ${violatedDirective} forbids ${blockedURI} ${sample}`),
  )
}

/** Opens the lab; nothing has been waited for but its page and script. */
export async function openLab(
  browser: Browser,
  { address = singleFile, hash = '', watch = [], ...options }: Opening = {},
): Promise<OpenLab> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  const foreign: string[] = []
  const isOwn = (url: string) => url.startsWith(address) || /^(blob|data):/.test(url)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  context.on('request', (request) => {
    requests.push(request.url())
    if (!isOwn(request.url())) foreign.push(request.url())
  })
  for (const script of [recordBreaches, watch].flat()) await page.addInitScript(script)
  await page.goto(`${address}${hash === '' ? '' : `#${hash}`}`)
  return { page, complaints, foreign, requests, close: () => context.close() }
}

/** Waits until a certificate holds: engine, worker and page have all done their part. */
export async function untilCertified({ page }: OpenLab, timeout = 30_000): Promise<void> {
  await page
    .getByRole('region', { name: 'Theory' })
    .getByText('holds', { exact: false })
    .first()
    .waitFor({ timeout })
}
