import {
  balanced,
  completion,
  gradientDescent,
  gradientFlow,
  heavyBall,
  identity,
  linear,
  logistic,
  lowRank,
  lp,
  orthogonal,
  probes,
  sensing,
  values,
} from 'linnet'
import flow from '../../../../examples/flow.json?raw'
import type { JsonObject } from '../experiment/json.ts'
import { employment } from './employment.ts'
import type { Preset } from './preset.ts'
import { lanesOver, preset } from './preset-state.ts'

const gaussianMatrix = (rows: number, columns: number) => ({ kind: 'gaussian', rows, columns })

const plain = (spec: object) => JSON.parse(JSON.stringify(spec)) as JsonObject

const momentum = heavyBall({ stepSize: 0.02, momentum: 0.9 })

/** A small 2×2 start whose determinant has the sign of its last entry. */
function startOf(corner: number) {
  return balanced({
    target: values({
      data: [
        [0.1, 0.01],
        [-0.005, corner],
      ],
    }),
  })
}

/** Experiments of the sources, small enough to run while one looks. */
export const canonicalPresets: readonly Preset[] = [
  preset(
    'experiment:sensing',
    {
      title: 'Matrix sensing',
      claim:
        'Half as many Gaussian measurements as there are entries: depth 2 and 3, started small, recover the matrix of rank 2; depth 1 fits the measurements and recovers nothing.',
      citation:
        'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4; Cohen, Razin 2024 (arXiv 2408.13767), eq. (9)',
    },
    () => ({
      seed: 1,
      loss: sensing({
        truth: lowRank({ rows: 16, columns: 16, rank: 2, frobenius: 16 }),
        samples: 128,
        normalisation: 'half',
      }),
      network: linear({ depth: 3 }),
      init: identity({ scale: 1e-3 }),
      dynamics: gradientFlow(),
      probes: [
        probes.loss(),
        probes.reconstructionError(),
        probes.singularValues({ count: 6 }),
        probes.effectiveRank(),
      ],
      until: { time: 120 },
      record: { samples: 240 },
    }),
    { lanes: lanesOver('depth', 'network.depth', [1, 2, 3]), view: { lane: 2 } },
  ),
  preset(
    'experiment:norms-to-infinity',
    {
      title: 'Norms that grow without bound',
      claim:
        'Three of four entries are seen, and no completion of rank 1 exists. While the determinant keeps its positive sign the loss can go to zero only as every norm goes to infinity; the effective rank falls towards 1.',
      citation: 'Razin, Cohen 2020 (arXiv 2005.06398); Cohen, Razin 2024 (arXiv 2408.13767), proposition 5',
    },
    () => ({
      seed: 0,
      loss: completion({
        entries: values({
          data: [
            [0, 1, 1],
            [1, 0, 1],
            [1, 1, 0],
          ],
        }),
      }),
      network: linear({ depth: 3 }),
      init: startOf(0.1),
      dynamics: gradientFlow({ tolerance: 1e-9 }),
      probes: [
        probes.loss(),
        probes.singularValues({ count: 2 }),
        probes.nuclearNorm(),
        probes.frobeniusNorm(),
        probes.effectiveRank(),
        probes.determinantSign(),
      ],
      until: { time: 2000 },
      record: { samples: 240, spacing: 'logarithmic' },
    }),
    { view: { x: 'log', y: 'log' } },
  ),
  preset(
    'experiment:negative-determinant',
    {
      title: 'The same, with the other sign',
      claim:
        'The sign of one seen entry is turned: now every matrix without loss has a positive determinant. Started with a negative one the norm grows without bound; started with a positive one it stays small.',
      citation: 'Cohen, Razin 2024 (arXiv 2408.13767), exercise 4; Razin, Cohen 2020 (arXiv 2005.06398)',
    },
    () => ({
      seed: 0,
      loss: completion({
        entries: values({
          data: [
            [0, 1, 1],
            [1, 0, -1],
            [1, 1, 0],
          ],
        }),
      }),
      network: linear({ depth: 3 }),
      init: startOf(-0.1),
      dynamics: gradientFlow({ tolerance: 1e-9 }),
      probes: [
        probes.loss(),
        probes.singularValues({ count: 2 }),
        probes.frobeniusNorm(),
        probes.effectiveRank(),
        probes.determinantSign(),
      ],
      until: { time: 2000 },
      record: { samples: 240, spacing: 'logarithmic' },
    }),
    {
      lanes: [
        { label: 'det W(0) < 0', changes: {} },
        { label: 'det W(0) > 0', changes: { init: plain(startOf(0.1)) } },
      ],
      view: { x: 'log', y: 'log' },
    },
  ),
  preset(
    'experiment:lp-momentum',
    {
      title: 'ℓ₄ regression, with momentum',
      claim:
        'Regression with the fourth power of the error on badly conditioned inputs, at depth 1 and 2. Momentum is faster at either depth, and breaks the conservation law that plain steps all but keep.',
      citation:
        'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 3; Cohen, Razin 2024 (arXiv 2408.13767), claim 1',
    },
    () => ({
      seed: 1,
      loss: lp({
        power: 4,
        truth: gaussianMatrix(1, 6),
        samples: 200,
        covariance: [1, 0.5, 0.2, 0.1, 0.05, 0.02],
        normalisation: 'meanPerPower',
      }),
      network: linear({ depth: 2 }),
      init: balanced({ scale: 0.1 }),
      dynamics: gradientDescent({ stepSize: 0.02 }),
      probes: [probes.loss(), probes.reconstructionError(), probes.unbalancedness()],
      until: { steps: 5000 },
      record: { samples: 240, spacing: 'logarithmic' },
    }),
    {
      lanes: [
        { label: 'depth 1', changes: { 'network.depth': 1 } },
        { label: 'depth 2', changes: {} },
        {
          label: 'depth 1, momentum',
          changes: { 'network.depth': 1, dynamics: plain(momentum) },
        },
        { label: 'depth 2, momentum', changes: { dynamics: plain(momentum) } },
      ],
      view: { x: 'log', y: 'log', lane: 1 },
    },
  ),
  preset(
    'experiment:logistic',
    {
      title: 'Logistic regression on separable data',
      claim:
        'The loss has no minimum: it falls for ever while the weights grow. Depth makes both go faster, and the end-to-end matrix nearer to rank one.',
      citation:
        'Soudry, Hoffer, Nacson, Gunasekar, Srebro 2018 (arXiv 1710.10345); Ji, Telgarsky 2019 (arXiv 1810.02032)',
    },
    () => ({
      seed: 1,
      loss: logistic({ truth: gaussianMatrix(3, 6), samples: 60 }),
      network: linear({ depth: 3 }),
      init: balanced({ scale: 0.05 }),
      dynamics: gradientFlow(),
      probes: [
        probes.loss(),
        probes.singularValues({ count: 3 }),
        probes.frobeniusNorm(),
        probes.stableRank(),
      ],
      until: { time: 1000 },
      record: { samples: 240, spacing: 'logarithmic' },
    }),
    {
      lanes: lanesOver('depth', 'network.depth', [1, 2, 3]),
      view: { x: 'log', y: 'log', lane: 2 },
    },
  ),
]

/** What lies in the folder of examples. */
export const examplePresets: readonly Preset[] = [
  preset(
    'example:flow',
    {
      title: 'Greedy low-rank learning at depth 3',
      claim:
        'Two entries in five of a 40×30 matrix of rank 3: gradient flow finds its three singular values one after another, and with them the entries it has not seen.',
      citation: 'examples/flow.json; after Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), figure 3',
    },
    () => JSON.parse(flow) as object,
  ),
  preset(
    'example:us-employment',
    {
      title: 'US employment, with holes',
      claim:
        'A real table: employment by industry every third month from 2006, three cells in ten missing, each industry in units of its own spread. The economy, too, is learned one mode after another.',
      citation:
        'examples/us-employment-with-holes.csv, from vega-datasets (US Bureau of Labor Statistics); method of Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655)',
    },
    () => ({
      seed: 1,
      loss: completion({ ...employment(), normalisation: 'half' } as Parameters<typeof completion>[0]),
      network: linear({ depth: 3 }),
      init: orthogonal({ scale: 1e-2 }),
      dynamics: gradientFlow(),
      probes: [probes.loss(), probes.singularValues({ count: 8 }), probes.effectiveRank()],
      until: { time: 30 },
      record: { samples: 240 },
    }),
  ),
]
