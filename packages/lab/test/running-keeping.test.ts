import { simulate, theory } from 'linnet'
import { expect, it } from 'vitest'
import { Album } from '../src/running/album.ts'
import { LiveRun } from '../src/running/live-run.ts'
import { RunCache } from '../src/running/run-cache.ts'
import { allToldOf, planned, small } from './running-experiments.ts'

async function saved(seed: number) {
  const run = await simulate(small({ seed }))
  const certificates = theory.certify(run)
  const { id } = planned(run.config)
  return { run, certificates, live: LiveRun.saved({ ...run, id, engine: 'strict', certificates }) }
}

it('makes a run of stored data that has ended, with everything final', async () => {
  const { run, certificates, live } = await saved(1)
  expect(live.isFinished).toBe(true)
  expect(live.status.value).toEqual({ kind: 'ended', stopped: run.stopped })
  expect(live.measured.value).toBe(run.trajectory)
  expect([...live.certificates.value.values()]).toEqual(
    certificates.map((certificate) => ({ certificate, final: true })),
  )
  expect(live.beginning.value).toMatchObject({ clock: 'time', horizon: 20, shape: [6, 5] })
})

it('keeps the runs used last, up to its bytes', async () => {
  const told = await allToldOf({ id: '1', type: 'run', config: small(), engine: 'strict' })
  const runs = ['a', 'b', 'c'].map((id) => {
    const live = new LiveRun({ ...planned(), id })
    for (const answer of told) live.hear(answer)
    return live
  })
  const [a, b, c] = runs as [LiveRun, LiveRun, LiveRun]
  expect(a.bytes).toBeGreaterThan(10_000)
  const cache = new RunCache(2 * a.bytes)
  cache.put(a)
  cache.put(b)
  cache.put(a)
  cache.put(c)
  expect(cache.bytes).toBe(2 * a.bytes)
  expect([cache.take('a'), cache.take('b'), cache.take('c')]).toEqual([a, undefined, c])
  expect(cache.bytes).toBe(0)
})

it('takes pictures that are the end-to-end matrix in single precision, the first and the last of the run among them', async () => {
  const config = small()
  const told = await allToldOf({ id: '1', type: 'run', config, engine: 'strict' })
  const pictures = told.flatMap((answer) => (answer.type === 'moved' ? answer.pictures : []))
  const expected: { position: number; values: Float32Array }[] = []
  await simulate(config, {
    observe: ({ position, endToEnd }) =>
      expected.push({ position, values: Float32Array.from(endToEnd.data) }),
  })
  expect(pictures).toEqual(expected)
})

it('adds where a run ended between two samples, once', async () => {
  const config = small({ until: { time: 1000, loss: 1e-3 } })
  const told = await allToldOf({ id: '1', type: 'run', config, engine: 'strict' })
  const positions = told.flatMap((answer) =>
    answer.type === 'moved' ? answer.pictures.map(({ position }) => position) : [],
  )
  const ended = told.find((answer) => answer.type === 'ended')!
  expect(positions.filter((position) => position === ended.stopped.position)).toHaveLength(1)
  expect(positions).toEqual([...positions].sort((a, b) => a - b))
})

it('thins evenly what would take more than 16 MB', () => {
  const endToEnd = { rows: 1, columns: 1, data: new Float64Array(1) }
  const kept = (side: number, samples: number) => {
    const album = new Album([side, side], samples)
    const shown = (position: number) => album.see({ position, endToEnd } as Parameters<Album['see']>[0])
    return Array.from({ length: samples }, (_, i) => i).filter((i) => shown(i) !== undefined)
  }
  expect(kept(100, 201)).toHaveLength(201)
  for (const [side, samples] of [
    [100, 5000],
    [300, 201],
    [1000, 201],
    [3000, 50],
  ] as const) {
    const indices = kept(side, samples)
    expect(4 * side ** 2 * (indices.length + 1)).toBeLessThanOrEqual(Math.max(2 ** 24, 8 * side ** 2))
    expect(indices[0]).toBe(0)
    expect(new Set(indices.slice(1).map((index, i) => index - indices[i]!)).size).toBeLessThanOrEqual(1)
  }
})
