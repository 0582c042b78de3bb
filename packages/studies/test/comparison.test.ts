import { describe, expect, it } from 'vitest'
import { compare, spreadOf } from '../src/comparison.ts'
import type { Measurement, Quantity } from '../src/study.ts'

const quantity = (id: string, value?: number): Quantity => ({
  id,
  group: 'all',
  quantity: id,
  definition: id,
  unit: '',
  ...(value !== undefined && {
    published: { value, evidence: 'reported', source: 'a table', precision: 1e-3 },
  }),
})
const study = { title: 'a study', quantities: [quantity('a', 4), quantity('b'), quantity('c', 1)] }
const measurement = (
  id: string,
  seed: number,
  value: number,
  form: 'flow' | 'descent' = 'flow',
): Measurement => ({
  quantity: id,
  form,
  seed,
  value,
})

describe('compare', () => {
  const { rows, seeds } = compare(study, [
    measurement('a', 3, 6),
    measurement('a', 1, 2),
    measurement('a', 2, Number.NaN),
    measurement('a', 1, 8, 'descent'),
    { ...measurement('b', 1, 5), predicted: 4 },
  ])

  it('gives median, range and ratio to the published number, form by form', () => {
    const [flow, descent] = rows[0]!.reproduced
    expect(flow).toEqual({
      form: 'flow',
      measured: { reached: 2, seeds: 3, median: 4, least: 2, greatest: 6 },
      ratio: 1,
    })
    expect(descent!.form).toBe('descent')
    expect(descent!.ratio).toBe(2)
  })

  it('gives predictions their own spread, and no ratio where nothing was published', () => {
    const [found] = rows[1]!.reproduced
    expect(found!.predicted).toEqual({ reached: 1, seeds: 1, median: 4, least: 4, greatest: 4 })
    expect(found).not.toHaveProperty('ratio')
  })

  it('leaves out what nobody measured and sorts the seeds', () => {
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(seeds).toEqual([1, 2, 3])
  })

  it('refuses measurements of unknown quantities', () => {
    expect(() => compare(study, [measurement('z', 1, 1)])).toThrow(/"z".*"a study"/)
  })
})

describe('spreadOf', () => {
  it('takes the middle, or the mean of the two middle ones', () => {
    expect(spreadOf([5, 1, 3]).median).toBe(3)
    expect(spreadOf([5, 1, 3, 2]).median).toBe(2.5)
    expect(spreadOf([10, 9, 100]).median).toBe(10)
  })

  it('is not a number where nothing was reached', () => {
    const { reached, median, least, greatest } = spreadOf([Number.NaN, Number.POSITIVE_INFINITY])
    expect(reached).toBe(0)
    expect([median, least, greatest].every(Number.isNaN)).toBe(true)
  })
})
