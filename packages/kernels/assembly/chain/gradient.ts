// Loss and gradient of a chain: prefixes and suffixes, the residual, then two sweeps away from the split.
import { multiply, transpose } from '../products'
import { sparseTimes } from '../sparse'
import { isDirect, layer, Plan, prefix, suffix, width } from './plan'
import { evaluate } from './residuals'

/** P_j up to the split and S_j down to it. */
function products(plan: Plan, theta: usize): void {
  const s = plan.split
  const q = plan.inputs
  const rows = width(plan, plan.depth)
  if (plan.sparse && s == 1) transpose(plan.prefixTransposed, theta, width(plan, 1), q)
  for (let j = plan.left ? 1 : 2; j <= s; j++) {
    const before = prefix(plan, theta, j - 1)
    const own = layer(plan, theta, j)
    if (plan.sparse && j == s) multiply(1, 1, q, width(plan, j), width(plan, j - 1), 1, before, own, 0, plan.prefixTransposed)
    else multiply(0, 0, width(plan, j), q, width(plan, j - 1), 1, own, before, 0, prefix(plan, theta, j))
  }
  for (let j = plan.depth - 2; j >= s; j--) {
    const after = suffix(plan, theta, j + 1)
    multiply(0, 0, rows, width(plan, j), width(plan, j + 1), 1, after, layer(plan, theta, j + 1), 0, suffix(plan, theta, j))
  }
}

/** Gradients of the layers after the split: g_j = S_jᵀ T_j. */
function sweepTowardsLast(plan: Plan, theta: usize, gradient: usize, error: usize): void {
  const n = plan.depth
  const s = plan.split
  const q = plan.inputs
  const rows = width(plan, n)
  let own = plan.towardsLast // T_jᵀ, d_{j−1}×rows
  let next = plan.otherTowardsLast
  if (s == n - 1) {
    const out = layer(plan, gradient, n)
    if (plan.sparse) {
      sparseTimes(rows, q, width(plan, s), plan.rowStarts, plan.columns, plan.values, plan.prefixTransposed, out)
    } else multiply(1, 1, rows, width(plan, s), q, 1, error, prefix(plan, theta, s), 0, out)
    return
  }
  if (plan.sparse) {
    sparseTimes(rows, q, width(plan, s), plan.rowStarts, plan.columns, plan.values, plan.prefixTransposed, next)
    transpose(own, next, rows, width(plan, s))
  } else if (s > 0 || plan.left) multiply(0, 0, width(plan, s), rows, q, 1, prefix(plan, theta, s), error, 0, own)
  for (let j = s + 1; j < n; j++) {
    const to = width(plan, j)
    const from = width(plan, j - 1)
    multiply(1, 1, to, from, rows, 1, suffix(plan, theta, j), own, 0, layer(plan, gradient, j))
    if (j + 1 == n) multiply(1, 1, rows, to, from, 1, own, layer(plan, theta, j), 0, layer(plan, gradient, n))
    else multiply(0, 0, to, rows, from, 1, layer(plan, theta, j), own, 0, next)
    const swap = own
    own = next
    next = swap
  }
}

/** Gradients of the layers up to the split: g_j = B_j P_{j−1}ᵀ. */
function sweepTowardsFirst(plan: Plan, theta: usize, gradient: usize, error: usize): void {
  const s = plan.split
  const q = plan.inputs
  const rows = width(plan, plan.depth)
  let own = plan.towardsFirst // B_jᵀ, q×d_j
  let next = plan.otherTowardsFirst
  const after = suffix(plan, theta, s)
  const first = plan.left ? 0 : 1 // below this, B_j is the gradient itself
  if (plan.sparse) {
    sparseTimes(q, rows, width(plan, s), plan.columnStarts, plan.rows, plan.valuesByColumn, after, own)
    if (s == 1) transpose(gradient, own, q, width(plan, 1))
  } else if (s == first) multiply(1, 1, width(plan, s), q, rows, 1, after, error, 0, gradient)
  else multiply(0, 0, q, width(plan, s), rows, 1, error, after, 0, own)
  for (let j = s; j > first; j--) {
    const to = width(plan, j - 1)
    const from = width(plan, j)
    multiply(1, 1, from, to, q, 1, own, prefix(plan, theta, j - 1), 0, layer(plan, gradient, j))
    if (j - 1 == first && first == 1) multiply(1, 1, to, q, from, 1, layer(plan, theta, j), own, 0, gradient)
    else if (j > 1) multiply(0, 0, q, to, from, 1, own, layer(plan, theta, j), 0, next)
    const swap = own
    own = next
    next = swap
  }
}

/** φ(theta). */
export function chainLoss(pointer: usize, theta: usize): f64 {
  const plan = changetype<Plan>(pointer)
  products(plan, theta)
  return evaluate(plan, theta, plan.error)
}

/** φ(theta), and its gradient in the layout of theta. */
export function chainGradient(pointer: usize, theta: usize, gradient: usize): f64 {
  const plan = changetype<Plan>(pointer)
  if (isDirect(plan)) return evaluate(plan, theta, gradient)
  products(plan, theta)
  const error = plan.error
  const loss = evaluate(plan, theta, error)
  sweepTowardsLast(plan, theta, gradient, error)
  if (plan.split > 0) sweepTowardsFirst(plan, theta, gradient, error)
  return loss
}
