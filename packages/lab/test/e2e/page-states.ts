import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { LabState } from '../../src/experiment/experiment.ts'
import { encodeState } from '../../src/experiment/link.ts'
import { openingState } from '../../src/experiment/opening.ts'
import { openLab } from './lab.ts'
import { untilSettled } from './settled.ts'

/** A state that the page can be in, and how a person gets there from its link. */
export interface PageState {
  readonly name: string
  /** What the link holds; the opening when left out. */
  readonly state?: LabState
  readonly reach?: (page: Page) => Promise<unknown>
  /** Its runs take so long that nobody waits for them. */
  readonly isLong?: boolean
}

const { experiment, view } = openingState
const [{ label, changes }] = experiment.lanes as [LabState['experiment']['lanes'][number]]

function withConfig(change: object, more: Partial<LabState['experiment']> = {}): LabState {
  return {
    ...openingState,
    experiment: { ...experiment, config: { ...experiment.config, ...change }, ...more },
  }
}

const descent = {
  dynamics: { kind: 'gradientDescent', stepSize: 0.4 },
  until: { steps: 60 },
  record: { samples: 30 },
  probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 4 }, { kind: 'sharpness' }],
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** Opens every section and every fold of the setup. */
async function unfoldSetup(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>('.setup details')) fold.open = true
  })
}

/** All states that differ in what stands on the page. */
export const pageStates: readonly PageState[] = [
  { name: 'opening' },
  {
    name: 'setup unfolded, every help and source shown',
    reach: async (page) => {
      await unfoldSetup(page)
      const closed = page.locator('.setup :is(.tool, .about .link)[aria-expanded="false"]')
      while ((await closed.count()) > 0) await closed.first().click()
    },
  },
  {
    name: 'gradient descent, diverging',
    state: withConfig(descent, { lanes: [{ label: 'run', changes: {} }] }),
    reach: unfoldSetup,
  },
  { name: 'gallery', reach: press('Gallery') },
  { name: 'share', reach: press('Share') },
  {
    name: 'open: a file that cannot be read',
    reach: (page) =>
      page
        .locator('input[type="file"]')
        .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"seed": ') }),
  },
  { name: 'first stop of the tour', reach: press('Tour') },
  {
    name: 'last stop of the tour',
    reach: async (page) => {
      await press('Tour')(page)
      const next = page.getByRole('button', { name: 'Next →' })
      while ((await next.count()) > 0) await next.click()
    },
  },
  { name: 'preset', reach: (page) => choosePreset(page, 'Matrix sensing') },
  {
    name: 'published numbers',
    reach: async (page) => {
      await choosePreset(page, 'Figure 3: greedy low-rank learning')
      await press('Published numbers')(page)
      await page.getByRole('dialog').getByRole('table').waitFor()
    },
    isLong: true,
  },
  {
    name: 'enlarged panel with its table',
    reach: async (page) => {
      await press('Enlarge: depth 3')(page)
      await page.getByText('Data as table').click()
      await page.getByRole('table').waitFor()
    },
  },
  { name: 'enlarged matrices', reach: press('Enlarge: The matrices') },
  {
    name: 'statement',
    reach: async (page) => {
      await press(/^Theorem 1/)(page)
      await press('Insist')(page)
      await page.locator('.insisted').getByText('violated').waitFor()
    },
  },
  {
    name: 'bad values',
    state: {
      ...withConfig({ until: { time: -3 } }),
      drafts: { 'loss.observed': 'six hundred' },
    },
  },
  {
    name: 'failed run',
    state: withConfig({ loss: { ...(experiment.config.loss as object), observed: 2000 } }),
  },
  {
    name: 'pinned runs and several seeds',
    state: {
      ...withConfig({}, { seeds: 3, lanes: experiment.lanes.slice(1) }),
      view: { ...view, lane: 0, y: 'log' },
      pins: [
        {
          label: 'pinned depth 1',
          config: { ...experiment.config, network: { kind: 'linear', ...depthOf(changes) } },
          engine: 'strict',
        },
      ],
    },
  },
  {
    name: 'many lanes',
    state: withConfig(
      { until: { time: 6 } },
      {
        lanes: [1, 2, 3, 4, 5, 6, 7].map((scale) => ({
          label: `scale ${scale}/100`,
          changes: { 'init.scale': scale / 100 },
        })),
      },
    ),
  },
  { name: 'bad link', state: { ...openingState, preset: label }, reach: badLink },
]

function depthOf(change: object): { depth: number } {
  return { depth: (change as { 'network.depth': number })['network.depth'] }
}

async function choosePreset(page: Page, title: string): Promise<void> {
  await press('Gallery')(page)
  await press(title)(page)
  await page.getByRole('region', { name: 'Preset' }).waitFor()
}

async function badLink(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '1=nonsense'
  })
  await page.getByText('This link cannot be read').waitFor()
}

/** Opens the page in a state, and waits until all has been computed, said and drawn. */
export async function openState(
  browser: Browser,
  { state = openingState, reach, isLong = false }: PageState,
  options: BrowserContextOptions = {},
) {
  const opened = await openLab(browser, {
    hash: await encodeState(state),
    reducedMotion: 'reduce',
    ...options,
  })
  await untilQuiet(opened.page)
  await reach?.(opened.page)
  if (!isLong) await untilQuiet(opened.page)
  return opened
}

/** Waits until all is computed, and nothing on the page has changed for a while. */
export async function untilQuiet(page: Page): Promise<void> {
  await untilSettled(page)
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const while_ = 300
        const done = () => {
          observer.disconnect()
          resolve()
        }
        let timer = setTimeout(done, while_)
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(done, while_)
        })
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        })
      }),
  )
}
