import { dynamics, inits, integrators, losses, matrices, networks, probes } from 'linnet'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { encodeState } from '../../src/experiment/link.ts'
import { openingState } from '../../src/experiment/opening.ts'
import { type OpenLab, openLab } from './lab.ts'
import { untilSettled } from './settled.ts'

/** Small enough to be run fifty times over. */
const small = {
  seed: 3,
  loss: {
    kind: 'completion',
    truth: { kind: 'lowRank', rows: 8, columns: 8, rank: 2 },
    observed: 50,
    normalisation: 'half',
  },
  network: { kind: 'linear', depth: 2 },
  init: { kind: 'identity', scale: 0.01 },
  dynamics: { kind: 'gradientFlow' },
  probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 3 }],
  until: { time: 2 },
  record: { samples: 20 },
}
const experiment = { ...openingState.experiment, config: small, lanes: [{ label: 'run', changes: {} }] }

const kindsOf = ({ entries }: { readonly entries: readonly { readonly kind: string }[] }) =>
  entries.map(({ kind }) => kind)

/** Where kinds are chosen: the label of the choice, and what it offers. */
const choices: readonly (readonly [label: string, kinds: readonly string[]])[] = [
  ['Problem', kindsOf(losses)],
  ['Network', kindsOf(networks)],
  ['Initialisation', kindsOf(inits)],
  ['truth', kindsOf(matrices)],
  ['integrator', kindsOf(integrators)],
  ['Dynamics', kindsOf(dynamics)],
]

/** Waits until the page shows what was chosen, and all that was asked for is done. */
async function untilShown(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await untilSettled(page)
}

interface Outcome {
  /** Sentences beside controls. */
  readonly wrong: readonly string[]
  /** What the stage says over its runs. */
  readonly stage: string
  readonly curves: number
}

async function outcomeOf(page: Page): Promise<Outcome> {
  await untilShown(page)
  const wrong = await page.locator('.setup [data-field] .wrong').allInnerTexts()
  const stage = await page.locator('.stage').innerText()
  const curves = await page.locator('.stage svg path').count()
  return { wrong: wrong.map((text) => text.trim()), stage, curves }
}

/** It was run, or a sentence beside a control says why not; what ran last is still there. */
function expectToBeSaid({ wrong, stage, curves }: Outcome, chosen: string): void {
  if (wrong.length === 0) expect(stage, chosen).toMatch(/done in|diverged/)
  for (const sentence of wrong) expect(sentence, chosen).toMatch(/^\S.{20,}[.](\s.+)?$/s)
  expect(curves, chosen).toBeGreaterThan(0)
}

describe.skipIf(skipWithoutChromium)('every kind of every registry', { timeout: 300_000 }, () => {
  let browser: Browser
  let opened: OpenLab

  beforeAll(async () => {
    browser = await launch()
    const hash = await encodeState({ ...openingState, experiment, view: { ...openingState.view, lane: 0 } })
    opened = await openLab(browser, { hash, viewport: { width: 1440, height: 900 } })
    await untilSettled(opened.page)
  }, 120_000)
  afterAll(() => browser?.close())

  test.each(choices)('%s', async (label, kinds) => {
    const { page, complaints } = opened
    const choice = page.locator('.setup').getByLabel(label, { exact: true })
    const offered = await choice
      .locator('option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')))
    expect(offered).toEqual(expect.arrayContaining([...kinds]))
    const first = await choice.inputValue()
    for (const kind of [...kinds, first]) {
      await choice.selectOption(kind)
      expectToBeSaid(await outcomeOf(page), `${label} ${kind}`)
      expect(await choice.inputValue()).toBe(kind)
    }
    expect(complaints).toEqual([])
  })

  test('what is recorded', async () => {
    const { page, complaints } = opened
    await page.locator('.setup summary', { hasText: 'Recorded quantities' }).click()
    const choice = page.getByLabel('Add a probe', { exact: true })
    for (const { kind, title } of probes.entries) {
      await choice.selectOption(kind)
      expectToBeSaid(await outcomeOf(page), `probe ${kind}`)
      // Taken off again: some cannot be recorded twice.
      await page
        .getByRole('button', { name: `Remove ${title}`, exact: true })
        .last()
        .click()
    }
    expect(complaints).toEqual([])
  })

  test('negative control: a value that cannot be run is said beside its control, and the last run stays', async () => {
    const { page } = opened
    const depth = page.getByRole('textbox', { name: /^depth/ })
    await depth.fill('0')
    const { wrong, stage, curves } = await outcomeOf(page)
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toContain('0 was given')
    expect(stage).toContain('This cannot be run; what is drawn is the last that could')
    expect(curves).toBeGreaterThan(0)
  })
})
