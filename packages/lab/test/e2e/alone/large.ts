import { encodeState } from '../../../src/experiment/link.ts'
import { openingState } from '../../../src/experiment/opening.ts'

/** A 100×100 matrix of rank 5, learned from 4000 of its entries by three layers. */
export function largeConfig(moving: {
  readonly dynamics: object
  readonly until: object
}): Record<string, unknown> {
  const { config } = openingState.experiment
  const loss = config.loss as { truth: object }
  return {
    ...config,
    title: 'A hundred by a hundred',
    loss: { ...loss, truth: { ...loss.truth, rows: 100, columns: 100 }, observed: 4000 },
    ...moving,
  }
}

/** The link that opens a config alone, or with so many seeds. */
export function linkOf(config: object, seeds = 1): Promise<string> {
  const { experiment, view } = openingState
  return encodeState({
    ...openingState,
    experiment: {
      ...experiment,
      config: JSON.parse(JSON.stringify(config)),
      lanes: [{ label: 'run', changes: {} }],
      seeds,
    },
    view: { ...view, lane: 0 },
  })
}

/** A 50×50 matrix, quickly learned, of which many pictures are kept: about 4 MB a run. */
export const filmedConfig: Record<string, unknown> = {
  ...openingState.experiment.config,
  title: 'Fifty by fifty, filmed',
  loss: {
    kind: 'completion',
    truth: { kind: 'lowRank', rows: 50, columns: 50, rank: 3 },
    observed: 1200,
    normalisation: 'mean',
  },
  dynamics: { kind: 'gradientDescent', stepSize: 0.1 },
  until: { steps: 390 },
  record: { samples: 390 },
}
