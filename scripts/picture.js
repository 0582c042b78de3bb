// Renews docs/lab.png, the picture of the README: the lab as it opens, when every run has ended and every statement is checked.
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const page = new URL('../packages/lab/dist/linnet-lab.html', import.meta.url)
const picture = fileURLToPath(new URL('../docs/lab.png', import.meta.url))

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ],
})
try {
  const tab = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1.5,
    reducedMotion: 'reduce',
  })
  await tab.goto(page.href)
  await tab.locator('.lab[data-state="settled"]').waitFor({ timeout: 60_000 })
  await tab.screenshot({ path: picture })
  process.stdout.write(`${picture}\n`)
} finally {
  await browser.close()
}
