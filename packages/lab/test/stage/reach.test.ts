import type { ShownRun } from '@linnet/studies'
import { makeTrajectory, parseConfig } from 'linnet'
import { expect, test } from 'vitest'
import { openingExperiment } from '../../src/experiment/opening.ts'
import { goesFarther } from '../../src/stage/reach.ts'

function run(time: number, pinned = false): ShownRun {
  const config = parseConfig({ ...openingExperiment.config, until: { time } })
  return {
    label: '',
    lane: 0,
    config,
    pinned,
    trajectory: makeTrajectory('time', Float64Array.of(0, time), [], []),
  }
}

test('it matters where time ends only if something pinned outlasts the lanes', () => {
  expect(goesFarther([run(12), run(30, true)], 'own')).toBe(true)
  expect(goesFarther([run(12), run(12, true)], 'own')).toBe(false)
  expect(goesFarther([run(12), run(30)], 'own')).toBe(false)
  expect(goesFarther([run(30, true)], 'own')).toBe(false)
})
