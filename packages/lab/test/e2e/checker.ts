import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Web Content Accessibility Guidelines 2.0 to 2.2 at levels A and AA, and what is good practice beside them. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What the checker cannot decide by itself, and we have looked at. */
const looked: readonly RegExp[] = [
  // Signs that are no words, and words in drawings.
  /^color-contrast: .*(too short to determine if it is actual text|only non-text characters|contains an image node)/,
  /^color-contrast: <text/,
  /^label-content-name-mismatch: .*Unable to determine if the visible text is part of/,
  // What could not be run stands, on a ground of its own, over the foot of the stage.
  /^color-contrast: .*it partially overlaps other elements/,
  // Headings over groups of rows.
  /^th-has-data-cells: .*Table data cells are missing or empty/,
  // The far columns of a wide table.
  /^color-contrast: <t[dh][^>]*>.*partially obscured by another element/,
]

/** High enough that nothing is scrolled out of sight, where the checker would not judge its colours. */
export const screens = {
  desk: { width: 1440, height: 7000 },
  phone: { width: 380, height: 11_000 },
}

/** Takes away what hides words from the checker, but from nobody else: boxes that scroll, and what a dialog makes inert. */
function showAll(): void {
  for (const box of document.querySelectorAll<HTMLElement>('.table, .scroll, .marks, .others, dialog'))
    box.style.maxHeight = 'none'
  const dialog = document.querySelector('dialog')
  for (const part of document.querySelectorAll<HTMLElement>('.lab > *'))
    part.style.visibility = dialog && !part.contains(dialog) ? 'hidden' : ''
}

/** Everything that an accessibility checker finds, a line each. */
export async function found(page: Page): Promise<string[]> {
  await page.evaluate(showAll)
  await page.evaluate(axe)
  const { violations, incomplete } = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations', 'incomplete'],
      }),
    rules,
  )
  const lines = (results: AxeResults['violations']) =>
    results.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all, none }) => {
        const because = [...any, ...all, ...none].map(({ message }) => message).join('; ')
        return `${id}: ${html.slice(0, 200).replaceAll('\n', ' ')} (${because})`
      }),
    )
  const undecided = lines(incomplete).filter((line) => !looked.some((seen) => seen.test(line)))
  return [...lines(violations), ...undecided]
}
