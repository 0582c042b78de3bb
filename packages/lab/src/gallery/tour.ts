import {
  balanced,
  completion,
  gaussian,
  gradientDescent,
  gradientFlow,
  identity,
  linear,
  lowRank,
  lp,
  orthogonal,
  probes,
  spectrum,
  values,
  whitened,
} from 'linnet'
import type { Json } from '../experiment/json.ts'
import { lanesOver, presetState } from './preset-state.ts'
import type { TourStop } from './tour-stop.ts'

const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Json

const conservation: TourStop = {
  name: 'conservation',
  title: 'What the flow keeps',
  sentences: [
    'Whatever the loss, gradient flow never changes the differences D_j between the Gram matrices of adjacent layers: what they are at the start they remain.',
    'The first lane starts balanced, with every D_j zero, and stays so; the second starts from independent Gaussian layers and carries their imbalance to the end, while it fits the target just as well.',
    'So Lemma 1 holds in both lanes, but what the theory says of balanced layers, Theorem 1 and all that follows from it, is claimed of the first alone.',
  ],
  formula: 'D_j:=W_{j+1}^\\top W_{j+1}-W_jW_j^\\top,\\qquad\\frac{d}{dt}D_j=0',
  spoken:
    'D j, W j plus 1 transposed times W j plus 1 minus W j times W j transposed, has derivative zero in time',
  tryThis:
    'Initialisation: the deviation of the Gaussian layers. The larger it is, the larger the imbalance that is kept.',
  citation:
    'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), theorem 1; Cohen, Razin 2024 (arXiv 2408.13767), lemma 1',
  state: presetState(
    'tour:conservation',
    {
      title: 'What the flow keeps',
      seed: 3,
      loss: whitened({ target: spectrum({ rows: 8, columns: 8, singularValues: [4, 3, 2, 1] }) }),
      network: linear({ depth: 3 }),
      init: gaussian({ deviation: 0.25 }),
      dynamics: gradientFlow({ tolerance: 1e-10 }),
      probes: [probes.loss(), probes.singularValues({ count: 4 }), probes.unbalancedness()],
      until: { time: 6 },
      record: { samples: 240 },
    },
    {
      lanes: [
        { label: 'balanced', changes: { init: plain(balanced({ scale: 0.1 })) } },
        { label: 'not balanced', changes: {} },
      ],
    },
  ),
}

const preconditioner: TourStop = {
  name: 'preconditioner',
  title: 'What depth does to a gradient',
  sentences: [
    'Balanced layers move their product not along −∇ℓ(W) itself but along a preconditioned one: its part in the direction u_r v_{r′}ᵀ, between two singular vectors of W, is multiplied by κ_n(σ_r, σ_{r′}).',
    'At depth 1 that factor is 1 everywhere; from depth 2 on it is largest where W is largest, nσ₁^{2−2/n}, and zero where both singular values are.',
    'What has been learned is learned faster still, and what W has no trace of must wait: the picture is this kernel over all pairs of singular values.',
  ],
  formula:
    '\\kappa_n(s,t)=\\sum_{j=1}^ns^{\\frac{2(j-1)}n}\\,t^{\\frac{2(n-j)}n}=\\frac{s^2-t^2}{s^{2/n}-t^{2/n}}',
  spoken:
    'kappa n of s and t is the sum over j from 1 to n of s to the 2 times j minus 1 over n, times t to the 2 times n minus j over n',
  tryThis: 'Network: the depth n, from 1 to 5. The plane rises into a corner.',
  citation:
    'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), theorem 1 and claim 1; Cohen, Razin 2024 (arXiv 2408.13767), corollary 1',
  state: presetState(
    'tour:preconditioner',
    {
      title: 'What depth does to a gradient',
      seed: 1,
      loss: whitened({ target: spectrum({ rows: 6, columns: 6, singularValues: [4, 3, 2, 1] }) }),
      network: linear({ depth: 3 }),
      init: balanced({ scale: 0.05 }),
      dynamics: gradientFlow({ tolerance: 1e-8 }),
      probes: [probes.loss(), probes.singularValues({ count: 6 }), probes.unbalancedness()],
      until: { time: 12 },
      record: { samples: 240 },
    },
    { view: { enlarged: 'preconditioner' } },
  ),
}

const modes: TourStop = {
  name: 'modes',
  title: 'One mode after another',
  sentences: [
    'The singular values of a balanced network grow at a rate proportional to a power of themselves, σ_r^{2−2/n}, times what the loss asks of them.',
    'At depth 1 that power is zero and the three modes of this target rise together; at depth 2 and 3 each waits near zero and then jumps, the strongest first.',
    'The deeper the network, the more nearly one mode is finished before the next begins: so a small start comes to prefer low rank.',
  ],
  formula:
    '\\dot\\sigma_r=n\\,\\sigma_r^{\\,2-\\frac2n}\\,\\big\\langle-\\nabla\\ell(W),\\,\\mathbf u_r\\mathbf v_r^\\top\\big\\rangle',
  spoken:
    'the rate of sigma r is n times sigma r to the 2 minus 2 over n, times the inner product of minus the gradient of the loss with u r v r transposed',
  tryThis:
    'Initialisation: the scale α, ten times smaller. The waiting grows by a constant at depth 2, by the factor ∛10 at depth 3, and not at all at depth 1.',
  citation:
    'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), theorem 3; Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120)',
  state: presetState(
    'tour:modes',
    {
      title: 'One mode after another',
      seed: 1,
      loss: whitened({
        target: spectrum({ rows: 6, columns: 6, singularValues: [4, 2, 1], aligned: true }),
      }),
      network: linear({ depth: 3 }),
      init: identity({ scale: 1e-3 }),
      dynamics: gradientFlow({ tolerance: 1e-8 }),
      probes: [probes.loss(), probes.singularValues({ count: 4 }), probes.unbalancedness()],
      until: { time: 14 },
      record: { samples: 280 },
    },
    { lanes: lanesOver('depth', 'network.depth', [1, 2, 3]), view: { lane: 2 } },
  ),
}

const steps: TourStop = {
  name: 'steps',
  title: 'Steps against the flow',
  sentences: [
    'Gradient descent follows the flow only as far as its steps are small: the imbalance that the flow conserves drifts, the more the larger the step η.',
    'Where the loss is curved by λ at its minimum a step is stable up to 2/λ; for balanced layers of depth n that is λ = nσ₁^{2−2/n}, here 4, so that the edge is at η = 0.5.',
    'The last lane, with η = 0.55, keeps swinging about the minimum and never gets there; with η = 0.45 it would settle.',
  ],
  formula:
    'D_j^+-D_j=\\eta^2\\big(g_{j+1}^\\top g_{j+1}-g_jg_j^\\top\\big),\\qquad\\eta<\\frac2\\lambda=\\frac2{n\\,\\sigma_1^{2-2/n}}',
  spoken:
    'a step changes D j by eta squared times g j plus 1 transposed g j plus 1 minus g j g j transposed; and eta is to be less than 2 over lambda, 2 over n sigma 1 to the 2 minus 2 over n',
  tryThis: 'Dynamics: the step η, which the last lane takes. Below 0.5 it settles; at 0.8 it diverges.',
  citation:
    'Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281); Du, Hu, Lee 2018 (arXiv 1806.00900); Mulayoff, Michaeli 2020',
  state: presetState(
    'tour:steps',
    {
      title: 'Steps against the flow',
      seed: 1,
      loss: whitened({ target: spectrum({ rows: 5, columns: 5, singularValues: [2, 1, 0.5] }) }),
      network: linear({ depth: 2 }),
      init: balanced({ scale: 0.1 }),
      dynamics: gradientDescent({ stepSize: 0.55 }),
      probes: [
        probes.loss(),
        probes.singularValues({ count: 3 }),
        probes.sharpness(),
        probes.unbalancedness(),
      ],
      until: { steps: 44 },
    },
    {
      lanes: [
        {
          label: 'flow',
          changes: { dynamics: plain(gradientFlow({ tolerance: 1e-10 })), until: { time: 24 } },
        },
        { label: 'η = 0.05', changes: { 'dynamics.stepSize': 0.05, until: { steps: 480 } } },
        { label: 'your η', changes: {} },
      ],
      view: { clock: 'time', lane: 2 },
    },
  ),
}

const acceleration: TourStop = {
  name: 'acceleration',
  title: 'Faster by depth',
  sentences: [
    'Two targets, 10 and 1, are fitted with the fourth power of the error: a convex loss, steep far from its minimum and flat near it.',
    'At depth 1 the steep target, 9.5 away at the start, forbids steps above 2/9.5² = 0.022, and then the flat end takes thousands of them; a deeper network multiplies the step by a power of ‖w‖, small at the steep beginning and large at the flat end.',
    'With nearly the largest step from which each comes back, at depth 1 and 2 longer at first than 2/λ, depth 1 takes some 5000 steps to a loss of 10⁻⁵, depth 2 and 3 fewer than 1700: on a convex problem, depth makes descent three times as fast.',
  ],
  formula:
    'w^+=w-\\eta\\,\\|w\\|^{2-\\frac2n}\\,p+O(\\eta^2),\\qquad p=\\nabla\\ell(w)+(n-1)\\,\\mathrm{Pr}_w\\nabla\\ell(w)',
  spoken:
    'w plus is w minus eta times the norm of w to the 2 minus 2 over n, times p, to first order in eta; p is the gradient plus n minus 1 times its projection on w',
  tryThis: 'Dynamics: the step η, which the lane of depth 2 takes. Half the step, twice the time.',
  citation:
    'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), claim 2; Cohen, Razin 2024 (arXiv 2408.13767), claim 1',
  state: presetState(
    'tour:acceleration',
    {
      title: 'Faster by depth',
      seed: 1,
      loss: lp({
        power: 4,
        inputs: values({
          data: [
            [1, 0],
            [0, 1],
          ],
        }),
        targets: values({ data: [[10, 1]] }),
        normalisation: 'perPower',
      }),
      network: linear({ depth: 2 }),
      init: balanced({ target: values({ data: [[0.5, 0.05]] }) }),
      dynamics: gradientDescent({ stepSize: 0.005 }),
      probes: [probes.loss(), probes.unbalancedness()],
      until: { steps: 7000, loss: 1e-5 },
      record: { samples: 300, spacing: 'logarithmic' },
    },
    {
      lanes: [
        { label: 'depth 1', changes: { 'network.depth': 1, 'dynamics.stepSize': 0.022 } },
        { label: 'depth 2', changes: {} },
        { label: 'depth 3', changes: { 'network.depth': 3, 'dynamics.stepSize': 0.0025 } },
      ],
      view: { x: 'log', y: 'log', lane: 1 },
    },
  ),
}

const scale: TourStop = {
  name: 'scale',
  title: 'Small start, large start',
  sentences: [
    'Half of the entries of a matrix of rank 2 are seen, and from every start the network fits them: what differs is what it fills in elsewhere.',
    'From α = 0.001 it learns two modes, one after the other, and next to nothing else: the entries that it never saw come out right.',
    'From α = 1 all modes are there at the beginning and most remain: the effective rank ends near 10, and the mean squared error of the entries is a fifth of their mean square.',
  ],
  formula:
    '\\sigma_r(t)=\\Big(\\alpha^{-(1-\\frac2n)}-(n-2)\\,c_r\\,t\\Big)^{-\\frac n{n-2}}\\quad\\text{while }\\big\\langle-\\nabla\\ell,\\mathbf u_r\\mathbf v_r^\\top\\big\\rangle=c_r\\;(n\\ge3)',
  spoken:
    'under a constant push c r the singular value is alpha to the minus 1 minus 2 over n, less n minus 2 times c r times t, all to the minus n over n minus 2',
  tryThis: 'Network: the depth n, set to 1. Then no start helps: entries that are not seen never move.',
  citation:
    'Cohen, Razin 2024 (arXiv 2408.13767), exercise 5; Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 2',
  state: presetState(
    'tour:scale',
    {
      title: 'Small start, large start',
      seed: 1,
      loss: completion({
        truth: lowRank({ rows: 20, columns: 20, rank: 2, frobenius: 20 }),
        observed: 200,
        normalisation: 'half',
      }),
      network: linear({ depth: 3 }),
      init: orthogonal({ scale: 1e-3 }),
      dynamics: gradientFlow(),
      probes: [
        probes.loss(),
        probes.reconstructionError(),
        probes.singularValues({ count: 6 }),
        probes.effectiveRank(),
      ],
      until: { time: 14 },
      record: { samples: 240 },
    },
    {
      lanes: [0.001, 0.1, 1].map((alpha) => ({ label: `α = ${alpha}`, changes: { 'init.scale': alpha } })),
    },
  ),
}

/** The stops, in the order in which they are visited. */
export const tour: readonly TourStop[] = [conservation, preconditioner, modes, steps, acceleration, scale]
