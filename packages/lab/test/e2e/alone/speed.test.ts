import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../../test/chromium.ts'
import { folder, linnet } from '../../../../cli/test/linnet.ts'
import { openLab } from '../lab.ts'
import { quietMoment } from './attempts.ts'
import { largeConfig, linkOf } from './large.ts'

const steps = 2000
/** What is asked of the worker, as a share of the command line's speed. */
const least = 0.9

/** Of the negative control. */
const few = 300

/** Notes when messages of these types came first, in milliseconds since navigation. */
function watchWorkers(): void {
  const told: Record<string, number> = {}
  // One thread, however large the machine.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 })
  const Original = Worker
  Object.assign(window, {
    told,
    Worker: class extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options)
        this.addEventListener('message', ({ data }) => {
          told[data.type] ??= performance.now()
        })
      }
    },
  })
}

describe.skipIf(skipWithoutChromium)('the worker of the page', () => {
  const cwd = folder()
  const configOf = (until: { steps: number }) =>
    largeConfig({ dynamics: { kind: 'gradientDescent', stepSize: 0.02 }, until })
  let browser: Browser

  beforeAll(async () => {
    writeFileSync(join(cwd, 'config.json'), JSON.stringify(configOf({ steps })))
    browser = await launch()
  })
  afterAll(() => browser?.close())

  let run = 0
  /** Steps a second of the simulation alone, as `run` reports them. */
  async function onTheCommandLine(): Promise<number> {
    const { stdout, code } = await linnet(['run', 'config.json', '--json', '--out', `run-${run++}`], { cwd })
    expect(code).toBe(0)
    const { seconds } = JSON.parse(stdout)
    return steps / seconds
  }

  /** Steps a second from the first word of the run to its last, whatever else the worker does in between. */
  async function inThePage(hash: string, steps: number): Promise<number> {
    const opened = await openLab(browser, { hash, watch: watchWorkers })
    // The page has nothing to draw then.
    await opened.page.getByRole('button', { name: 'Back to the start' }).click()
    await opened.page.waitForFunction(() => 'ended' in (window as unknown as { told: object }).told)
    const { begun, ended } = await opened.page.evaluate(
      () => (window as unknown as { told: { begun: number; ended: number } }).told,
    )
    await opened.close()
    return (1000 * steps) / (ended - begun)
  }

  test('makes nine steps at least where the command line makes ten', async () => {
    const link = await linkOf(configOf({ steps }))
    const page: number[] = []
    const line: number[] = []
    // In turns, so that both see the same machine; the best, because others only ever slow it down.
    const ratio = () => Math.max(...page) / Math.max(...line)
    for (let turn = 0; turn < 3 || (turn < 5 && ratio() < least); turn++) {
      await quietMoment()
      line.push(Math.round(await onTheCommandLine()))
      await quietMoment()
      page.push(Math.round(await inThePage(link, steps)))
    }
    console.log(`steps a second: page ${page}, command line ${line}, ratio ${ratio().toFixed(3)}`)
    expect(ratio()).toBeGreaterThanOrEqual(least)
  }, 180_000)

  test('negative control: a worker that has other things to do, too, is found slower', async () => {
    const config = configOf({ steps: few })
    const alone = await inThePage(await linkOf(config), few)
    const amongFour = await inThePage(await linkOf(config, 4), few)
    expect(amongFour / alone).toBeLessThan(0.6)
  })
})
