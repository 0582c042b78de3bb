// Choosing the split of a chain by counting operations, and the memory its products need.
import { allocate } from '../memory'
import { parameters, Plan, width } from './plan'

/** Multiply-adds of one gradient with split s, where a product with E costs `weight` times a dense one. */
function cost(plan: Plan, s: i32, weight: f64): f64 {
  const n = plan.depth
  const q = <f64>plan.inputs
  const rows = <f64>width(plan, n)
  const own = plan.left ? 0 : 1 // P_1 and B_1 cost nothing without L
  const atSplit = weight * q * rows * <f64>width(plan, s)
  let total = s > 0 || plan.left ? 2 * atSplit : 0 // W L and T_{s+1}
  if (s > 0) total += atSplit // B_s
  for (let j = 1; j <= n; j++) {
    const size = <f64>width(plan, j) * <f64>width(plan, j - 1)
    if (j <= s) total += (j > own ? 2 * size * q : 0) + (j > 1 ? size * q : 0)
    else total += (j < n ? 2 * size * rows : 0) + (j < n ? size * rows : 0)
  }
  return total
}

/** The split with the fewest operations; among equals the largest, which leaves fewest transpositions to a sparse pass. */
function bestSplit(plan: Plan, weight: f64): i32 {
  let best = plan.left || plan.depth == 1 ? 0 : 1
  for (let s = best + 1; s < plan.depth; s++) {
    if (cost(plan, s, weight) <= cost(plan, best, weight)) best = s
  }
  return best
}

let exhausted: bool = false

/** Whether any `matrix` since the last call found no memory. */
export function ranOut(): bool {
  const result = exhausted
  exhausted = false
  return result
}

const LARGEST: f64 = 2147483648.0 // bytes: half of what a pointer reaches

/** Whether rows×columns numbers can be addressed at all. */
export function addressable(rows: i32, columns: i32): bool {
  return 8 * <f64>rows * <f64>columns < LARGEST
}

/** Space for rows×columns numbers. */
export function matrix(rows: i32, columns: i32): usize {
  const pointer = addressable(rows, columns) ? allocate(<usize>(rows * columns) << 3) : 0
  if (!pointer) exhausted = true
  return pointer
}

/** Sets the split and allocates what the sweeps write; `weight` is the cost of a product with E. False when memory ends. */
export function prepare(plan: Plan, weight: f64): bool {
  const n = plan.depth
  const q = plan.inputs
  const rows = width(plan, n)
  const s = bestSplit(plan, weight)
  plan.split = s
  for (let j = plan.left ? 1 : 2; j <= s; j++) store<u32>(plan.prefixes + (<usize>j << 2), matrix(width(plan, j), q))
  for (let j = s; j < n - 1; j++) store<u32>(plan.suffixes + (<usize>j << 2), matrix(rows, width(plan, j)))
  let widestLeft = 0
  let widestRight = 0
  for (let j = 0; j <= n; j++) {
    if (j <= s) widestLeft = max(widestLeft, width(plan, j))
    if (j >= s) widestRight = max(widestRight, width(plan, j))
  }
  plan.towardsLast = matrix(widestRight, rows)
  plan.otherTowardsLast = matrix(widestRight, rows)
  plan.towardsFirst = matrix(q, widestLeft)
  plan.otherTowardsFirst = matrix(q, widestLeft)
  plan.error = matrix(q, rows)
  if (plan.sparse) plan.prefixTransposed = matrix(q, width(plan, s))
  plan.gradient = matrix(parameters(plan), 1)
  plan.shares = matrix(n, 1)
  return !ranOut()
}
