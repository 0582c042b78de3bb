import type { Comparison, ComparisonRow, Reproduced } from '../comparison.ts'
import { readable } from '../figure/lettering.ts'
import { escaped } from '../figure/markup.ts'
import type { Form, Published } from '../study.ts'
import { evidenceOf, formNames, formsOf, medianAndRange, outOf, rangeOf } from './wording.ts'

/** The table of published and reproduced numbers, a column for each form that ran. */
export function comparisonHtml(comparison: Comparison): string {
  const forms = formsOf(comparison)
  const groups = [...new Set(comparison.rows.map(({ group }) => group))]
  const seeds = comparison.seeds.length
  const each = seeds > 1 ? `median and range of ${seeds} random instances` : `one random instance`
  return `<table>
<caption>Published numbers beside ours: ${each} (seed ${escaped(comparison.seeds.join(', '))}).</caption>
<thead><tr><th scope="col">Quantity</th><th scope="col" class="number">Published</th>${forms
    .map((form) => `<th scope="col" class="number">${formNames[form]}</th>`)
    .join('')}</tr></thead>
${groups.map((group) => groupHtml(group, comparison.rows, forms)).join('\n')}
</table>`
}

function groupHtml(group: string, rows: readonly ComparisonRow[], forms: readonly Form[]): string {
  return `<tbody>
<tr><th scope="rowgroup" colspan="${forms.length + 2}" class="group">${escaped(group)}</th></tr>
${rows
  .filter((row) => row.group === group)
  .map((row, i, all) => rowHtml(row, forms, row.definition !== all[i - 1]?.definition))
  .join('\n')}
</tbody>`
}

/** The definition is said once where it is the same for several rows in a row. */
function rowHtml(row: ComparisonRow, forms: readonly Form[], define: boolean): string {
  const prediction = row.prediction ? `<span class="detail">predicted: ${escaped(row.prediction)}</span>` : ''
  const definition = define ? `<span class="detail">${escaped(row.definition)}</span>` : ''
  const name = `<th scope="row"><span class="name">${escaped(row.quantity)}</span>${definition}${prediction}</th>`
  const cells = forms.map((form) => {
    const found = row.reproduced.find((one) => one.form === form)
    return found
      ? `<td class="number" data-label="${formNames[form]}">${reproducedHtml(found, row.unit)}</td>`
      : '<td class="number empty"></td>'
  })
  return `<tr>${name}${publishedHtml(row.published, row.unit)}${cells.join('')}</tr>`
}

function publishedHtml(published: Published | undefined, unit: string): string {
  if (!published) return '<td class="number empty"></td>'
  const source = escaped(`${published.source}${published.note ? `; ${published.note}` : ''}`)
  return `<td class="number" data-label="Published"><span class="value" title="${source}">${readable(published.value, 6)}${unitHtml(unit)}</span><span class="detail">${escaped(evidenceOf(published))}</span></td>`
}

function reproducedHtml({ measured, predicted, ratio }: Reproduced, unit: string): string {
  const details = [
    ...rangeOf(measured),
    ...outOf(measured),
    ...(ratio !== undefined && Number.isFinite(ratio) ? [`${readable(ratio, 3)} × published`] : []),
    ...(predicted ? [`predicted ${medianAndRange(predicted)}`] : []),
  ]
  const lines = details.map((detail) => `<span class="detail">${escaped(detail)}</span>`).join('')
  return `<span class="value">${readable(measured.median)}${unitHtml(unit)}</span>${lines}`
}

function unitHtml(unit: string): string {
  return unit ? ` ${escaped(unit)}` : ''
}
