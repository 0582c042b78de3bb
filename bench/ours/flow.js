// Seconds of figure 3 (Arora, Cohen, Hu and Luo 2019) by gradient flow to its full horizon, and where it ends.
import { gradientFlow, loadEngine, simulate } from 'linnet'
import { answer, engineOf, processorSeconds } from './stopwatch.js'

const task = JSON.parse(process.argv[2])
await engineOf(loadEngine, task) // compiled once, outside the measurement

const config = {
  seed: 1,
  loss: {
    kind: 'completion',
    truth: { kind: 'lowRank', rows: 100, columns: 100, rank: 5, frobenius: 100 },
    observed: 2000,
    normalisation: 'mean',
  },
  network: { kind: 'linear', depth: task.depth },
  init: { kind: 'identity', scale: 1e-3 },
  dynamics: task.tolerance === undefined ? gradientFlow() : gradientFlow({ tolerance: task.tolerance }),
  probes: [{ kind: 'singularValues', count: 8 }],
  until: { time: 20_000 },
  record: { samples: task.samples, spacing: 'linear', snapshots: 2 },
}

let best = Number.POSITIVE_INFINITY
let run
for (let repeat = 0; repeat < task.repeats; repeat++) {
  const engine = await loadEngine(task.engine)
  const start = processorSeconds()
  run = await simulate(config, { engine })
  best = Math.min(best, processorSeconds() - start)
}
const { columns, positions } = run.trajectory
const values = columns.map(({ name }) => Array.from(run.trajectory.column(name)))
answer(
  { [task.key]: best },
  { values, times: Array.from(positions), gradients: run.accounts.gradientEvaluations, stopped: run.stopped },
)
