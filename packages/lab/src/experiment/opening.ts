import { completion, gradientFlow, identity, linear, probes, type Spec, spectrum } from 'linnet'
import type { Experiment, LabState } from './experiment.ts'
import type { JsonObject } from './json.ts'

/** Figure 3 in small: a matrix that a page can learn three times over while one looks at it. */
const size = 30
/** Far enough apart that one sees each of them rise. */
const singularValues = [5, 4, 3.2, 2.5, 2]

function plain(value: Spec | readonly Spec[]): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject
}

/** What the lab shows untouched: depth 1, 2, 3 completing a matrix of rank 5 by gradient flow. */
export const openingExperiment: Experiment = {
  config: {
    title: 'One singular value after another',
    seed: 1,
    loss: plain(
      completion({
        truth: spectrum({ rows: size, columns: size, singularValues }),
        observed: 600,
        normalisation: 'half',
      }),
    ),
    network: plain(linear({ depth: 3 })),
    init: plain(identity({ scale: 1e-3 })),
    dynamics: plain(gradientFlow()),
    probes: plain([
      probes.loss(),
      probes.reconstructionError(),
      probes.singularValues({ count: 10 }),
      probes.unbalancedness(),
    ]) as never,
    until: { time: 12 },
    record: { samples: 240 },
  },
  lanes: [1, 2, 3].map((depth) => ({ label: `depth ${depth}`, changes: { 'network.depth': depth } })),
  seeds: 1,
  engine: 'strict',
}

export const openingState: LabState = {
  experiment: openingExperiment,
  pins: [],
  view: { x: 'linear', y: 'linear', clock: 'own', lane: 2 },
  drafts: {},
}
