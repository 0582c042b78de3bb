import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openLab, singleFile } from './lab.ts'
import { type PlainHost, plainHost } from './plain-host.ts'
import { untilSettled } from './settled.ts'
import { smallConfig, smallLink, twoDepths } from './small.ts'

/** What the page has done with workers, put there by `countWorkers`. */
interface Counted {
  readonly workers: Worker[]
  ended: number
  mostAtOnce: number
  /** What happened, for whoever has to find out why there were more. */
  readonly log: string[]
}

function countWorkers(): void {
  const log: string[] = []
  const counted: Counted = { workers: [], ended: 0, mostAtOnce: 0, log }
  Object.assign(window, { counted })
  const note = (worker: Worker, what: string) =>
    log.push(`${Math.round(performance.now())} ms, worker ${counted.workers.indexOf(worker)}: ${what}`)
  window.Worker = class extends Worker {
    #isEnded = false
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      counted.workers.push(this)
      note(this, 'made')
      this.addEventListener('error', ({ message, isTrusted }) => note(this, `error ${message} ${isTrusted}`))
      this.addEventListener('message', ({ data: { type = 'started', sentence = '' } }) => {
        if (!['moved', 'certified', 'predicted'].includes(type)) note(this, `told ${type} ${sentence}`)
      })
      counted.mostAtOnce = Math.max(counted.mostAtOnce, counted.workers.length - counted.ended)
    }
    override postMessage(asked: { type: string }, more?: StructuredSerializeOptions | Transferable[]): void {
      note(this, `asked ${asked.type}`)
      super.postMessage(asked, more as StructuredSerializeOptions)
    }
    override terminate(): void {
      note(this, 'ended')
      if (!this.#isEnded) counted.ended++
      this.#isEnded = true
      super.terminate()
    }
  }
}

/** Machines that differ in what runs at once: here a thread for everything, there one for each piece of work. */
const machines: [string, () => void][] = [
  ['two cores', () => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 })],
  ['eight cores', () => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 8 })],
]

/** No worker starts: each breaks before its script has run. */
function startNone(): void {
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      super.terminate()
      setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'forbidden' })))
    }
  }
}

/** Every worker breaks at the first samples of a run. */
function breakWorkers(): void {
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      this.addEventListener('message', ({ data }) => {
        if (data.type === 'moved')
          this.dispatchEvent(new ErrorEvent('error', { message: 'broken on purpose' }))
      })
    }
  }
}

const countOf = (page: Page) =>
  page.evaluate(() => {
    const { workers, mostAtOnce, log } = (window as unknown as { counted: Counted }).counted
    // As many as the machine has, but one for the page, and four at most.
    const threads = Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1))
    return { made: workers.length, mostAtOnce, threads, log: log.join('\n') }
  })

const long = () =>
  smallLink({ config: { ...smallConfig, until: { steps: 100_000_000 }, record: { samples: 40 } } })

describe.skipIf(skipWithoutChromium)('workers', { timeout: 180_000 }, () => {
  let browser: Browser
  let host: PlainHost

  beforeAll(async () => {
    ;[browser, host] = await Promise.all([launch(), plainHost()])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    host?.server.close()
  })

  const open = async (address: string, hash = '', watch: readonly (() => void)[] = []) =>
    openLab(browser, { address, hash, watch: [...watch, countWorkers] })

  const forms: [string, () => string][] = [
    ['from disk', () => singleFile],
    ['over a host', () => host.address],
  ]

  describe.each(forms)('%s', (_, address) => {
    test.each<[string, () => Promise<string>]>([
      ['the opening', async () => ''],
      ['many seeds', () => smallLink({ lanes: twoDepths, seeds: 20 })],
    ])('%s: each thread is started once', async (_, link) => {
      const opened = await open(address(), await link())
      await untilSettled(opened.page)
      const { made, threads } = await countOf(opened.page)
      expect(made).toBeGreaterThan(0)
      expect(made).toBeLessThanOrEqual(threads)
      await opened.close()
    })

    test('edits and the tour: never more at once, and at most one more an edit', async () => {
      const opened = await open(address())
      const { page } = opened
      await untilSettled(page)
      const edits = 8
      const rows = page.locator('.setup [data-field="loss.truth.rows"] input.number')
      for (let i = 0; i < edits; i++) await rows.press('ArrowUp')
      await untilSettled(page)
      await page.getByRole('button', { name: 'Tour', exact: true }).click()
      await page.getByRole('button', { name: 'Next →' }).click()
      await untilSettled(page)
      const { made, mostAtOnce, threads } = await countOf(page)
      expect(mostAtOnce).toBeLessThanOrEqual(threads)
      // Each edit and each stop may find a thread that does not let go in time.
      expect(made).toBeLessThanOrEqual(threads + edits + 2)
      expect(opened.complaints).toEqual([])
      await opened.close()
    })

    test.each(machines)(
      'one that breaks is replaced once, by what is asked for next: %s',
      async (_, cores) => {
        const opened = await open(address(), await long(), [cores])
        const { page } = opened
        // The run alone is under way: of several pieces of work in a thread each would be tried once more.
        const broken = await page.waitForFunction(() => {
          const { workers, log } = (window as unknown as { counted: Counted }).counted
          const count = (what: string) => log.filter((line) => line.includes(what)).length
          const [asked, told] = [count('asked kernel'), count('told kernel')]
          if (count('told begun') === 0 || told === 0 || told < asked) return 0
          const all = [...workers]
          for (const worker of all) worker.dispatchEvent(new ErrorEvent('error', { message: 'on purpose' }))
          return all.length
        })
        const before = await broken.jsonValue()
        await page.getByText('The thread of the run broke off (on purpose)').first().waitFor()
        const link = await smallLink()
        await page.evaluate((hash) => {
          location.hash = hash
        }, link)
        await untilSettled(page)
        const { made, threads, log } = await countOf(page)
        expect(made - before, log).toBeGreaterThan(0)
        expect(made - before, log).toBeLessThanOrEqual(threads)
        await opened.close()
      },
    )
  })

  test.each([
    // Four runs, at first together and then each alone, their predictions, and what the stage asks for beside.
    ['breaks', breakWorkers, 'The thread of the run broke off (broken on purpose)', () => 2 * (4 + 4) + 2],
    // Those that are tried at once, one more, and one for each thing that the stage asks for after that.
    [
      'does not start',
      startNone,
      'This browser does not start the threads that compute (forbidden)',
      (threads: number) => threads + 1 + 2,
    ],
  ])('where every one %s the page says so and stops starting them', async (_, watch, sentence, most) => {
    const opened = await open(singleFile, await smallLink({ lanes: twoDepths, seeds: 2 }), [watch])
    const { page } = opened
    await page.getByText(sentence).first().waitFor()
    await page.waitForFunction(() => (window as unknown as { counted: Counted }).counted.workers.length > 1)
    await untilSettled(page)
    // What the stage asks for beside the runs it may ask for a little later.
    let before = 0
    await expect
      .poll(
        async () => {
          const { made } = await countOf(page)
          const isOver = made === before
          before = made
          return isOver
        },
        { interval: 1500, timeout: 20_000 },
      )
      .toBe(true)
    const { made, threads, log } = await countOf(page)
    expect(made, log).toBeGreaterThan(1)
    expect(made, log).toBeLessThanOrEqual(most(threads))
    await opened.close()
  })
})
