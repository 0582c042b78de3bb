import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { type RunningLab, startLab } from '../../../cli/test/lab-server.ts'
import { folder } from '../../../cli/test/linnet.ts'
import { openLab, singleFile, untilCertified } from './lab.ts'
import { untilSettled } from './settled.ts'
import { smallLink } from './small.ts'

/** What became of the workers of a page. */
interface Counts {
  started: number
  ended: number
  /** At once, at most. */
  most: number
  /** Of those started: the first so many that broke. */
  broken: number
}

/** A machine with four processors, as seen by the page: one is its own. */
const threads = 3

/** Counts workers; of those that are started the first `broken` break, when they have told something or, `early`, before. */
function countWorkers(broken: number, early: boolean): string {
  return `(${(breaking: number, isEarly: boolean) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 })
    const counts: Counts = { started: 0, ended: 0, most: 0, broken: 0 }
    const Original = Worker
    Object.assign(window, {
      counts,
      Worker: class extends Original {
        constructor(address: string | URL, options?: WorkerOptions) {
          super(address, options)
          counts.started++
          counts.most = Math.max(counts.most, counts.started - counts.ended)
          if (counts.started > breaking) return
          const fail = () => {
            counts.broken++
            this.dispatchEvent(new ErrorEvent('error', { message: 'it broke' }))
          }
          if (isEarly) {
            super.terminate()
            setTimeout(fail)
          } else this.addEventListener('message', ({ data }) => data.type === 'moved' && fail())
        }
        override terminate() {
          super.terminate()
          counts.ended++
        }
      },
    })
  }})(${broken}, ${early})`
}

const scaleOf = (page: Page) => page.locator('.setup [data-field="init.scale"] input.number').first()
const countsOf = (page: Page) => page.evaluate(() => (window as unknown as { counts: Counts }).counts)

describe.skipIf(skipWithoutChromium)('workers', () => {
  let browser: Browser
  let lab: RunningLab

  beforeAll(async () => {
    ;[browser, lab] = await Promise.all([launch(), startLab(['--port', '0'], folder())])
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
  })

  async function open(address: string, hash = '', broken = 0, early = false) {
    const opened = await openLab(browser, { address, hash, watch: { content: countWorkers(broken, early) } })
    return { ...opened, counts: () => countsOf(opened.page) }
  }

  const forms: [string, () => string][] = [
    ['from disk', () => singleFile],
    ['over linnet lab', () => lab.address],
  ]

  test.each(forms)(
    '%s: opening, seeds, edits and the tour are done by the same few',
    async (_, address) => {
      const opened = await open(address())
      const { page, counts } = opened
      await untilCertified(opened)
      await untilSettled(page)
      expect(await counts()).toMatchObject({ started: threads, ended: 0, most: threads })
      for (const value of ['0.002', '0.003', '0.004']) {
        await scaleOf(page).fill(value)
        await untilSettled(page)
      }
      await page.getByRole('button', { name: 'Tour' }).click()
      for (let stop = 0; stop < 4; stop++) {
        await untilSettled(page)
        await page.getByRole('button', { name: 'Next →' }).click()
      }
      await untilSettled(page)
      // What is cancelled and does not let go is replaced: never are there more, and never two for one edit.
      const after = await counts()
      expect(after.most).toBe(threads)
      expect(after.started - after.ended).toBeLessThanOrEqual(threads)
      expect(after.started).toBeLessThanOrEqual(threads + 8)
      expect(opened.complaints).toEqual([])
      await opened.close()
    },
    240_000,
  )

  test.each(forms)(
    '%s: many edits one after the other start few',
    async (_, address) => {
      const opened = await open(address(), await smallLink({ seeds: 12 }))
      const { page, counts } = opened
      for (let edit = 1; edit <= 30; edit++) await scaleOf(page).fill(`${edit}e-3`)
      await untilSettled(page)
      const after = await counts()
      expect(after.most).toBeLessThanOrEqual(threads)
      // A machine may be so busy that some do not let go in time.
      expect(after.started - after.ended).toBeLessThanOrEqual(threads)
      expect(after.started).toBeLessThanOrEqual(threads + 15)
      await opened.close()
    },
    120_000,
  )

  test('one that breaks is replaced once, and everything is done', async () => {
    const opened = await open(singleFile, await smallLink({ seeds: 4 }), 1)
    await untilSettled(opened.page)
    expect(await opened.counts()).toMatchObject({ broken: 1, started: threads + 1, ended: 1 })
    await opened.page.locator('.lanes .standing').getByText('done').waitFor()
    await opened.close()
  }, 240_000)

  test('negative control: where every one breaks, that is seen, and ends', async () => {
    const opened = await open(singleFile, await smallLink({ seeds: 4 }), 1000)
    await untilSettled(opened.page)
    await opened.page
      .getByText('The thread of the run broke off (it broke)')
      .first()
      .waitFor({ timeout: 120_000 })
    const { started, ended, broken } = await opened.counts()
    expect(ended).toBe(broken)
    expect(broken).toBeGreaterThan(threads)
    expect(started).toBeLessThanOrEqual(2 * 4 + threads)
    await opened.close()
  }, 240_000)

  test('where none starts, a few are tried and a sentence says so', async () => {
    const opened = await open(singleFile, await smallLink({ seeds: 12 }), 1000, true)
    await opened.page
      .getByText('This browser does not start the threads that compute (it broke)')
      .first()
      .waitFor({ timeout: 120_000 })
    await untilSettled(opened.page)
    expect(await opened.counts()).toMatchObject({ started: threads + 1 })
    await opened.close()
  }, 240_000)
})
