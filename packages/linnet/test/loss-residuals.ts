import type { Engine, Loss, Matrix } from '../src/index.ts'
import { positionsOf } from '../src/losses/observed-squares.ts'
import { normalMatrix, relativeDistance } from './making.ts'

/** What must vanish, up to rounding and truncation, for every loss: each a number relative to the size of what is compared. */

const STEP = 1e-5

/** Central differences of the value against ⟨∇ℓ, V⟩ in several directions, relative to |ℓ| + ‖∇ℓ‖. */
export function gradientResidual(engine: Engine, loss: Loss, W: Matrix): number {
  const gradient = engine.matrix(...loss.shape)
  const value = loss.gradientInto(gradient, W)
  const size = Math.abs(value) + engine.norm(gradient)
  const moved = engine.matrix(...loss.shape)
  return largest(3, (label) => {
    const V = normalMatrix(engine, loss.shape, `direction ${label}`)
    const along = (t: number) => {
      engine.combineInto(moved, [1, t], [W, V])
      return loss.value(moved)
    }
    return Math.abs((along(STEP) - along(-STEP)) / (2 * STEP) - engine.dot(gradient, V)) / size
  })
}

/** Central differences of the gradient against ∇²ℓ[V], relative to ‖∇ℓ‖ + ‖∇²ℓ[V]‖. */
export function hessianResidual(engine: Engine, loss: Loss, W: Matrix): number {
  const [exact, plus, minus, moved] = four(engine, loss)
  return largest(3, (label) => {
    const V = normalMatrix(engine, loss.shape, `direction ${label}`)
    loss.hessianVectorInto(exact, W, V)
    engine.combineInto(moved, [1, STEP], [W, V])
    loss.gradientInto(plus, moved)
    engine.combineInto(moved, [1, -STEP], [W, V])
    loss.gradientInto(minus, moved)
    const size = engine.norm(plus) + engine.norm(exact)
    engine.combineInto(plus, [0.5 / STEP, -0.5 / STEP, -1], [plus, minus, exact])
    return size === 0 ? 0 : engine.norm(plus) / size
  })
}

/** |value(W) − what gradientInto returns| relative to the value. */
export function valueResidual(engine: Engine, loss: Loss, W: Matrix): number {
  const value = loss.value(W)
  return Math.abs(loss.gradientInto(engine.matrix(...loss.shape), W) - value) / Math.abs(value)
}

/**
 * Mean of gradients and values over the batches of a partition of all samples, in a shuffled order, into batches of `size` (which
 * divides m), against ∇ℓ and ℓ.
 */
export function batchResidual(engine: Engine, loss: Loss, W: Matrix, size: number): number {
  const [full, mean, part] = four(engine, loss)
  const value = loss.gradientInto(full, W)
  const order = engine.random(5).permutation(loss.samples).data.slice()
  const batches = loss.samples / size
  let meanValue = 0
  for (let b = 0; b < batches; b++) {
    meanValue += loss.batchGradientInto(part, W, order.subarray(b * size, (b + 1) * size)) / batches
    engine.combineInto(mean, [1, 1 / batches], [mean, part])
  }
  return Math.max(relativeDistance(mean.data, full.data), Math.abs(meanValue - value) / Math.abs(value))
}

/** The value by the definition of the loss's quadratic form, entry by entry, against `value`. */
export function quadraticResidual(loss: Loss, W: Matrix): number {
  const value = loss.value(W)
  return Math.abs(quadraticValue(loss, W) - value) / Math.abs(value)
}

function quadraticValue({ quadratic: form }: Loss, W: Matrix): number {
  const w = (i: number, j: number) => W.data[i * W.columns + j]!
  let sum = 0
  if (form?.kind === 'dense') {
    const { left, right } = form
    for (let i = 0; i < right.rows; i++)
      for (let j = 0; j < right.columns; j++) {
        let predicted = left ? 0 : w(i, j)
        if (left) for (let k = 0; k < left.rows; k++) predicted += w(i, k) * left.data[k * left.columns + j]!
        sum += (predicted - right.data[i * right.columns + j]!) ** 2
      }
    return form.factor * sum + form.constant
  }
  if (form?.kind === 'sensing') {
    const { measurements: A, observations: b } = form
    for (let i = 0; i < A.rows; i++) {
      let measured = 0
      for (let e = 0; e < A.columns; e++) measured += A.data[i * A.columns + e]! * W.data[e]!
      sum += (measured - b.data[i]!) ** 2
    }
    return form.factor * sum
  }
  if (form?.kind === 'completion') {
    positionsOf(form.pattern).forEach((position, e) => {
      sum += (W.data[position]! - form.values.data[e]!) ** 2
    })
    return form.factor * sum
  }
  throw new Error('the loss has no quadratic form')
}

/** ∇²ℓ(W) as a symmetric matrix on row-major vectors. */
export function hessian(engine: Engine, loss: Loss, W: Matrix): Matrix {
  const size = loss.shape[0] * loss.shape[1]
  const H = engine.matrix(size, size)
  const [unit, product] = four(engine, loss)
  for (let e = 0; e < size; e++) {
    unit.data.fill(0)
    unit.data[e] = 1
    loss.hessianVectorInto(product, W, unit)
    H.data.set(product.data, e * size)
  }
  return H
}

function four(engine: Engine, { shape }: Loss): [Matrix, Matrix, Matrix, Matrix] {
  return [engine.matrix(...shape), engine.matrix(...shape), engine.matrix(...shape), engine.matrix(...shape)]
}

function largest(count: number, of: (label: number) => number): number {
  return Math.max(...Array.from({ length: count }, (_, k) => of(k)))
}
