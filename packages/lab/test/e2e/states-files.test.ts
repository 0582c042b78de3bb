import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTrajectoryCsv, trajectoryHash } from 'linnet'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import { folder, linnet } from '../../../cli/test/linnet.ts'
import { type OpenLab, openLab } from './lab.ts'
import { drawnCurves, taken, untilSettled } from './settled.ts'
import { smallLink, twoDepths } from './small.ts'

interface Dropped {
  readonly name: string
  readonly text: string
  /** Filled up to so many bytes with zeros. */
  readonly bytes?: number
}

/** Drags a file over the page and lets it go there, as the browser tells the page. */
async function drop(page: Page, file: Dropped): Promise<void> {
  const held = await page.evaluateHandle(({ name, text, bytes = 0 }) => {
    const transfer = new DataTransfer()
    const zeros = new Uint8Array(Math.max(0, bytes - text.length))
    transfer.items.add(new File([text, zeros], name))
    return transfer
  }, file)
  const stage = page.getByRole('main', { name: 'Stage' })
  await stage.dispatchEvent('dragover', { dataTransfer: held })
  await page.locator('.over-page').waitFor()
  await stage.dispatchEvent('drop', { dataTransfer: held })
  await page.locator('.over-page').waitFor({ state: 'detached' })
}

/** By the button `Open` and the browser's own dialog. */
async function choose(page: Page, { name, text }: Dropped): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open', exact: true }).click(),
  ])
  await chooser.setFiles({ name, mimeType: '', buffer: Buffer.from(text) })
}

/** A table of rank 2 with holes, as people write them: names, quotes, a semicolon between cells. */
const table = [
  '"<img src=x onerror=window.pwned=1>";"b, second";c;d;e',
  ...Array.from({ length: 7 }, (_, i) =>
    Array.from({ length: 5 }, (_, j) =>
      (3 * i + j) % 4 === 0 ? '' : ((i - 2) * (j + 1) + (i % 3) * (2 - j)).toFixed(1),
    ).join(';'),
  ),
].join('\r\n')

describe.skipIf(skipWithoutChromium)('files', { timeout: 180_000 }, () => {
  const cwd = folder()
  let browser: Browser

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const notice = (page: Page) => page.locator('.notice p')

  async function small(): Promise<OpenLab> {
    const opened = await openLab(browser, { hash: await smallLink() })
    await untilSettled(opened.page)
    return opened
  }

  /** Downloads what a button of the sharing dialog offers, and returns its text. */
  async function downloaded(page: Page, button: string): Promise<string> {
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button, exact: true }).click(),
    ])
    const text = readFileSync(await download.path(), 'utf8')
    await page.keyboard.press('Escape')
    return text
  }

  const ways: [string, typeof drop][] = [
    ['dropped', drop],
    ['chosen', choose],
  ]
  test.each(ways)(
    'a table of one’s own, %s: the command line computes the same of its config',
    async (way, bring) => {
      const opened = await small()
      const { page } = opened
      await bring(page, { name: 'mine.csv', text: table })
      await notice(page).waitFor()
      expect(await notice(page).innerText()).toMatch(
        /^mine\.csv: 26 of 7×5 cells are known; the others are to be found\./,
      )
      expect(await page.getByLabel('Title of the experiment').inputValue()).toBe('mine.csv')
      const { found } = await taken(page)
      const config = await downloaded(page, 'run.json')
      const run = `of-${way}`
      writeFileSync(join(cwd, `${run}.json`), config)
      expect((await linnet(['run', `${run}.json`, '--out', run], { cwd })).code).toBe(0)
      const trajectory = readTrajectoryCsv(readFileSync(join(cwd, run, 'trajectory.csv'), 'utf8'))
      expect(found).toEqual({ 'run, seed 1': trajectoryHash(trajectory) })
      expect(await page.evaluate(() => 'pwned' in window)).toBe(false)

      // The numbers are the table's: column by column they differ from it by a shift and one unit.
      const cells = table
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(';'))
      const { data } = JSON.parse(config).loss.entries as { data: [number, number, number][] }
      const slopes = data.flatMap(([row, column, value]) => {
        const [first] = data.filter((entry) => entry[1] === column)
        const rise = Number(cells[row]![column]) - Number(cells[first![0]]![column])
        return rise === 0 ? [] : [(value - first![2]) / rise]
      })
      expect(slopes.length).toBeGreaterThan(10)
      for (const slope of slopes) expect(slope).toBeCloseTo(slopes[0]!, 3)
      expect(opened.complaints).toEqual([])
      await opened.close()
    },
  )

  test('a config that was taken away and is dropped elsewhere gives the same fingerprints', async () => {
    const first = await openLab(browser, { hash: await smallLink({ lanes: twoDepths }) })
    const { found } = await taken(first.page)
    const text = await downloaded(first.page, 'depth-2.json')
    await first.close()

    const second = await openLab(browser)
    await second.page.locator('.lab').waitFor()
    await drop(second.page, { name: 'depth-2.json', text })
    await second.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.title input')?.value === 'Small',
    )
    const there = await taken(second.page)
    expect(there.found).toEqual({ 'run, seed 3': found['depth 2, seed 3'] })
    expect(found['depth 1, seed 3']).not.toBe(found['depth 2, seed 3'])
    expect([...first.complaints, ...second.complaints]).toEqual([])
    await second.close()
  })

  const junk = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => (i * 73) % 256)).repeat(4)
  const bad: [string, Dropped, RegExp][] = [
    [
      'a cell that is no number',
      { name: 'bad.csv', text: 'a,b\n1,2\n3,x7\n5,6\n' },
      /bad\.csv.*(row|line) 3.*column (2|"?b"?)|line 3, column 2/,
    ],
    ['no text at all', { name: 'junk.csv', text: junk }, /^junk\.csv.*\.$/],
    ['an empty table', { name: 'empty.csv', text: '' }, /^empty\.csv is empty/],
    ['an empty config', { name: 'empty.json', text: '' }, /^empty\.json/],
    ['a config cut off', { name: 'cut.json', text: '{"seed": 1,' }, /^cut\.json, line 1, column 12/],
    ['weights that are none', { name: 'w.safetensors', text: 'abc' }, /safetensors/],
    ['a picture', { name: 'cat.png', text: '\u0089PNG\r\n\u001a\n' }, /^cat\.png.*\.$/],
    [
      'a huge table',
      { name: 'huge.csv', text: '1,2\n', bytes: 65_000_000 },
      /^huge\.csv has 65 MB, and the page opens at most 64/,
    ],
  ]
  test.each(bad)('%s: a sentence, and what was there stays', async (_, file, sentence) => {
    const opened = await small()
    const { page } = opened
    const before = await drawnCurves(page)
    await drop(page, file)
    await notice(page).waitFor()
    expect(await notice(page).innerText()).toMatch(sentence)
    await untilSettled(page)
    expect(await drawnCurves(page)).toEqual(before)
    expect(await page.getByLabel('Title of the experiment').inputValue()).toBe('Small')
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('the command line says the same of a bad cell', async () => {
    const [, file] = bad[0]!
    writeFileSync(join(cwd, file.name), file.text)
    const { stderr, code } = await linnet(['complete', file.name], { cwd })
    expect(code).not.toBe(0)
    const opened = await small()
    await drop(opened.page, file)
    await notice(opened.page).waitFor()
    const said = await notice(opened.page).innerText()
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said.replace(/\.$/, ''))
    await opened.close()
  })

  test('text that is dragged is no file', async () => {
    const opened = await small()
    const { page } = opened
    const held = await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.setData('text/plain', 'words')
      return transfer
    })
    await page.getByRole('main', { name: 'Stage' }).dispatchEvent('dragover', { dataTransfer: held })
    expect(await page.locator('.over-page').count()).toBe(0)
    await opened.close()
  })
})
