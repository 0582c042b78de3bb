import { plainNumber } from '../figure/lettering.ts'
import type { Published, Quantity } from '../study.ts'
import { type Depth, depths, plotted, rank } from './setting.ts'

/** A ruler on the published plot is good to about this, relative. */
const rulerPrecision = 0.05
/** Small singular values at the foot of the plot are told from each other only roughly. */
const footPrecision = 0.3

const notebook =
  'Arora et al. 2019, output of the notebook published with the code (roosephu/deep_matrix_factorization)'
const plot = 'Arora et al. 2019, figure 3, synthetic data'
const otherInstance = 'published numbers are of another random instance: compare with the range over seeds'

function reported(value: number, precision: number): Published {
  return { value, evidence: 'reported', source: notebook, precision, note: otherInstance }
}

function readOff(value: number, precision = rulerPrecision): Published {
  return { value, evidence: 'read off the plot', source: plot, precision, note: otherInstance }
}

const error: Readonly<Record<Depth, Published>> = {
  1: reported(0.81955, 1e-5),
  2: reported(0.098825, 1e-5),
  3: reported(0.0016707, 1e-5),
}

const theorem3 = 'Theorem 3 with g = 2σ₁(observed part of W*)/m'

/** Where the published plots end, by depth, in steps. */
export const comparedAt: Readonly<Record<Depth, number>> = { 1: plotted, 2: 15_000, 3: 20_000 }

/** What is measured at every depth. */
function common(depth: Depth): Quantity[] {
  const group = `Depth ${depth}`
  return [
    {
      id: `reconstructionError${depth}`,
      group,
      quantity: 'reconstruction error, whole run',
      definition: 'least of the mean of (W − W*)² over all entries, as the published code prints it',
      unit: 'mean square',
      published: error[depth],
    },
    {
      id: `plottedError${depth}`,
      group,
      quantity: `reconstruction error at step ${plainNumber(comparedAt[depth])}`,
      definition:
        'the same where the published plot ends; the printed number does not say to which end it belongs',
      unit: 'mean square',
      published: error[depth],
    },
    {
      id: `overlap${depth}`,
      group,
      quantity: 'overlap of modes, mean',
      definition: `σᵣ₊₁ ÷ its final value when σᵣ reaches half of its own, mean over r < ${rank}: ½ together, 0 one by one`,
      unit: '',
    },
    {
      id: `worstOverlap${depth}`,
      group,
      quantity: 'overlap of modes, worst pair',
      definition: `the same, greatest over r < ${rank}`,
      unit: '',
    },
    {
      id: `shift${depth}`,
      group,
      quantity: 'descent later than flow',
      definition: 'when σ₁ reaches half of its final value: steps of descent less steps of flow',
      unit: 'steps',
    },
    {
      id: `distance${depth}`,
      group,
      quantity: 'descent away from flow, at the end',
      definition: `greatest |difference| of σ₁ … σ₁₀ at the last step, relative to σ₁`,
      unit: '',
    },
  ]
}

function singularValues(depth: Depth, at: number, values: readonly number[]): Quantity[] {
  return values.map((value, r) => ({
    id: `singularValue${r + 1}Depth${depth}`,
    group: `Depth ${depth}`,
    quantity: `σ${'₁₂₃₄₅'[r]} at step ${plainNumber(at)}`,
    definition: 'singular value of the end-to-end matrix',
    unit: '',
    published: readOff(value),
  }))
}

const depth1: readonly Quantity[] = [
  ...singularValues(1, comparedAt[1], [11.7]),
  {
    id: 'asymptote1',
    group: 'Depth 1',
    quantity: 'σ₁ at the end',
    definition: 'what depth 1 converges to: the observed part of W*, zero elsewhere',
    unit: '',
    published: readOff(12.3),
  },
  {
    id: 'timeConstant1',
    group: 'Depth 1',
    quantity: 'time constant',
    definition: 'when σ₁ has gone 1 − 1/e of its way',
    unit: 'steps',
    prediction: 'm/(2η): every observed entry relaxes alone',
  },
]

const depth2: readonly Quantity[] = [
  ...singularValues(2, comparedAt[2], [46, 39, 37, 29, 25]),
  {
    id: 'escape2',
    group: 'Depth 2',
    quantity: 'σ₁ at half height',
    definition: 'first time at half of its final value S',
    unit: 'steps',
    prediction: `ln(S/σ₁(0))/(2gη): ${theorem3}, aligned start`,
  },
  {
    id: 'rest2',
    group: 'Depth 2',
    quantity: `σ₆ at step ${plainNumber(15_000)}`,
    definition: `largest singular value beyond the rank of W*`,
    unit: '',
    published: readOff(6, footPrecision),
  },
]

const jumps = [8300, 9600, 10_800, 12_500, 15_000]

const depth3: readonly Quantity[] = [
  ...singularValues(3, comparedAt[3], [53, 48, 44.5, 39, 33]),
  ...jumps.map((jump, r) => ({
    id: `escape3Mode${r + 1}`,
    group: 'Depth 3',
    quantity: `σ${'₁₂₃₄₅'[r]} at half height`,
    definition: 'first time at half of its final value',
    unit: 'steps',
    published: readOff(jump),
    ...(r === 0 && { prediction: `σ₁(0)^(−1/3)/(gη): ${theorem3}, aligned start` }),
  })),
  {
    id: 'rest3',
    group: 'Depth 3',
    quantity: `σ₆ at step ${plainNumber(20_000)}`,
    definition: `largest singular value beyond the rank of W*`,
    unit: '',
    published: readOff(0.1, footPrecision),
  },
]

const own: Readonly<Record<Depth, readonly Quantity[]>> = { 1: depth1, 2: depth2, 3: depth3 }

/** All rows of the table, depth by depth. */
export const quantities: readonly Quantity[] = depths.flatMap((depth) => {
  const [whole, plottedError, ...rest] = common(depth)
  return [whole!, plottedError!, ...own[depth], ...rest]
})
