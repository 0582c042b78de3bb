import type { Assumption, Certificate, Verdict } from 'linnet'
import { readable } from '../figure/lettering.ts'
import { escaped } from '../figure/markup.ts'
import type { CertifiedRun } from './report.ts'
import { tally, verdictSigns } from './wording.ts'

const classes: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  violated: 'violated',
  'does not apply': 'neutral',
}

/** Up to so many runs all certificates stand open; of more, only those with a violation. */
const openUpTo = 3

/** Every certificate of every run: verdict, statement, assumptions with their numbers, residual against tolerance. */
export function certificatesHtml(runs: readonly CertifiedRun[]): string {
  const all = runs.flatMap(({ certificates }) => certificates.map(({ verdict }) => verdict))
  return `<p class="tally">${escaped(tally(all))}.</p>
<p class="note">Each theorem was held against the weights and accounts of the finished runs. The tolerance is not chosen: it follows from the errors that the run itself is known to have made.</p>
${runs.map((run) => runHtml(run, runs.length)).join('\n')}`
}

function runHtml({ label, certificates }: CertifiedRun, runs: number): string {
  const verdicts = certificates.map(({ verdict }) => verdict)
  const open = runs <= openUpTo || verdicts.includes('violated') ? ' open=""' : ''
  return `<details${open}><summary>${escaped(label)}<span class="detail">${escaped(tally(verdicts))}</span></summary>
<div class="inside certificates"><table>
<caption>Certificates of ${escaped(label)}</caption>
<thead><tr><th scope="col">Verdict</th><th scope="col">Statement</th><th scope="col">Assumptions</th><th scope="col">Residual and tolerance</th></tr></thead>
<tbody>${certificates.map(rowHtml).join('\n')}</tbody>
</table></div></details>`
}

function rowHtml(certificate: Certificate): string {
  const { verdict, title, source, assumptions } = certificate
  return `<tr>
<td data-label="Verdict"><span class="verdict ${classes[verdict]}">${verdictSigns[verdict]} ${verdict}</span></td>
<th scope="row"><span class="name">${escaped(title)}</span><span class="detail">${escaped(source)}</span></th>
<td data-label="Assumptions">${assumptionsHtml(assumptions)}</td>
<td data-label="Residual and tolerance">${residualHtml(certificate)}</td>
</tr>`
}

function assumptionsHtml(assumptions: readonly Assumption[]): string {
  if (assumptions.length === 0) return '<span class="none">none</span>'
  const items = assumptions.map(
    ({ name, holds, measured, threshold, explanation }) =>
      `<li class="${holds ? 'met' : 'unmet'}"><span>${escaped(name)}: ${readable(measured)}, threshold ${readable(threshold)}</span><span class="detail">${escaped(explanation)}</span></li>`,
  )
  return `<ul class="assumptions">${items.join('')}</ul>`
}

function residualHtml(certificate: Certificate): string {
  const { verdict, residual, residualOf, tolerance, toleranceBecause, worstAt, numbers } = certificate
  const more = Object.entries(numbers).map(([name, value]) => `${inWords(name)} ${readable(value)}`)
  const numbersLine = more.length > 0 ? `<span class="detail">${escaped(more.join(', '))}</span>` : ''
  if (Number.isNaN(residual)) return `<span class="none">nothing to compare</span>${numbersLine}`
  const sign = residual <= tolerance ? '≤' : '&gt;'
  const unsaid =
    verdict === 'does not apply'
      ? '<span class="detail">measured, but nothing follows from it here</span>'
      : ''
  return `<span class="value">${readable(residual, 3)} ${sign} ${readable(tolerance, 3)} allowed</span>${unsaid}
<span class="detail">relative to ${escaped(residualOf)}; largest at position ${readable(worstAt)}</span>
<span class="detail">tolerance: ${escaped(toleranceBecause)}</span>${numbersLine}`
}

/** `largestDrift` as `largest drift`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
