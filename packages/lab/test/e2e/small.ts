import type { Experiment } from '../../src/experiment/experiment.ts'
import type { JsonObject } from '../../src/experiment/json.ts'
import { encodeState } from '../../src/experiment/link.ts'
import { openingState } from '../../src/experiment/opening.ts'

/** Descent that takes a moment: three layers learn a 6×5 matrix of rank 2. */
export const smallConfig: JsonObject = {
  title: 'Small',
  seed: 3,
  loss: {
    kind: 'completion',
    truth: { kind: 'spectrum', rows: 6, columns: 5, singularValues: [3, 1.5] },
    observed: 22,
    normalisation: 'half',
  },
  network: { kind: 'linear', depth: 2 },
  init: { kind: 'orthogonal', scale: 0.01 },
  dynamics: { kind: 'gradientDescent', stepSize: 0.05 },
  probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 3 }],
  until: { steps: 400 },
  record: { samples: 40 },
}

/** Of depth 1 and 2. */
export const twoDepths: Experiment['lanes'] = [1, 2].map((depth) => ({
  label: `depth ${depth}`,
  changes: { 'network.depth': depth },
}))

/** The link of `smallConfig`, alone and with one seed where nothing else is said. */
export function smallLink(change: Partial<Experiment> = {}): Promise<string> {
  const experiment: Experiment = {
    config: smallConfig,
    lanes: [{ label: 'run', changes: {} }],
    seeds: 1,
    engine: 'strict',
    ...change,
  }
  return encodeState({ ...openingState, experiment, view: { ...openingState.view, lane: 0 } })
}
