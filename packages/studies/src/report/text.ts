import type { Comparison, ComparisonRow } from '../comparison.ts'
import { readable } from '../figure/lettering.ts'
import type { Form } from '../study.ts'
import type { CertifiedRun, Table } from './report.ts'
import { formNames, formsOf, medianAndRange, outOf, tally, verdictSigns } from './wording.ts'

/** Between columns of a terminal. */
const gutter = '  '
/** Ranges over seeds say how far, not exactly where: fewer digits keep lines short. */
const rangeDigits = 3

/** Characters that move the cursor or change the terminal, told apart from words by being shown as �. */
function harmless(text: string): string {
  return [...text]
    .map((letter) => (letter < ' ' || (letter >= '\u007f' && letter < '\u00a0') ? '\ufffd' : letter))
    .join('')
}

/** Rows of equal length as aligned lines; `right` says which columns are numbers. */
function aligned(rows: readonly (readonly string[])[], right: readonly boolean[]): string[] {
  const clean = rows.map((row) => row.map(harmless))
  const widths = right.map((_, i) => Math.max(0, ...clean.map((row) => [...(row[i] ?? '')].length)))
  return clean.map((row) =>
    row
      .map((cell, i) => {
        const air = ' '.repeat(widths[i]! - [...cell].length)
        return right[i] ? air + cell : cell + air
      })
      .join(gutter)
      .trimEnd(),
  )
}

function underline(line: string): string {
  return '─'.repeat([...line].length)
}

/** A table for terminals. */
export function tableText({ caption, columns, rows, note, digits = 4 }: Table): string {
  const right = columns.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'))
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? readable(cell, digits) : cell)),
  )
  const [head = '', ...body] = aligned([columns, ...cells], right)
  return `${[harmless(caption), '', head, underline(head), ...body, ...(note ? ['', harmless(note)] : [])].join('\n')}\n`
}

/** Published against reproduced numbers for terminals. Numbers read off a plot are marked ≈. */
export function comparisonText(comparison: Comparison): string {
  const forms = formsOf(comparison)
  const predictions = comparison.rows.some((row) => row.reproduced.some(({ predicted }) => predicted))
  const head = ['', 'published', ...forms.map((form) => formNames[form].toLowerCase())]
  if (predictions) head.push('predicted')
  const groups = [...new Set(comparison.rows.map(({ group }) => group))]
  const rows = groups.map((group) => comparison.rows.filter((row) => row.group === group))
  const cells = rows.map((of) => of.map((row) => rowText(row, forms, predictions)))
  const [first = '', ...lines] = aligned(
    [head, ...cells.flat()],
    head.map((_, i) => i > 0),
  )
  const body: string[] = []
  for (const [i, group] of groups.entries())
    body.push('', harmless(group), ...lines.splice(0, cells[i]!.length))
  const seeds =
    comparison.seeds.length > 1
      ? `median (range) of seeds ${comparison.seeds.join(', ')}`
      : `seed ${comparison.seeds.join('')}`
  return `${[harmless(comparison.title), harmless([seeds, '≈ read off the plot', ...notesOf(comparison)].join('; ')), '', first, ...body].join('\n')}\n`
}

/** What the published numbers have to be compared with care for, each said once. */
function notesOf({ rows }: Comparison): string[] {
  return [...new Set(rows.flatMap(({ published }) => published?.note ?? []))]
}

function rowText(row: ComparisonRow, forms: readonly Form[], predictions: boolean): string[] {
  const { published, unit } = row
  const sign = published?.evidence === 'reported' ? '' : '≈ '
  const ofForms = forms.map((form) => {
    const found = row.reproduced.find((one) => one.form === form)
    return found ? [medianAndRange(found.measured, rangeDigits), ...outOf(found.measured)].join(', ') : ''
  })
  const predicted = row.reproduced.find((one) => one.predicted)?.predicted
  return [
    `  ${row.quantity}${unit ? ` (${unit})` : ''}`,
    published ? `${sign}${readable(published.value, 6)}` : '',
    ...ofForms,
    ...(predictions ? [predicted ? medianAndRange(predicted, rangeDigits) : ''] : []),
  ]
}

/** The verdicts for terminals, one line a certificate, under the name of their run. */
export function certificatesText(runs: readonly CertifiedRun[]): string {
  const lines = runs.flatMap(({ label, certificates }) => [
    `${harmless(label)}: ${tally(certificates.map(({ verdict }) => verdict))}`,
    ...certificates.map(({ verdict, summary }) => `  ${verdictSigns[verdict]} ${harmless(summary)}`),
  ])
  return `${lines.join('\n')}\n`
}
