import { configSchema } from 'linnet'
import { describe, expect, test } from 'vitest'
import { planOf } from '../src/experiment/plan.ts'
import { entriesOf, type Node } from '../src/experiment/schema.ts'
import { catalogue } from '../src/setup/catalogue.ts'
import { comparedOverKinds, withKindInLane, withLaneOfKind } from '../src/setup/kind-lanes.ts'
import { sectionsOf } from '../src/setup/sections.ts'
import { startingSpec } from '../src/setup/starting-value.ts'
import { experiment } from './setup-experiment.ts'

const named = (value: string) => ({ value, title: `the ${value}` })

describe('comparing kinds', () => {
  test('flow and steps: each lane has the horizon of its own clock', () => {
    const made = comparedOverKinds(
      experiment,
      2,
      'dynamics',
      [named('gradientFlow'), named('gradientDescent')],
      {
        stepSize: 0.01,
      },
    )
    expect(made.lanes.map(({ label }) => label)).toEqual(['the gradientFlow', 'the gradientDescent'])
    const { runs, problems } = planOf(made)
    expect(problems).toEqual([])
    expect(runs.map(({ config }) => config.until)).toEqual([{ time: 40 }, { steps: 4000 }])
    expect(runs.map(({ config }) => config.network)).toEqual(runs.map(() => experiment.config.network))
  })

  test('a further one, and another kind in its place', () => {
    const two = comparedOverKinds(experiment, 0, 'init', [named('identity'), named('balanced')])
    const three = withLaneOfKind(two, 'init', named('orthogonal'))
    const other = withKindInLane(three, 1, 'init', named('rooted'))
    expect(planOf(other).runs.map(({ config }) => config.init.kind)).toEqual([
      'identity',
      'rooted',
      'orthogonal',
    ])
    expect(other.lanes[1]!.label).toBe('the rooted')
    // The lane that was looked at, depth 1, is what all of them are.
    expect(planOf(other).runs.map(({ config }) => config.network)).toEqual(
      [1, 1, 1].map((depth) => ({ kind: 'linear', depth })),
    )
  })
})

describe('a list grows by an entry that parses', () => {
  const probes = sectionsOf(experiment.config, catalogue).find(({ id }) => id === 'probes')!.controls[0]!

  test('of every kind', () => {
    if (probes.kind !== 'specs') throw new Error('no list')
    for (const { value } of probes.choices) {
      const config = { ...experiment.config, probes: [probes.added(value)] }
      expect(planOf({ ...experiment, config }).problems, value).toEqual([])
    }
  })

  test('a new matrix has the shape that there is', () => {
    const truth = (configSchema() as Node).properties!.loss!.oneOf![0]!.properties!.truth!
    const spec = startingSpec(entriesOf(truth)!.get('gaussian')!, { rows: 7, columns: 3 })
    expect(spec).toMatchObject({ kind: 'gaussian', rows: 7, columns: 3 })
  })
})
