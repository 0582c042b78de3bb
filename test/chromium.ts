import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian and others put Chromium; CHROMIUM overrides. */
const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

export const chromiumPath = places.find((place) => place !== undefined && existsSync(place))

/** In CI nothing may be skipped: there the missing browser is a failure. */
export const skipWithoutChromium = chromiumPath === undefined && process.env.LINNET_REQUIRE_ALL !== '1'

if (skipWithoutChromium)
  console.warn(
    'SKIPPED: tests in Chromium, because none was found; `bash scripts/provision.sh --install` gets it',
  )

/** Starts Chromium without a window, its background traffic off: tests talk to nothing but themselves. */
export function launch(): Promise<Browser> {
  if (chromiumPath === undefined)
    throw new Error(
      'no Chromium was found; run `bash scripts/provision.sh --install` or set CHROMIUM to its path',
    )
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
