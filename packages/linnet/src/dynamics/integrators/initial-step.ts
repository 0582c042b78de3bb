import type { FlowPoint, GradientField } from './integrator.ts'

/**
 * A first step length for a method of this order (Hairer, Nørsett, Wanner 1993, II.4, algorithm of Gladwell, Shampine and
 * Brankin): from the sizes of θ, of the gradient, and of its change over one small Euler step, which costs a gradient.
 * `start` is complete; `scratch` is overwritten.
 */
export function initialStep(
  field: GradientField,
  { absolute, relative, order }: { absolute: number; relative: number; order: number },
  start: FlowPoint,
  scratch: FlowPoint,
): number {
  const { engine } = field.objective
  const theta = start.theta.vector
  const gradient = start.gradient.vector
  const changed = scratch.gradient.vector
  const size = engine.errorNorm(theta, theta, theta, absolute, relative)
  const slope = engine.errorNorm(gradient, theta, theta, absolute, relative)
  const tiny = size < 1e-5 || slope < 1e-5
  const first = tiny ? 1e-6 : (0.01 * size) / slope
  engine.combineInto(scratch.theta.vector, [1, -first], [theta, gradient])
  field.complete(scratch)
  engine.combineInto(changed, [1, -1], [changed, gradient])
  const curvature = engine.errorNorm(changed, theta, theta, absolute, relative) / first
  const largest = Math.max(slope, curvature)
  if (!(largest < Number.POSITIVE_INFINITY)) return first
  const second = largest <= 1e-15 ? Math.max(1e-6, first * 1e-3) : engine.pow(0.01 / largest, 1 / (order + 1))
  return Math.min(100 * first, second)
}
