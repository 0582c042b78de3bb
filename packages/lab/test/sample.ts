import type { Experiment } from '../src/experiment/experiment.ts'
import type { JsonObject } from '../src/experiment/json.ts'

/** A completion by gradient flow, as people write it. */
export const sampleConfig: JsonObject = {
  title: 'A sample',
  seed: 1,
  loss: {
    kind: 'completion',
    truth: { kind: 'lowRank', rows: 30, columns: 30, rank: 5 },
    observed: 540,
    normalisation: 'half',
  },
  network: { kind: 'linear', depth: 3 },
  init: { kind: 'identity', scale: 1e-3 },
  dynamics: { kind: 'gradientFlow' },
  probes: [{ kind: 'loss' }, { kind: 'reconstructionError' }, { kind: 'singularValues', count: 10 }],
  until: { time: 40 },
  record: { samples: 240 },
}

/** It at depth 1, 2, 3. */
export const sampleExperiment: Experiment = {
  config: sampleConfig,
  lanes: [1, 2, 3].map((depth) => ({ label: `depth ${depth}`, changes: { 'network.depth': depth } })),
  seeds: 1,
  engine: 'strict',
}
