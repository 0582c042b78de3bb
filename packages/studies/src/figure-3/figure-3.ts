import type { Study } from '../study.ts'
import { drawing } from './drawing.ts'
import { measure } from './measure.ts'
import { plan } from './plan.ts'
import { quantities } from './quantities.ts'
import { observed, stepSize } from './setting.ts'

/** Greedy low-rank learning at depth 1, 2 and 3 on synthetic matrix completion: the figure of the lecture notes, top row. */
export const figure3: Study = {
  kind: 'figure-3',
  title: 'Figure 3: greedy low-rank learning',
  symbol: '\\sigma_r(W(t)), \\; n = 1, 2, 3',
  help: 'singular values over time at depth 1, 2 and 3 on matrix completion: one after the other, the sharper the deeper',
  source:
    'Cohen and Razin 2024 (arXiv 2408.13767), figure 3; Arora, Cohen, Hu and Luo 2019 (arXiv 1905.13655), figure 3, synthetic data',
  claim:
    'Linear neural networks started near zero learn singular values one after another, and so prefer solutions of low rank; direct minimisation does not. The process is sharper with three layers than with two.',
  notes: [
    `The configuration file published with the code says step 0.01; the published plot was made with ${stepSize}. With m = ${observed} observations and the mean squared error, depth 1 relaxes with time constant m/(2η) steps, and the plot shows 10 000.`,
    'The published code prints the least reconstruction error of a log. Where the published plots end, our errors are near the printed ones; by 200 000 steps those of depth 3 are a hundred times smaller. Perhaps the published runs ended earlier than their configuration says.',
    'The published numbers come from one random instance that was not published; ours come from other instances of the same distribution, one a seed. Compare them with the range over seeds, not digit by digit.',
    'The published runs were computed in single precision, ours in double precision.',
  ],
  citation: {
    text: 'S. Arora, N. Cohen, W. Hu, Y. Luo. Implicit Regularization in Deep Matrix Factorization. NeurIPS 2019. As figure 3 in N. Cohen, N. Razin. Lecture Notes on Linear Neural Networks: A Tale of Optimization and Generalization in Deep Learning. 2024 (arXiv 2408.13767).',
    arxiv: '1905.13655',
    bibtex: `@inproceedings{arora2019implicit,
  title     = {Implicit Regularization in Deep Matrix Factorization},
  author    = {Arora, Sanjeev and Cohen, Nadav and Hu, Wei and Luo, Yuping},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {32},
  year      = {2019}
}
@article{cohen2024lecture,
  title   = {Lecture Notes on Linear Neural Networks: A Tale of Optimization and Generalization in Deep Learning},
  author  = {Cohen, Nadav and Razin, Noam},
  journal = {arXiv preprint arXiv:2408.13767},
  year    = {2024}
}`,
  },
  quantities,
  plan,
  measure,
  figure: drawing,
}
