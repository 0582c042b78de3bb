import { describe, expect, test } from 'vitest'
import { foresight, foresights } from '../../src/stage/foresight.ts'

const claim = 'Theorem 1: the flow.'
const reason = 'Theorem 1 is about balanced layers.'

describe('the sentence of a lane', () => {
  test('is what is predicted, or why nothing is', () => {
    expect(foresight([{ claim }])).toBe('Dashed, by Theorem 1: the flow.')
    expect(foresight([{ reason }])).toBe(`Nothing is predicted here. ${reason}`)
  })

  test('names no theorem where the claim names none', () => {
    expect(foresight([{ claim: 'Gradient flow, from W(0).' }])).toBe('Dashed: gradient flow, from W(0).')
  })

  test('waits until it is known of every seed', () => {
    expect(foresight([])).toBeUndefined()
    expect(foresight([{}])).toBeUndefined()
    expect(foresight([{ claim }, {}])).toBeUndefined()
    expect(foresight([{ claim }, { claim }])).toBe(
      'Dashed, by Theorem 1: the flow. The median of what is predicted for each seed.',
    )
  })

  test('says of how many seeds nothing is predicted', () => {
    expect(foresight([{ claim }, { reason }, { claim }])).toMatch(/^Nothing is predicted of 1 of 3 seeds/)
  })
})

describe('the sentences of all lanes', () => {
  test('are said once where they are the same', () => {
    expect(foresights([[{ claim }], [{ claim }]])).toEqual({
      shared: 'Dashed, by Theorem 1: the flow.',
      own: [undefined, undefined],
    })
  })

  test('are said lane by lane where they differ, or one is not known yet', () => {
    expect(foresights([[{ claim }], [{ reason }]]).shared).toBeUndefined()
    expect(foresights([[{ claim }], [{}]])).toEqual({ own: ['Dashed, by Theorem 1: the flow.', undefined] })
    expect(foresights([[{ claim }]])).toEqual({ own: ['Dashed, by Theorem 1: the flow.'] })
  })
})
