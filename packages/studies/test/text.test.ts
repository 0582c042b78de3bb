import { describe, expect, it } from 'vitest'
import type { Comparison } from '../src/comparison.ts'
import { certificatesText, comparisonText, tableText } from '../src/report/text.ts'
import { certificate } from './synthetic.ts'

const comparison: Comparison = {
  title: 'A study',
  seeds: [1, 2],
  rows: [
    {
      id: 'a',
      group: 'Depth 1',
      quantity: 'error',
      definition: '',
      unit: 'mean square',
      published: {
        value: 0.81955,
        evidence: 'reported',
        source: 'x',
        precision: 1e-5,
        note: 'x, of another instance',
      },
      reproduced: [
        {
          form: 'flow',
          measured: { reached: 2, seeds: 2, median: 0.8, least: 0.7, greatest: 0.9 },
          ratio: 0.98,
        },
      ],
    },
    {
      id: 'b',
      group: 'Depth 3',
      quantity: 'escape',
      definition: '',
      unit: 'steps',
      published: { value: 8300, evidence: 'read off the plot', source: 'x', precision: 0.05 },
      reproduced: [
        {
          form: 'flow',
          measured: { reached: 1, seeds: 2, median: 9500, least: 9500, greatest: 9500 },
          predicted: { reached: 1, seeds: 1, median: 7894, least: 7894, greatest: 7894 },
        },
      ],
    },
  ],
}

describe('comparisonText', () => {
  it('is an aligned table', () => {
    expect(comparisonText(comparison)).toBe(
      `A study
median (range) of seeds 1, 2; ≈ read off the plot; x, of another instance

                       published                  gradient flow  predicted

Depth 1
  error (mean square)    0.81955                0.8 (0.7 … 0.9)

Depth 3
  escape (steps)          ≈ 8300  9500, reached by 1 of 2 seeds       7894
`,
    )
  })
})

describe('certificatesText', () => {
  it('says the verdicts of each run, one line a certificate', () => {
    const text = certificatesText([
      {
        label: 'depth 3',
        certificates: [certificate(), certificate({ verdict: 'violated', summary: 'Theorem 3 is violated' })],
      },
    ])
    expect(text).toBe(
      `depth 3: 1 holds, 1 violated, 0 do not apply
  ✓ Theorem 1 holds: 1e-7 of distance, 1e-6 allowed
  ✗ Theorem 3 is violated
`,
    )
  })

  it('lets no text steer the terminal', () => {
    const text = certificatesText([{ label: '\u001b[2Jclear\u009b', certificates: [] }])
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u009b')
  })
})

describe('tableText', () => {
  it('sets numbers right and words left', () => {
    const text = tableText({
      caption: 'Errors',
      columns: ['method', 'rmse'],
      rows: [
        ['means', 12.34567],
        ['ours', 3],
      ],
    })
    expect(text).toBe('Errors\n\nmethod   rmse\n─────────────\nmeans   12.35\nours        3\n')
  })
})
