import { theory } from 'linnet'
import temml from 'temml'
import { describe, expect, test } from 'vitest'
import { formulaLines } from '../src/elements/formula-lines.ts'
import { tour } from '../src/gallery/tour.ts'

const formulas = [
  ...theory.statements.entries.map(({ kind, theorem }) => [kind, theorem] as const),
  ...tour.map(({ name, formula }) => [name, formula] as const),
]

describe('clauses of a formula', () => {
  test('stand on lines of their own; what is inside braces stays together', () => {
    expect(formulaLines('a=b,\\qquad c=d')).toEqual(['a=b', 'c=d'])
    expect(formulaLines('a=0\\quad\\text{along }b')).toEqual(['a=0', '\\text{along }b'])
    expect(formulaLines('a\\ \\Rightarrow\\ b')).toEqual(['a', '\\Rightarrow\\ b'])
    expect(formulaLines('x^{a,\\qquad b}')).toEqual(['x^{a,\\qquad b}'])
    expect(formulaLines('a')).toEqual(['a'])
  })

  test.each(formulas)('%s: every line can be typeset, and nothing is lost', (_, latex) => {
    const lines = formulaLines(latex)
    for (const line of lines)
      expect(temml.renderToString(line, { displayMode: true, throwOnError: true })).toContain('<math')
    const letters = (text: string) => text.replace(/\\q?quad|\\ |[\s,]/g, '')
    expect(letters(lines.join(''))).toBe(letters(latex))
  })

  test('negative control: half a formula cannot be typeset', () => {
    expect(() => temml.renderToString('\\frac{a', { throwOnError: true })).toThrow()
  })
})
