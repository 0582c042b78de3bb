import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { openState, type PageState, pageStates, untilQuiet } from './page-states.ts'

const stateNamed = (name: string): PageState => pageStates.find((state) => state.name === name)!

/** What has the focus, as assistive technology calls it; inside `within` where that is given. */
function focused(page: Page, within = 'body'): Promise<string> {
  return page.evaluate((place) => {
    const element = document.activeElement
    if (!element?.closest(place) || element === document.body) return ''
    const [label] = (element as HTMLInputElement).labels ?? []
    return (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '').trim()
  }, within)
}

/** Presses the tabulator until something of this name has the focus. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const isMeant = (said: string) => (typeof name === 'string' ? said === name : name.test(said))
  const passed: string[] = []
  while (passed.length < 300) {
    await page.keyboard.press(key)
    const said = await focused(page)
    if (isMeant(said)) return
    passed.push(said)
  }
  throw new Error(`${name} has not been reached; passed: ${[...new Set(passed)].join(' | ')}`)
}

describe.skipIf(skipWithoutChromium)('with the keyboard alone', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  async function open(name = 'opening') {
    const opened = await openState(browser, stateNamed(name), { viewport: { width: 1440, height: 900 } })
    return { ...opened, press: (key: string) => opened.page.keyboard.press(key) }
  }

  test('a depth is changed, and another is compared and dropped', async () => {
    const { page, press, close } = await open()
    await tabTo(page, 'depth, run 3')
    await press('Control+A')
    await page.keyboard.type('4')
    await page.getByRole('article', { name: 'depth 4', exact: true }).waitFor()
    await tabTo(page, 'Compare with another depth')
    await press('Enter')
    expect(await page.locator('.lanes article').count()).toBe(4)
    await tabTo(page, 'Drop depth 4', 'Shift+Tab')
    await press('Enter')
    await page.getByRole('article', { name: 'depth 4', exact: true }).waitFor({ state: 'detached' })
    await tabTo(page, 'Compare runs over depth', 'Shift+Tab')
    await press('Space')
    await untilQuiet(page)
    expect(await page.locator('.lanes article').count()).toBe(1)
    await close()
  })

  test('singular values are moved and dropped like with a finger', async () => {
    const { page, press, close } = await open()
    const bar = page.getByRole('slider', { name: 'singular values, 2 of 5' })
    await tabTo(page, 'singular values, 2 of 5')
    const before = Number(await bar.getAttribute('aria-valuenow'))
    await press('ArrowUp')
    await press('PageUp')
    const after = Number(await bar.getAttribute('aria-valuenow'))
    expect(after).toBeGreaterThan(before)
    expect(await page.locator('input.numbers').inputValue()).toBe(`5, ${after}, 3.2, 2.5, 2`)
    await press('Home')
    expect(await bar.getAttribute('aria-valuenow')).toBe('0')
    await press('Delete')
    expect(await page.locator('input.numbers').inputValue()).toBe('5, 3.2, 2.5, 2')
    await close()
  })

  test('a step size is slid', async () => {
    const { page, press, close } = await open('gradient descent, diverging')
    await tabTo(page, /^step size/)
    const before = Number(await focusedValue(page))
    await press('Tab')
    await expect.poll(() => focused(page)).toBe('step size')
    await press('ArrowLeft')
    await press('Shift+Tab')
    expect(Number(await focusedValue(page))).toBeLessThan(before)
    await close()
  })

  test('the timeline is stepped, scrubbed, played and paused', async () => {
    const { page, press, close } = await open()
    const time = page.getByRole('slider', { name: 'Time', exact: true })
    /** Flow time, of 12. */
    const now = async () => Number(/([\d.]+) of 12$/.exec((await time.getAttribute('aria-valuetext'))!)![1])
    await tabTo(page, 'Back to the start')
    await press('Enter')
    expect(await now()).toBe(0)
    await tabTo(page, 'One sample on')
    await press('Enter')
    const stepped = await now()
    expect(stepped).toBeGreaterThan(0)
    await tabTo(page, 'Next mark')
    await press('Enter')
    expect(await now()).toBeGreaterThan(stepped)
    await tabTo(page, 'Time')
    await press('End')
    expect(await now()).toBe(12)
    await press('PageDown')
    expect(await now()).toBeLessThan(12)
    await press('Home')
    await tabTo(page, 'Play', 'Shift+Tab')
    await press('Space')
    await expect.poll(now).toBeGreaterThan(0)
    await expect.poll(() => focused(page)).toBe('Pause')
    await press('Space')
    await expect.poll(() => focused(page)).toBe('Play')
    const paused = await now()
    expect(paused).toBeLessThan(12)
    await untilQuiet(page)
    expect(await now()).toBe(paused)
    await close()
  })

  test.each(['Gallery', 'Share'])('%s opens, keeps the focus, closes and gives it back', async (name) => {
    const { page, press, close } = await open()
    await tabTo(page, name)
    await press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await expect.poll(() => focused(page, 'dialog')).not.toBe('')
    const stops = await dialog.locator('button, a, [tabindex="0"]').count()
    for (let i = 0; i <= stops; i++) {
      await press('Tab')
      // Nothing on the page behind: inside, or in the browser's own bar.
      expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.localName)).toMatch(
        /dialog|body/,
      )
      expect(
        await page.evaluate(
          () => document.activeElement === document.body || !!document.activeElement?.closest('dialog'),
        ),
      ).toBe(true)
    }
    await press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe(name)
    await close()
  })

  test('a preset is chosen and put away', async () => {
    const { page, press, close } = await open()
    await tabTo(page, 'Gallery')
    await press('Enter')
    await tabTo(page, 'Matrix sensing')
    await press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page, '.guide')).toContain('Matrix sensing')
    await tabTo(page, 'Put this note away')
    await press('Enter')
    await expect.poll(() => focused(page)).toBe('Gallery')
    await close()
  })

  test('the tour goes on, back and ends', async () => {
    const { page, press, close } = await open()
    await tabTo(page, 'Tour')
    await press('Enter')
    await expect.poll(() => focused(page, '.guide')).toContain('Tour, 1 of')
    await tabTo(page, 'Next →')
    await press('Enter')
    await expect.poll(() => focused(page, '.guide')).toContain('Tour, 2 of')
    await press('ArrowRight')
    await expect.poll(() => focused(page, '.guide')).toContain('Tour, 3 of')
    await press('ArrowLeft')
    await tabTo(page, '← Previous')
    await press('Enter')
    await expect.poll(() => focused(page, '.guide')).toContain('Tour, 1 of')
    await press('Escape')
    await expect.poll(() => focused(page)).toBe('Tour')
    await close()
  })

  test('a run is pinned and unpinned, a panel enlarged and put back', async () => {
    const { page, press, close } = await open()
    await tabTo(page, 'Pin depth 2')
    await press('Enter')
    await tabTo(page, 'Unpin pinned depth 2', 'Shift+Tab')
    await press('Enter')
    await page.getByRole('list', { name: 'Pinned runs' }).waitFor({ state: 'detached' })
    await tabTo(page, 'Enlarge: Loss')
    await press('Enter')
    await expect.poll(() => focused(page)).toBe('All panels')
    await tabTo(page, 'Data as table')
    await press('Enter')
    await page.getByRole('table').waitFor()
    await press('Escape')
    await expect.poll(() => focused(page)).toBe('Enlarge: Loss')
    await close()
  })

  test('a statement is read, insisted on, and left', async () => {
    const { page, press, close } = await open()
    await tabTo(page, /^Theorem 1/)
    await press('Enter')
    await expect.poll(() => focused(page, '.theory h2')).toMatch(/^Theorem 1/)
    await tabTo(page, 'Insist')
    await press('Enter')
    await page.locator('.insisted').getByText('violated').waitFor()
    await tabTo(page, '← All statements', 'Shift+Tab')
    await press('Enter')
    await expect.poll(() => focused(page, '.statement')).toMatch(/^Theorem 1/)
    await close()
  })

  test('another lane and other axes are chosen with arrows', async () => {
    const { page, press, close } = await open()
    await tabTo(page, 'linear')
    await press('ArrowRight')
    await expect.poll(() => focused(page)).toBe('log')
    expect(await page.getByRole('group', { name: 'Time axis' }).getByLabel('log').isChecked()).toBe(true)
    const lane = page.getByRole('group', { name: 'Lane whose certificates are shown' })
    while (!(await page.evaluate(() => document.activeElement?.closest('.theory .lanes')))) await press('Tab')
    await press('ArrowLeft')
    expect(await lane.getByLabel('depth 2').isChecked()).toBe(true)
    await close()
  })

  test('entries of matrices are read', async () => {
    const { page, press, close } = await open()
    await tabTo(page, /^ground truth, 30 by 30/)
    const readout = page.getByRole('article', { name: 'The matrices' }).locator('output')
    await press('ArrowRight')
    expect(await readout.textContent()).toContain('row 1, column 1')
    await press('ArrowRight')
    await press('ArrowDown')
    const said = await readout.textContent()
    expect(said).toMatch(/row 2, column 2\s*W\* −?\d/)
    for (const depth of [1, 2, 3]) expect(said).toMatch(new RegExp(`depth ${depth} −?\\d`))
    await close()
  })

  test('negative control: a page that swallows keys cannot be worked with', async () => {
    const { page, press, close } = await open()
    await page.evaluate(() => window.addEventListener('keydown', (event) => event.preventDefault(), true))
    await expect(tabTo(page, 'Gallery')).rejects.toThrow('has not been reached')
    await press('Enter')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await close()
  })
})

function focusedValue(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLInputElement).value)
}
