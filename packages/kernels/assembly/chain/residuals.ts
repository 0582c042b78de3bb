// Residuals of each objective: from W to its loss and to E, the gradient with respect to W.
import { rowsTimes, addRows } from '../matvec'
import { multiply, transpose } from '../products'
import { index, sampledProduct } from '../sampled'
import { laneSum } from '../simd'
import { isDirect, Plan, prefix, SENSING, suffix, width } from './plan'

/** out = scale·(w − target) & mask and Σ of the squares of (w − target) & mask; no mask when it is 0. */
export function residuals(n: i32, w: usize, target: usize, mask: usize, scale: f64, out: usize): f64 {
  const factor = f64x2.splat(scale)
  let s0 = f64x2.splat(0), s1 = s0
  for (; n >= 4; n -= 4) {
    let r0 = f64x2.sub(v128.load(w), v128.load(target))
    let r1 = f64x2.sub(v128.load(w, 16), v128.load(target, 16))
    if (mask) {
      r0 = v128.and(r0, v128.load(mask))
      r1 = v128.and(r1, v128.load(mask, 16))
      mask += 32
    }
    s0 = f64x2.add(s0, f64x2.mul(r0, r0))
    s1 = f64x2.add(s1, f64x2.mul(r1, r1))
    v128.store(out, f64x2.mul(factor, r0))
    v128.store(out, f64x2.mul(factor, r1), 16)
    w += 32
    target += 32
    out += 32
  }
  for (; n > 0; n--) {
    let r = f64x2.sub(v128.load64_zero(w), v128.load64_zero(target))
    if (mask) {
      r = v128.and(r, v128.load64_zero(mask))
      mask += 8
    }
    s0 = f64x2.add(s0, f64x2.mul(r, r))
    v128.store64_lane(out, f64x2.mul(factor, r), 0)
    w += 8
    target += 8
    out += 8
  }
  return laneSum(f64x2.add(s0, s1))
}

/** Values by columns from values by rows. */
function reorder(nnz: i32, order: usize, values: usize, out: usize): void {
  for (let e = 0; e < nnz; e++) store<f64>(out + (<usize>e << 3), load<f64>(values + (<usize>index(order, e) << 3)))
}

/** values_e = W_ij on the pattern. */
function pick(plan: Plan, w: usize, values: usize): void {
  const row = <usize>plan.inputs << 3
  let e = 0
  for (let i = 1, rows = width(plan, 1); i <= rows; i++) {
    for (const end = index(plan.rowStarts, i); e < end; e++) {
      store<f64>(values + (<usize>e << 3), load<f64>(w + (<usize>index(plan.columns, e) << 3)))
    }
    w += row
  }
}

/** E as a matrix, from its entries. */
function spread(plan: Plan, values: usize, out: usize): void {
  const rows = width(plan, 1)
  const row = <usize>plan.inputs << 3
  memory.fill(out, 0, <usize>rows * row)
  let e = 0
  for (let i = 1; i <= rows; i++) {
    for (const end = index(plan.rowStarts, i); e < end; e++) {
      store<f64>(out + (<usize>index(plan.columns, e) << 3), load<f64>(values + (<usize>e << 3)))
    }
    out += row
  }
}

/** The loss by the observed entries; E by entries, or as a matrix in `error` when W is theta itself. */
function sparseResiduals(plan: Plan, theta: usize, error: usize): f64 {
  const s = plan.split
  const rows = width(plan, plan.depth)
  const direct = isDirect(plan)
  if (direct) pick(plan, theta, plan.values)
  else {
    sampledProduct(
      1, rows, plan.inputs, width(plan, s), plan.rowStarts, plan.columns, suffix(plan, theta, s), plan.prefixTransposed,
      plan.values,
    )
  }
  const sum = residuals(plan.entries, plan.values, plan.target, 0, 2 * plan.factor, plan.values)
  if (direct) spread(plan, plan.values, error)
  else reorder(plan.entries, plan.order, plan.values, plan.valuesByColumn)
  return plan.factor * sum
}

const TOGETHER: i32 = 4 // measurements a sweep over A handles at once, so that A is read from far memory only once
const measured: usize = memory.data(TOGETHER * 8, 16)

/** The loss by measurements; E in `error`, oriented like W. */
function sensingResiduals(plan: Plan, w: usize, error: usize): f64 {
  const size = width(plan, plan.depth) * plan.inputs
  let a = plan.sensing
  let b = plan.observations
  let sum: f64 = 0
  memory.fill(error, 0, <usize>size << 3)
  for (let left = plan.measurements; left > 0; left -= TOGETHER) {
    const count = min(left, TOGETHER)
    rowsTimes(count, size, 1, a, w, 0, measured)
    sum += residuals(count, measured, b, 0, 2 * plan.factor, measured)
    addRows(count, size, 1, a, measured, error)
    a += <usize>(count * size) << 3
    b += <usize>count << 3
  }
  return plan.factor * sum
}

/** The loss, given prefixes and suffixes; leaves E by entries in a sparse pass and in `error` (Eᵀ unless direct) else. */
export function evaluate(plan: Plan, theta: usize, error: usize): f64 {
  if (plan.sparse) return sparseResiduals(plan, theta, error)
  const s = plan.split
  const rows = width(plan, plan.depth)
  const q = plan.inputs
  const direct = isDirect(plan)
  if (plan.objective == SENSING) {
    if (direct) return sensingResiduals(plan, theta, error)
    multiply(0, 0, rows, q, width(plan, s), 1, suffix(plan, theta, s), prefix(plan, theta, s), 0, plan.product)
    const loss = sensingResiduals(plan, plan.product, plan.productError)
    transpose(error, plan.productError, rows, q)
    return loss
  }
  if (!direct) multiply(1, 1, q, rows, width(plan, s), 1, prefix(plan, theta, s), suffix(plan, theta, s), 0, error)
  const sum = residuals(rows * q, direct ? theta : error, plan.target, plan.mask, 2 * plan.factor, error)
  return plan.factor * sum + plan.constant
}
