import { describe, expect, it } from 'vitest'
import { assemble } from '../src/assemble.ts'
import { renderReport } from '../src/report/render.ts'
import type { Report } from '../src/report/report.ts'
import { figure3 } from '../src/studies.ts'
import { count, document, malformed } from './page.ts'
import { certificate, syntheticRun } from './synthetic.ts'

const certificates = [
  certificate(),
  certificate({ title: 'Theorem 3', verdict: 'violated', residual: 0.5 }),
  certificate({
    title: 'Corollary 1',
    verdict: 'does not apply',
    residual: Number.NaN,
    assumptions: [
      { name: 'balanced', holds: false, measured: 0.3, threshold: 1e-9, explanation: 'layers differ' },
    ],
  }),
]
const runs = figure3
  .plan({ seeds: [1, 2] })
  .map((planned) =>
    syntheticRun(planned, (r, step) => (11 - r) * (1 - 1 / (1 + step / 1e4)), undefined, certificates),
  )
const { comparison, figure, certificates: certified } = assemble(figure3, runs, Math)

const report: Report = {
  title: figure3.title,
  lead: figure3.claim,
  figures: [figure],
  comparison,
  tables: [
    {
      caption: 'Baselines',
      columns: ['method', 'error'],
      rows: [
        ['means', 0.5],
        ['ours', 0.25],
      ],
      highlight: 1,
    },
  ],
  certificates: certified,
  notes: figure3.notes,
  configs: runs.map(({ label, config }) => ({ label, config })),
  citation: figure3.citation,
  environment: {
    engine: 'strict',
    seeds: [1, 2],
    versions: { linnet: '0.1.0' },
    facts: { 'wall time': '6 s' },
  },
  command: 'linnet reproduce figure-3',
}

/** The page without what HTML writes otherwise than XML does. */
function asXml(html: string): string {
  return html
    .replace('<!doctype html>', '')
    .replace(/<meta[^>]*>/g, '')
    .replace(/<style>[\s\S]*?<\/style>/, '')
}

const html = renderReport(report, document)

describe('renderReport', () => {
  it('is well-formed, with a heading for every part and a caption for every table', () => {
    expect(malformed(asXml(html))).toBeUndefined()
    for (const heading of [
      'Published and reproduced',
      'Results',
      'Theorems, checked',
      'How to repeat it',
      'Citation',
    ])
      expect(html).toContain(`<h2>${heading}</h2>`)
    expect(count(html, '<h1>')).toBe(1)
    expect(count(html, '<caption>')).toBe(count(html, '<table>'))
    expect(html).toContain('<html lang="en">')
  })

  it('shows figure, published and reproduced numbers, verdicts with reasons, configs, command, environment', () => {
    expect(count(html, 'role="img"')).toBe(3)
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const words of [
      '0.81955',
      'read off the plot, ±5 %',
      'Gradient flow',
      'Gradient descent',
      '× published',
    ])
      expect(html).toContain(words)
    for (const words of [
      '✓ holds',
      '✗ violated',
      '– does not apply',
      '0.5 &gt; 1 × 10⁻⁶ allowed',
      'layers differ',
    ])
      expect(html).toContain(words)
    for (const words of [
      '12 hold',
      'what the integrator estimated',
      'largest at position 812',
      'lipschitz 12.5',
    ])
      expect(html).toContain(words)
    for (const words of [
      'linnet reproduce figure-3',
      '&quot;kind&quot;: &quot;completion&quot;',
      '<dd>6 s</dd>',
    ])
      expect(html).toContain(words)
    expect(html).toContain('<tr class="highlight"><th scope="row">ours</th>')
  })

  it('is self-contained: nothing to load, nothing to run, a policy that forbids both', () => {
    const loads = html.match(
      /<(?:script|link|img|iframe|object|embed|base|form)\b|\ssrc=|url\(|@import|\son\w+=/gi,
    )
    expect(loads).toBeNull()
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toEqual(['https://arxiv.org/abs/1905.13655'])
    expect(html).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'/)
  })

  it('escapes every text, wherever it comes from', () => {
    const hostile = `</style></title><script>alert("x")</script><img src=x onerror='y'>`
    const bad = {
      ...certificate(),
      title: hostile,
      source: hostile,
      residualOf: hostile,
      toleranceBecause: hostile,
    }
    const drawn = renderReport(
      {
        title: hostile,
        lead: hostile,
        figures: [
          { ...figure, title: hostile, subtitle: hostile, caption: hostile, citation: hostile, id: hostile },
        ],
        comparison: {
          ...comparison,
          rows: comparison.rows.map((row) => ({
            ...row,
            group: hostile,
            quantity: hostile,
            definition: hostile,
            unit: hostile,
          })),
        },
        tables: [{ caption: hostile, columns: [hostile], rows: [[hostile]], note: hostile }],
        certificates: [
          {
            label: hostile,
            certificates: [
              {
                ...bad,
                numbers: { [hostile]: 1 },
                assumptions: [{ ...bad.assumptions[0]!, name: hostile, explanation: hostile }],
              },
            ],
          },
        ],
        notes: [hostile],
        configs: [{ label: hostile, config: { [hostile]: hostile } }],
        citation: { text: hostile, arxiv: hostile, bibtex: hostile },
        environment: {
          engine: hostile,
          seeds: [1],
          versions: { [hostile]: hostile },
          facts: { [hostile]: hostile },
        },
        command: hostile,
      },
      document,
    )
    expect(drawn).not.toContain('<script')
    expect(drawn).not.toContain('<img')
    expect(malformed(asXml(drawn))).toBeUndefined()
    expect(drawn.match(/<\/style>/g)).toHaveLength(1)
  })

  it('leaves out the parts that are not there', () => {
    const bare = renderReport(
      {
        title: 'A run',
        figures: [],
        certificates: [],
        configs: [],
        environment: { engine: 'strict', seeds: [1], versions: {} },
        command: 'linnet run a.json',
      },
      document,
    )
    expect(malformed(asXml(bare))).toBeUndefined()
    expect([...bare.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading)).toEqual(['How to repeat it'])
  })
})
