/** Up to where steps are stable along a direction of curvature λ: ηλ ≤ `most`. */
export interface StabilityEdge {
  readonly most: number
  /** `most`, in symbols. */
  readonly symbol: '2' | '2(1+β)'
}

/** Dynamics whose steps are one and the same multiple of the gradient. */
const steady: readonly unknown[] = ['gradientDescent', 'sgd', 'heavyBall']

/**
 * The edge of a descent: 2, or 2(1 + β) with momentum β (Cohen, Kaur, Li, Kolter, Talwalkar 2021, arXiv 2103.00065, section 2). None
 * of flows, and of steps that adapt: their length is another at every step.
 */
export function stabilityEdge(dynamics: unknown): StabilityEdge | undefined {
  const { kind, momentum } = dynamics as { readonly kind?: unknown; readonly momentum?: unknown }
  if (!steady.includes(kind)) return undefined
  const beta = typeof momentum === 'number' ? momentum : 0
  return beta > 0 ? { most: 2 * (1 + beta), symbol: '2(1+β)' } : { most: 2, symbol: '2' }
}
