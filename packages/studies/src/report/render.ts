import { readable } from '../figure/lettering.ts'
import { escaped } from '../figure/markup.ts'
import type { Citation } from '../study.ts'
import { certificatesHtml } from './certificates-html.ts'
import { comparisonHtml } from './comparison-html.ts'
import { figureHtml } from './figures.ts'
import type { Environment, Report, Table } from './report.ts'
import { style } from './style.ts'

/** Nothing may be loaded, run, framed or sent, whatever a title or a config says. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * The report as one HTML file: figures, published beside reproduced numbers, tables, certificates, configs, citation, and
 * how to repeat it. No scripts, nothing to load; every text is escaped. `document` is any document, as for `drawFigure`.
 *
 *     writeFileSync('report.html', renderReport(report, new Window().document))
 */
export function renderReport(report: Report, document: Document): string {
  const { title, lead, figures, comparison, tables = [], certificates, notes = [] } = report
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Linnet">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header><p class="kicker">Linnet report</p>
<h1>${escaped(title)}</h1>
${lead ? `<p class="lead">${escaped(lead)}</p>` : ''}</header>
${figures.map((figure) => figureHtml(figure, document, title)).join('\n')}
${comparison ? section('Published and reproduced', comparisonHtml(comparison)) : ''}
${tables.length > 0 ? section('Results', tables.map(tableHtml).join('\n')) : ''}
${certificates.length > 0 ? section('Theorems, checked', certificatesHtml(certificates)) : ''}
${notes.length > 0 ? section('What to keep in mind', `<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>`) : ''}
${section('How to repeat it', repeatHtml(report))}
${report.citation ? section('Citation', citationHtml(report.citation)) : ''}
</main>
</body>
</html>
`
}

function section(title: string, content: string): string {
  return `<section aria-label="${escaped(title)}">\n<h2>${escaped(title)}</h2>\n${content}\n</section>`
}

function repeatHtml({ command, environment, configs }: Report): string {
  const shown = configs.map(
    ({ label, config }) =>
      `<details><summary>${escaped(label)}</summary><div class="inside"><pre tabindex="0"><code>${escaped(JSON.stringify(config, null, 2))}</code></pre></div></details>`,
  )
  return `<pre tabindex="0"><code>${escaped(command)}</code></pre>
${environmentHtml(environment)}
${shown.length > 0 ? `<h3>${shown.length === 1 ? 'The config' : `The ${shown.length} configs`}</h3>\n${shown.join('\n')}` : ''}`
}

function environmentHtml({ engine, seeds, versions, facts = {} }: Environment): string {
  const items = {
    engine,
    [seeds.length === 1 ? 'seed' : 'seeds']: seeds.join(', '),
    ...versions,
    ...facts,
  }
  const rows = Object.entries(items).map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(String(value))}</dd>`,
  )
  return `<dl>${rows.join('')}</dl>`
}

function citationHtml({ text, arxiv, bibtex }: Citation): string {
  const known = /^\d{4}\.\d{4,5}$/.test(arxiv)
  const link = known ? ` <a href="https://arxiv.org/abs/${arxiv}">arXiv ${arxiv}</a>` : ''
  return `<p>${escaped(text)}${link}</p>\n<pre tabindex="0"><code>${escaped(bibtex)}</code></pre>`
}

function tableHtml({ caption, columns, rows, note, digits = 4, highlight }: Table): string {
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'))
  const kind = (i: number) => (numeric[i] ? ' class="number"' : '')
  const head = columns.map((name, i) => `<th scope="col"${kind(i)}>${escaped(name)}</th>`).join('')
  const body = rows.map((row, index) => {
    const cells = row.map((cell, i) => {
      const text = typeof cell === 'number' ? readable(cell, digits) : escaped(cell)
      const label = ` data-label="${escaped(columns[i] ?? '')}"`
      return i === 0 ? `<th scope="row"${kind(i)}>${text}</th>` : `<td${kind(i)}${label}>${text}</td>`
    })
    return `<tr${index === highlight ? ' class="highlight"' : ''}>${cells.join('')}</tr>`
  })
  return `<table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>
${note ? `<p class="note">${escaped(note)}</p>` : ''}`
}
