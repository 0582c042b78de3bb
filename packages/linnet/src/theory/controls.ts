import type { NegativeControl } from './certificate.ts'

const common = {
  seed: 7,
  loss: { kind: 'whitened', target: { kind: 'gaussian', rows: 3, columns: 4 } },
  network: { kind: 'linear', depth: 3, widths: 5 },
  init: { kind: 'gaussian', deviation: 0.5 },
  probes: [{ kind: 'loss' }],
  record: { samples: 8, spacing: 'linear', snapshots: 8 },
} as const

// Named, because a spec written in place may only show its kind to the type checker.
const descent = { kind: 'gradientDescent', stepSize: 0.01 } as const
const heavyBall = { kind: 'heavyBall', stepSize: 0.01, momentum: 0.9 } as const

/** Gradient flow from layers that are far from balanced, and so remain for ever (Lemma 1). */
export const unbalanced: NegativeControl = {
  breaks: 'the layers start as independent Gaussian matrices, which are not balanced',
  config: { ...common, dynamics: { kind: 'gradientFlow' }, until: { time: 1 } },
}

/** Steps of gradient descent, which move the invariants of the flow in proportion to their size. */
export const finiteSteps: NegativeControl = {
  breaks: 'the weights move in steps of finite size, not along gradient flow',
  config: { ...common, dynamics: descent, until: { steps: 100 } },
}

/** Steps along an average of past gradients, which does not commute with the present weights. */
export const momentum: NegativeControl = {
  breaks: 'momentum steps along past gradients, not along the one at the present weights',
  config: { ...common, dynamics: heavyBall, until: { steps: 100 } },
}
