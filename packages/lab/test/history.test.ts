import { describe, expect, test } from 'vitest'
import type { Experiment } from '../src/experiment/experiment.ts'
import { openingExperiment } from '../src/experiment/opening.ts'
import { History } from '../src/store/history.ts'

const numbered = (seeds: number): Experiment => ({ ...openingExperiment, seeds })

/** An experiment that is changed through a history, at times that the test sets. */
function makeEditor() {
  let now = 0
  const history = new History(() => now)
  let current = numbered(0)
  return {
    change(seeds: number, after = 1000) {
      now += after
      history.note(current)
      current = numbered(seeds)
    },
    open(seeds: number, after: number) {
      now += after
      history.note(current, true)
      current = numbered(seeds)
    },
    undo() {
      current = history.back(current) ?? current
      return current.seeds
    },
    redo() {
      current = history.forth(current) ?? current
      return current.seeds
    },
  }
}

describe('undoing', () => {
  test('back and forth, and no further than there is', () => {
    const { change, undo, redo } = makeEditor()
    for (const seeds of [1, 2, 3]) change(seeds)
    expect([undo(), undo(), undo(), undo()]).toEqual([2, 1, 0, 0])
    expect([redo(), redo(), redo(), redo()]).toEqual([1, 2, 3, 3])
  })

  test('a change after going back ends the way forth', () => {
    const { change, undo, redo } = makeEditor()
    for (const seeds of [1, 2]) change(seeds)
    undo()
    change(9)
    expect(redo()).toBe(9)
    expect([undo(), undo()]).toEqual([1, 0])
  })

  test('what is opened is a step of its own, however fast', () => {
    const { change, open, undo } = makeEditor()
    change(1)
    open(2, 10)
    change(3, 10)
    expect([undo(), undo(), undo()]).toEqual([2, 1, 0])
  })

  test('a slider under the hand is one step', () => {
    const { change, undo } = makeEditor()
    change(1)
    change(2)
    for (let seeds = 3; seeds < 60; seeds++) change(seeds, 16)
    expect([undo(), undo()]).toEqual([1, 0])
  })

  test('a change right after undoing is a step of its own', () => {
    const { change, undo } = makeEditor()
    change(1)
    change(2)
    undo()
    change(3, 10)
    expect([undo(), undo()]).toEqual([1, 0])
  })

  test('a hundred steps are remembered', () => {
    const { change, undo } = makeEditor()
    for (let seeds = 1; seeds <= 150; seeds++) change(seeds)
    for (let step = 0; step < 200; step++) undo()
    expect(undo()).toBe(50)
  })
})
