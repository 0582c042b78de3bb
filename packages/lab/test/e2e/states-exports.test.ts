import { readFileSync } from 'node:fs'
import { parseConfig, readTrajectoryCsv, simulate, trajectoryHash } from 'linnet'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, skipWithoutChromium } from '../../../../test/chromium.ts'
import type { Experiment } from '../../src/experiment/experiment.ts'
import { laneConfig } from '../../src/experiment/plan.ts'
import { snippetOf } from '../../src/sharing/code.ts'
import { commandOf } from '../../src/sharing/command.ts'
import { type OpenLab, openLab } from './lab.ts'
import { taken, untilSettled } from './settled.ts'
import { smallConfig, smallLink, twoDepths } from './small.ts'

const title = 'Two <depths> & "seeds"'
const experiment: Experiment = {
  config: { ...smallConfig, title },
  lanes: twoDepths,
  seeds: 2,
  engine: 'strict',
}

/** What a drawing says and asks for, read by the browser as XML. */
function readSvg(page: Page, svg: string) {
  return page.evaluate((text) => {
    const drawing = new DOMParser().parseFromString(text, 'image/svg+xml')
    const texts = (selector: string) =>
      [...drawing.querySelectorAll(selector)].map(({ textContent }) => textContent!)
    const all = [...drawing.querySelectorAll('*')]
    const attributes = all.flatMap((element) =>
      [...element.attributes].map(({ name, value }) => ({ name, value })),
    )
    return {
      fault: drawing.querySelector('parsererror')?.textContent,
      title: drawing.querySelector('svg > title')?.textContent,
      description: drawing.querySelector('svg > desc')?.textContent,
      panels: drawing.querySelectorAll('g.panel').length,
      curves: drawing.querySelectorAll('g.panel path[data-mark="line"][d*="L"]').length,
      bands: drawing.querySelectorAll('g.panel path[data-mark="band"]').length,
      words: texts('text'),
      caption: texts('text.caption').join(' '),
      size: ['width', 'height'].map((name) => Number(drawing.documentElement.getAttribute(name))),
      odd: all
        .map(({ localName }) => localName)
        .filter((name) => /^(script|style|image|use|a|foreignObject|img|depths)$/.test(name)),
      addresses: attributes.filter(
        ({ name, value }) => /href|^src$|^on/.test(name) || (/url\(|https?:/.test(value) && name !== 'xmlns'),
      ),
    }
  }, svg)
}

describe.skipIf(skipWithoutChromium)('what is taken away', { timeout: 180_000 }, () => {
  let browser: Browser
  let opened: OpenLab
  let page: Page

  beforeAll(async () => {
    browser = await launch()
    opened = await openLab(browser, { hash: await smallLink(experiment) })
    page = opened.page
    await untilSettled(page)
    await page.getByRole('button', { name: 'Share', exact: true }).click()
  }, 120_000)
  afterAll(async () => {
    expect(opened.complaints).toEqual([])
    await browser?.close()
  })

  async function downloaded(name: string, from: Page = page) {
    const [download] = await Promise.all([
      from.waitForEvent('download'),
      from.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
    ])
    return { file: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
  }

  test('SVG: title, axes, legend, caption, all runs; nothing to load', async () => {
    const { file, bytes } = await downloaded('SVG')
    expect(file).toBe('two-depths-seeds.svg')
    const read = await readSvg(page, bytes.toString('utf8'))
    expect(read.fault).toBeUndefined()
    expect(read.title).toBe(title)
    expect(read.words).toContain(title)
    expect(read.words).toContain('steps')
    expect(read.words.some((words) => /median and range of 2 seeds \(config\.seed 3, 4\)/.test(words))).toBe(
      true,
    )
    expect(read.words).toContain('depth 1')
    // Numbers at the ticks of the axes.
    expect(read.words).toContain('400')
    expect(read.caption).toMatch(
      /^Runs side by side over steps: depth 1, depth 2\. Line and band: median and range of 2 seeds/,
    )
    expect(read.description).toContain('Line charts of what was recorded.')
    expect(read.panels).toBeGreaterThanOrEqual(3)
    // Loss, and three singular values of each of the two.
    expect(read.curves).toBeGreaterThanOrEqual(8)
    expect(read.bands).toBeGreaterThanOrEqual(8)
    expect(read.odd).toEqual([])
    expect(read.addresses).toEqual([])
  })

  test('negative control: a drawing that holds what it must not is found out', async () => {
    const bad =
      '<svg xmlns="http://www.w3.org/2000/svg"><style>a{}</style><image href="https://a.b/c.png"/></svg>'
    // Not in the lab, whose policy would complain.
    const blank = await browser.newPage()
    const read = await readSvg(blank, bad)
    expect([read.odd, read.addresses.length]).toEqual([['style', 'image'], 1])
    expect((await readSvg(blank, `<svg><title>${title}</title></svg>`)).fault).toBeDefined()
    await blank.close()
  })

  test('the figure is the same on a dark page', async () => {
    const { bytes } = await downloaded('SVG')
    const dark = await openLab(browser, { hash: await smallLink(experiment), colorScheme: 'dark' })
    await untilSettled(dark.page)
    await dark.page.getByRole('button', { name: 'Share', exact: true }).click()
    expect((await downloaded('SVG', dark.page)).bytes.equals(bytes)).toBe(true)
    await dark.close()
  })

  test('PNG: the drawing, twice as many pixels each way, and not blank', async () => {
    const { size } = await readSvg(page, (await downloaded('SVG')).bytes.toString('utf8'))
    const { file, bytes } = await downloaded('PNG')
    expect(file).toBe('two-depths-seeds.png')
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    expect(bytes.toString('latin1', 12, 16)).toBe('IHDR')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual(size.map((pixels) => 2 * pixels))
    const colours = await page.evaluate(async (base64) => {
      const octets = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([octets], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d')!
      context.drawImage(picture, 0, 0)
      const { data } = context.getImageData(0, 0, picture.width, picture.height)
      const seen = new Set<number>()
      for (let i = 0; i < data.length; i += 4) seen.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!)
      return seen.size
    }, bytes.toString('base64'))
    expect(colours).toBeGreaterThan(50)
  })

  test('CSV: every run as the library computes it', async () => {
    const { file, bytes } = await downloaded('CSV')
    expect(file).toBe('two-depths-seeds.csv')
    const [header, ...rows] = bytes.toString('utf8').trimEnd().split('\n')
    expect(header).toMatch(/^run,seed,steps,loss,/)
    for (const [lane, { label }] of experiment.lanes.entries())
      for (const seed of [3, 4]) {
        const start = `${label},${seed},`
        const own = rows.filter((row) => row.startsWith(start)).map((row) => row.slice(start.length))
        const text = [header!.replace('run,seed,', ''), ...own, ''].join('\n')
        const run = await simulate(parseConfig({ ...laneConfig(experiment, lane), seed }))
        expect(trajectoryHash(readTrajectoryCsv(text))).toBe(trajectoryHash(run.trajectory))
      }
    expect(rows).toHaveLength(4 * rows.filter((row) => row.startsWith('depth 1,3,')).length)
  })

  test('W as it was learned, of the run that is looked at, to the last digit', async () => {
    const { file, bytes } = await downloaded('W of depth 1 (CSV)')
    expect(file).toBe('two-depths-seeds-w.csv')
    const rows = bytes.toString('utf8').trimEnd().split('\n')
    const { weights } = await simulate(parseConfig({ ...laneConfig(experiment, 0), seed: 3 }))
    expect([rows.length, rows[0]!.split(',').length]).toEqual([6, 5])
    expect(rows.flatMap((row) => row.split(',').map(Number))).toEqual(Array.from(weights[0]!.data))
  })

  test('configs that the library takes, one a lane', async () => {
    for (const [lane, name] of ['depth-1.json', 'depth-2.json'].entries()) {
      const { file, bytes } = await downloaded(name)
      expect(file).toBe(name)
      const config = parseConfig(JSON.parse(bytes.toString('utf8')))
      expect(config).toEqual(parseConfig(laneConfig(experiment, lane)))
      expect(config.network).toMatchObject({ depth: lane + 1 })
    }
  })

  test('the command and the TypeScript that are shown are those that are known to run', async () => {
    const shown = (name: string) => page.getByRole('region', { name: `${name}, the text` }).textContent()
    expect(await shown('Command line')).toBe(commandOf(experiment))
    expect(await shown('TypeScript')).toBe(snippetOf(experiment))
  })

  test('fingerprints are those of the library', async () => {
    await page.keyboard.press('Escape')
    const { found } = await taken(page)
    expect(Object.keys(found)).toHaveLength(4)
    for (const [lane, { label }] of experiment.lanes.entries())
      for (const seed of [3, 4]) {
        const run = await simulate(parseConfig({ ...laneConfig(experiment, lane), seed }))
        expect(found[`${label}, seed ${seed}`]).toBe(trajectoryHash(run.trajectory))
      }
  })
})
