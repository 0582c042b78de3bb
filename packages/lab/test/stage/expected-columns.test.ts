import { follow, loadEngine, parseConfig, prepare } from 'linnet'
import { expect, test } from 'vitest'
import { openingExperiment } from '../../src/experiment/opening.ts'
import { expectedTrajectory } from '../../src/stage/expected-columns.ts'

/** The columns that the library records. */
async function recorded(config: ReturnType<typeof parseConfig>) {
  const frames = follow(config, prepare(config, await loadEngine(), new Map()))
  const first = await frames.next()
  await frames.return(undefined as never)
  if (first.done) throw new Error('the run has no sample')
  return first.value.columns.map(({ name }) => name)
}

test('before a run begins its panels are those that it will have', async () => {
  const config = parseConfig({
    ...openingExperiment.config,
    probes: [
      'loss',
      { kind: 'reconstructionError', measure: 'relative' },
      { kind: 'singularValues', count: 4 },
      { kind: 'layerSingularValues', count: 2 },
      'unbalancedness',
      'gradientNorm',
      'effectiveRank',
    ].map((probe) => (typeof probe === 'string' ? { kind: probe } : probe)),
  })
  const expected = expectedTrajectory(config)
  expect(expected.columns.map(({ name }) => name)).toEqual(await recorded(config))
  expect(expected.clock).toBe('time')
  expect([...expected.column('loss')]).toEqual([Number.NaN])
})

test('what is known of the columns is used', () => {
  const columns = [{ name: 'mine', symbol: 'm', help: 'mine' }]
  expect(expectedTrajectory(parseConfig(openingExperiment.config), columns).columns).toBe(columns)
})

test('a config that asks for millions of columns is drawn all the same', () => {
  const config = parseConfig({
    ...openingExperiment.config,
    network: { kind: 'linear', depth: 1000 },
    probes: [
      { kind: 'singularValues', count: 10_000 },
      { kind: 'layerSingularValues', count: 10_000 },
    ],
  })
  expect(expectedTrajectory(config).columns.length).toBeLessThan(2000)
})
