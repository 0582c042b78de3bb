import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import type { LabState } from '../../src/experiment/experiment.ts'
import { encodeState } from '../../src/experiment/link.ts'
import { openingState } from '../../src/experiment/opening.ts'
import { openLab } from './lab.ts'
import { drawnCurves, untilSettled } from './settled.ts'
import { smallConfig, smallLink } from './small.ts'

const title = 'Title of the experiment'

/** What a page could be made to do by a text that is taken for HTML. */
function foreignElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('body *:not(#script)')]
    const isForeign = (element: Element) =>
      ['IMG', 'SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'LINK', 'BASE', 'META', 'FORM'].includes(
        element.tagName.toUpperCase(),
      ) || element.getAttributeNames().some((name) => /^on/i.test(name))
    return all.filter(isForeign).map(({ outerHTML }) => outerHTML.slice(0, 80))
  })
}

const hostile = (what: string) =>
  `${what}</title><img src="x" onerror="window.pwned=1"><script>window.pwned=1</script>`

describe.skipIf(skipWithoutChromium)('links', { timeout: 180_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const notice = (page: Page) => page.locator('.notice p')

  const bad: [string, () => string | Promise<string>, RegExp][] = [
    ['cut off', async () => (await smallLink()).slice(0, -40), /it is damaged/],
    ['garbage', () => '1=%%%%', /it is damaged/],
    ['of another version', async () => (await smallLink()).replace(/^1/, '2'), /another version of the lab/],
    ['of another kind', () => 'state=7', /does not begin with 1= or config=/],
    ['a config that is no JSON', () => 'config=%7B%22seed%22', /config/],
  ]
  test.each(bad)('%s: says so; the opening is shown, or what was there stays', async (_, make, reason) => {
    const link = await make()
    const opened = await openLab(browser, { hash: link })
    const { page } = opened
    await notice(page).waitFor()
    expect(await notice(page).innerText()).toMatch(
      /^This link cannot be read: .*; the last good state is shown\.$/,
    )
    expect(await notice(page).innerText()).toMatch(reason)
    expect(await page.getByLabel(title).inputValue()).toBe(openingState.experiment.config.title)
    await untilSettled(page)
    expect((await drawnCurves(page)).length).toBeGreaterThanOrEqual(15)
    await opened.close()

    const other = await openLab(browser, { hash: await smallLink() })
    await untilSettled(other.page)
    const before = await drawnCurves(other.page)
    const address = other.page.url()
    await other.page.evaluate((hash) => (location.hash = hash), link)
    await notice(other.page).waitFor()
    expect(await notice(other.page).innerText()).toMatch(reason)
    expect(other.page.url()).toBe(address)
    expect(await drawnCurves(other.page)).toEqual(before)
    await other.page.getByRole('button', { name: 'Close this message' }).click()
    await notice(other.page).waitFor({ state: 'detached' })
    expect([...opened.complaints, ...other.complaints]).toEqual([])
    await other.close()
  })

  test('an unknown kind: a sentence beside its control and over the stage, and something to look at', async () => {
    const hash = await smallLink({ config: { ...smallConfig, loss: { kind: 'quantum' } } })
    const opened = await openLab(browser, { hash })
    const { page } = opened
    const sentence = /"?quantum"? was given, but .* is expected/
    await page.getByRole('alert').getByText(sentence).waitFor()
    await page.locator('.spec[data-field="loss"] .wrong').getByText(sentence).waitFor()
    expect(await page.getByLabel(title).inputValue()).toBe('Small')
    await untilSettled(page)
    expect((await drawnCurves(page)).length).toBeGreaterThan(0)

    await page.locator('.spec[data-field="loss"] select').first().selectOption('completion')
    await page.getByRole('alert').getByText(sentence).waitFor({ state: 'detached' })
    await untilSettled(page)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  const hostileState: LabState = {
    experiment: {
      config: { ...smallConfig, title: hostile('title') },
      lanes: [
        { label: hostile('one'), changes: { 'network.depth': 1 } },
        { label: hostile('two'), changes: { 'network.depth': 2 } },
      ],
      seeds: 2,
      engine: 'strict',
    },
    pins: [{ label: hostile('pin'), config: { ...smallConfig, seed: 9 }, engine: 'strict' }],
    view: { ...openingState.view, lane: 1, statement: hostile('statement') },
    drafts: { 'init.scale': hostile('draft'), [hostile('field')]: hostile('draft') },
    preset: hostile('preset'),
  }

  test('a hostile link is text, wherever it is shown', async () => {
    const opened = await openLab(browser, { hash: await encodeState(hostileState) })
    const { page } = opened
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await untilSettled(page)
    expect(await page.getByLabel(title).inputValue()).toBe(hostile('title'))
    expect(await page.locator('.lanes h3').allInnerTexts()).toEqual([hostile('one'), hostile('two')])
    expect(await page.getByLabel('Name of the pinned run 1').inputValue()).toBe(hostile('pin'))
    await page.getByText(hostile('draft').slice(0, 20)).first().waitFor()
    await page
      .getByRole('button', { name: /^Enlarge: / })
      .first()
      .click()
    await page.getByText('Data as table').click()
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByRole('dialog').getByText('Fingerprints').waitFor()
    expect(await foreignElements(page)).toEqual([])
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect([dialogs, opened.complaints, opened.foreign]).toEqual([[], [], []])
    await opened.close()
  })

  test('a config with hostile kinds and keys is refused in words', async () => {
    const config = {
      ...smallConfig,
      [hostile('key')]: 1,
      loss: { kind: hostile('kind') },
      probes: [{ kind: hostile('probe') }],
    }
    const opened = await openLab(browser, { hash: await smallLink({ config }) })
    const { page } = opened
    await page.getByRole('alert').getByText('was given').first().waitFor()
    expect(await foreignElements(page)).toEqual([])
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('negative control: the same text as HTML is found, and the policy stops it', async () => {
    const opened = await openLab(browser, { hash: await smallLink() })
    const { page } = opened
    await untilSettled(page)
    await page.evaluate(
      (text) => document.querySelector('h3')!.insertAdjacentHTML('beforeend', text),
      hostile(''),
    )
    expect((await foreignElements(page)).length).toBe(2)
    await expect.poll(() => opened.complaints.join('\n'), { timeout: 30_000 }).toContain('script-src')
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    await opened.close()
  })
})
