import type { Experiment } from '../src/experiment/experiment.ts'

/** Depths 1, 2, 3 completing a random matrix: what the tests of the setup work on, whatever the lab opens with. */
export const experiment: Experiment = {
  config: {
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
    probes: [
      { kind: 'loss' },
      { kind: 'reconstructionError' },
      { kind: 'singularValues', count: 10 },
      { kind: 'unbalancedness' },
    ],
    until: { time: 40 },
    record: { samples: 240 },
  },
  lanes: [1, 2, 3].map((depth) => ({ label: `depth ${depth}`, changes: { 'network.depth': depth } })),
  seeds: 1,
  engine: 'strict',
}
