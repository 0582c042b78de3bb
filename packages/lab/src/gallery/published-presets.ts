import type { Published } from '@linnet/studies'
import {
  balanced,
  completion,
  gaussian,
  gradientDescent,
  groupRMSprop,
  linear,
  lowRank,
  probes,
  rooted,
  squared,
  type Trajectory,
  values,
} from 'linnet'
import type { Preset, PublishedNumber } from './preset.ts'
import { lanesOver, preset } from './preset-state.ts'

const last = (column: string) => (trajectory: Trajectory) => trajectory.column(column).at(-1) ?? Number.NaN

function readOff(value: number, source: string, precision: number, note?: string): Published {
  return { value, evidence: 'read off the plot', source, precision, ...(note !== undefined && { note }) }
}

const figure2 = 'arXiv 1905.13655, figures 1 and 2 (2000 of 100×100 entries, ‖W(0)‖ = 0.01)'
const anotherTruth = 'another random matrix of rank 5'

function ofFigure2(lane: string, [error, rank, norm]: readonly [number, number, number]): PublishedNumber[] {
  const precision = error < 1e-3 ? 0.5 : 0.1
  return [
    {
      id: `error-${lane}`,
      lane,
      quantity: 'Reconstruction error',
      definition: 'mean of (W − W*)² over all entries, at a training loss of 10⁻⁶',
      unit: '',
      published: readOff(error, figure2, precision, anotherTruth),
      read: last('reconstructionError'),
    },
    {
      id: `rank-${lane}`,
      lane,
      quantity: 'Effective rank',
      definition: 'exponential of the entropy of σ_r/Σσ',
      unit: '',
      published: readOff(rank, figure2, 0.05, anotherTruth),
      read: last('effectiveRank'),
    },
    {
      id: `norm-${lane}`,
      lane,
      quantity: 'Nuclear norm',
      definition: 'Σσ_r, where ‖W*‖_F = 100',
      unit: '',
      published: readOff(norm, figure2, 0.01, anotherTruth),
      read: last('nuclearNorm'),
    },
  ]
}

const norms = 'plots published with the code of arXiv 2005.06398 (2×2, step 0.003, W(0) of size 10⁻⁶)'

function ofNorms(lane: string, [entry, steps]: readonly [number, number], note: string): PublishedNumber[] {
  return [
    {
      id: `entry-${lane}`,
      lane,
      quantity: 'The entry nobody sees',
      definition: '|w₁₁| at a loss of 10⁻⁴; here σ₁(W), which is larger by at most 2 %',
      unit: '',
      published: readOff(entry, norms, 0.05, note),
      read: last('singularValue1'),
    },
    {
      id: `steps-${lane}`,
      lane,
      quantity: 'Steps',
      definition: 'until the loss is 10⁻⁴',
      unit: 'steps',
      published: readOff(steps, norms, 0.1, note),
      read: ({ positions }) => positions.at(-1) ?? Number.NaN,
    },
  ]
}

/** Single runs of papers in their own sizes. */
export const publishedPresets: readonly Preset[] = [
  preset(
    'published:norms-to-infinity',
    {
      title: 'A norm that passes seventy',
      claim:
        'Millions of steps on four numbers, from a product of size 10⁻⁶: at depth 3 the entry that nobody sees passes 70 while the loss falls to 10⁻⁴. At depth 2 steps of this size push the determinant through zero, which the flow never does, and the norm stops near 9.',
      citation:
        'Razin, Cohen 2020 (arXiv 2005.06398), experiments and the code published with them; Cohen, Razin 2024 (arXiv 2408.13767), proposition 5',
      published: {
        numbers: [
          ...ofNorms('depth 2', [7.1, 3.1e4], 'in float32, and of another start'),
          ...ofNorms('depth 3', [70, 3.3e6], 'of another start'),
        ],
        notes: [
          'Starts are drawn; the published plot shows several, of which the balanced ones are compared.',
          'At depth 2 the plateau is an artefact of finite steps and of arithmetic: float32 stops near 7, float64 near 8.6, and the bound of proposition 5 at this loss is 68.7.',
        ],
      },
    },
    () => ({
      seed: 3,
      loss: completion({
        entries: values({
          data: [
            [0, 1, 1],
            [1, 0, 1],
            [1, 1, 0],
          ],
        }),
        normalisation: 'half',
      }),
      network: linear({ depth: 3 }),
      init: balanced({ target: { kind: 'gaussian', rows: 2, columns: 2, deviation: 1e-6 } }),
      dynamics: gradientDescent({ stepSize: 3e-3 }),
      probes: [probes.loss(), probes.singularValues({ count: 2 }), probes.determinantSign()],
      until: { steps: 4_000_000, loss: 1e-4 },
      record: { samples: 240, spacing: 'logarithmic' },
    }),
    { lanes: lanesOver('depth', 'network.depth', [2, 3]), view: { x: 'log', y: 'log', lane: 1 } },
  ),
  preset(
    'published:edge-of-stability',
    {
      title: 'Ten layers and their sharpness',
      claim:
        'Regression through ten layers, as in the paper: with steps of 0.02 the sharpness settles at some 27, far below 2/η = 100. With steps of 0.1 it rises above 2/η = 20, is thrown back, and the run swings instead of settling.',
      citation: 'Marion, Chizat 2024 (arXiv 2405.13456), figure 1 (c) and (d)',
    },
    () => ({
      seed: 1,
      loss: squared({
        truth: values({ data: [[0.7, -0.5, 0.4, 0.3, -0.1]] }),
        samples: 50,
        noise: 0.45,
        normalisation: 'mean',
      }),
      network: linear({ depth: 10, widths: 5 }),
      init: gaussian({ deviation: 0.35 }),
      dynamics: gradientDescent({ stepSize: 0.1 }),
      probes: [probes.loss(), probes.sharpness(), probes.reconstructionError()],
      until: { steps: 450 },
    }),
    {
      lanes: [0.02, 0.1].map((eta) => ({ label: `η = ${eta}`, changes: { 'dynamics.stepSize': eta } })),
      view: { lane: 1, clock: 'steps' },
    },
  ),
  preset(
    'published:matrix-factorisation',
    {
      title: 'Deep matrix factorisation, 64×64',
      claim:
        'Half of the entries of a 64×64 matrix of rank 5, depth 3, every weight started near 0.001: five singular values are learned one after another, and the effective rank ends near 5.',
      citation: 'Razin, Maman, Cohen 2022 (arXiv 2201.11729), experiments on matrix factorisation',
    },
    () => ({
      seed: 1,
      loss: completion({
        truth: lowRank({ rows: 64, columns: 64, rank: 5, frobenius: 64 }),
        observed: 2048,
        normalisation: 'mean',
      }),
      network: linear({ depth: 3 }),
      init: gaussian({ deviation: 1e-3 }),
      dynamics: groupRMSprop({ stepSize: 1e-2, epsilon: 1e-6 }),
      probes: [
        probes.loss(),
        probes.reconstructionError(),
        probes.singularValues({ count: 10 }),
        probes.effectiveRank(),
      ],
      until: { steps: 20_000, loss: 5e-5 },
      record: { samples: 240 },
    }),
  ),
  preset(
    'published:figure-2',
    {
      title: 'Completion from a fifth of the entries',
      claim:
        'A 100×100 matrix of rank 5, as published. Depth 3 finds it; depth 2, at nearly the same nuclear norm, ends with an error some three thousand times larger and nearly twice the effective rank: what depth prefers is not told by the nuclear norm. This takes half a minute.',
      citation: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), figures 1 and 2',
      published: {
        numbers: [...ofFigure2('depth 2', [0.1, 10.1, 215.5]), ...ofFigure2('depth 3', [3e-5, 4.97, 219.4])],
        notes: [
          'Of the many starts and depths of the figures two are run here: from ‖W(0)‖ = 0.01, at depth 2 and 3. The truth is another matrix of rank 5, with another nuclear norm: 219.5 there.',
          'The least nuclear norm of any matrix that fits, 210.2 in the paper, needs a solver that the lab does not have yet.',
        ],
      },
    },
    () => ({
      seed: 1,
      loss: completion({
        truth: lowRank({ rows: 100, columns: 100, rank: 5, frobenius: 100 }),
        observed: 2000,
        normalisation: 'mean',
      }),
      network: linear({ depth: 3 }),
      init: rooted({ scale: 1e-3 }),
      dynamics: groupRMSprop({ stepSize: 1e-3 }),
      probes: [
        probes.loss(),
        probes.reconstructionError(),
        probes.singularValues({ count: 8 }),
        probes.effectiveRank(),
        probes.nuclearNorm(),
      ],
      until: { steps: 40_000, loss: 1e-6 },
      record: { samples: 240 },
    }),
    { lanes: lanesOver('depth', 'network.depth', [2, 3]), view: { lane: 1 } },
  ),
]
