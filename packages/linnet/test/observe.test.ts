import { describe, expect, it } from 'vitest'
import {
  type ConfigInput,
  completion,
  type Frame,
  follow,
  gaussian,
  gradientDescent,
  gradientFlow,
  linear,
  loadEngine,
  lowRank,
  type Moment,
  makeObjective,
  parseConfig,
  prepare,
  probes,
  type Run,
  type SimulateOptions,
  sgd,
  simulate,
} from '../src/index.ts'

const problem = {
  seed: 3,
  loss: completion({ truth: lowRank({ rows: 6, columns: 5, rank: 2 }), observed: 20, normalisation: 'mean' }),
  network: linear({ depth: 3 }),
  init: gaussian({ deviation: 0.3 }),
  probes: [probes.loss, probes.singularValues(2), probes.gradientNorm],
  record: { samples: 25, snapshots: 4 },
}
const flow: ConfigInput = { ...problem, dynamics: gradientFlow(), until: { time: 40 } }
const descent: ConfigInput = {
  ...problem,
  dynamics: gradientDescent({ stepSize: 0.05 }),
  until: { steps: 1000 },
}
const stochastic: ConfigInput = {
  ...problem,
  dynamics: sgd({ stepSize: 0.05, batchSize: 4 }),
  until: { steps: 1000 },
}

async function drain(frames: AsyncGenerator<Frame, Run>): Promise<{ frames: Frame[]; run: Run }> {
  const seen: Frame[] = []
  for (;;) {
    const { done, value } = await frames.next()
    if (done) return { frames: seen, run: value }
    seen.push(value)
  }
}

async function followed(input: ConfigInput, options: SimulateOptions): Promise<Run> {
  const config = parseConfig(input)
  const problem = prepare(config, await loadEngine(), new Map())
  return (await drain(follow(config, problem, options))).run
}

/** What a run leaves behind, without its engine. */
function left({ trajectory, snapshots, weights, accounts, stopped }: Run) {
  const columns = trajectory.columns.map(({ name }) => Array.from(trajectory.column(name)))
  return { positions: Array.from(trajectory.positions), columns, snapshots, weights, accounts, stopped }
}

const forms: readonly (readonly [string, (input: ConfigInput, options: SimulateOptions) => Promise<Run>])[] =
  [
    ['simulate', (input, options) => simulate(input, options)],
    ['simulate.stream', async (input, options) => (await drain(simulate.stream(input, options))).run],
    ['follow', followed],
  ]

describe.each(forms)('an observer of %s', (_, start) => {
  it.each([
    ['a flow', flow],
    ['a descent', descent],
    ['a stochastic descent', stochastic],
  ])('sees every sample of %s and changes no bit', async (_, config) => {
    const alone = await start(config, {})
    const seen: number[] = []
    const losses: number[] = []
    const observe = (moment: Moment) => {
      seen.push(moment.position)
      losses.push(moment.loss)
      moment.svd.U.data[0] = 7 // its own: nothing of the run
    }
    const observed = await start(config, { observe })
    expect(left(observed)).toEqual(left(alone))
    expect(seen).toEqual(Array.from(alone.trajectory.positions))
    expect(losses).toEqual(Array.from(alone.trajectory.column('loss')))
  })

  it('that writes into the weights moves a descent', async () => {
    const alone = await start(descent, {})
    const meddling = await start(descent, {
      observe: ({ weights }) => {
        weights.layers[0]!.data[0]! += 1e-3
      },
    })
    expect(meddling.weights).not.toEqual(alone.weights)
  })
})

it('an observer shares what the probes have computed', async () => {
  const config = parseConfig({ ...descent, probes: [probes.singularValues(2)] })
  const engine = await loadEngine()
  const { objective, start } = prepare(config, engine, new Map())
  let products = 0
  const network = {
    ...objective.network,
    endToEndInto: (...args: Parameters<typeof objective.network.endToEndInto>) => {
      products++
      objective.network.endToEndInto(...args)
    },
  }
  const counted = { ...makeObjective(engine, objective.loss, objective.network), network }
  const count = async (observe?: (moment: Moment) => void) => {
    products = 0
    await drain(follow(config, { objective: counted, start }, observe ? { observe } : {}))
    return products
  }
  const pictures: Float64Array[] = []
  const samples = config.record.samples + 1
  expect(await count()).toBe(samples)
  expect(await count(({ endToEnd }) => pictures.push(endToEnd.data.slice()))).toBe(samples)
  expect(new Set(pictures.map(String)).size).toBe(samples)
})

describe('frames carry the snapshots', () => {
  it.each([
    ['a flow', flow],
    ['a descent', descent],
    ['a run that stops early', { ...descent, until: { steps: 1e5, loss: 0.01 } }],
    ['a run that stops at once', { ...descent, until: { steps: 100, loss: 1e9 } }],
    ['a run that diverges', { ...descent, dynamics: gradientDescent({ stepSize: 100 }) }],
  ])('of %s, with every row', async (_, config) => {
    const { frames, run } = await drain(simulate.stream(config))
    const snapshots = frames.flatMap(({ snapshot }) => snapshot ?? [])
    expect(snapshots).toEqual(run.snapshots)
    const places = snapshots.map(({ position }) => position)
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
    for (const frame of frames) if (frame.snapshot) expect(frame.snapshot.position).toBe(frame.position)
    const rows = frames.flatMap(({ row }) => (row ? [row[0]!] : []))
    expect(rows).toEqual(Array.from(run.trajectory.column('loss')))
  })
})
