import {
  type Config,
  completion,
  gradientDescent,
  gradientFlow,
  identity,
  linear,
  lowRank,
  probes,
  type Spec,
} from 'linnet'
import type { Form, PlannedRun, StudyOptions } from '../study.ts'
import {
  type Depth,
  depths,
  followed,
  frobenius,
  horizon,
  observed,
  rank,
  size,
  start,
  stepSize,
  steps,
} from './setting.ts'

/** Instances drawn when nobody asks for others. */
const defaultSeeds = [1, 2, 3]

/** Spread logarithmically: some 150 steps apart where modes rise, far apart on the plateau that fills most of the horizon. */
const samples = 900

/** Weights kept for certificates, spread alike: four to a decade, so that several meet the rise of each mode. */
const snapshots = 24

const dynamics: Readonly<Record<Form, Spec>> = {
  flow: gradientFlow(),
  descent: gradientDescent({ stepSize }),
}

const names: Readonly<Record<Form, string>> = { flow: 'gradient flow', descent: 'gradient descent' }

/** One run of the figure. The seed decides truth, observed entries and nothing else: they are the same at every depth. */
function config(depth: Depth, form: Form, seed: number): Config {
  return {
    title: `Figure 3, depth ${depth}, ${names[form]}, seed ${seed}`,
    seed,
    loss: completion({
      truth: lowRank({ rows: size, columns: size, rank, frobenius }),
      observed,
      normalisation: 'mean',
    }),
    network: linear({ depth }),
    init: identity({ scale: start }),
    dynamics: dynamics[form],
    probes: [probes.loss(), probes.reconstructionError(), probes.singularValues({ count: followed })],
    until: form === 'flow' ? { time: horizon } : { steps },
    record: { samples, spacing: 'logarithmic', snapshots },
  }
}

/** All depths by flow for every seed, then, unless it is to be quick, all depths by descent. */
export function plan({ quick = false, seeds }: StudyOptions = {}): PlannedRun[] {
  const chosen = seeds ?? (quick ? defaultSeeds.slice(0, 1) : defaultSeeds)
  const forms: readonly Form[] = quick ? ['flow'] : ['flow', 'descent']
  return forms.flatMap((form) =>
    chosen.flatMap((seed) =>
      depths.map((depth) => ({
        id: `depth${depth}-${form}-seed${seed}`,
        label: `depth ${depth}, ${names[form]}, seed ${seed}`,
        form,
        seed,
        config: config(depth, form, seed),
      })),
    ),
  )
}
