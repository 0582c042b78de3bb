// The objectives a chain can have. Each is chosen once per plan and allocates all that its evaluation needs.
import { transpose } from '../products'
import { index } from '../sampled'
import { COMPLETION, DENSE, isDirect, Plan, SENSING, width } from './plan'
import { matrix, prepare, ranOut } from './workspace'

/**
 * factor·‖W L − R‖²_F + constant, L d_0×q (0: the identity, q is then ignored), R d_n×q. L must outlive the plan, R is
 * copied. Returns 1, or 0 when memory does not suffice.
 */
export function chainDense(pointer: usize, q: i32, left: usize, right: usize, factor: f64, constant: f64): i32 {
  const plan = changetype<Plan>(pointer)
  plan.objective = DENSE
  plan.factor = factor
  plan.constant = constant
  plan.left = left
  plan.inputs = left ? q : width(plan, 0)
  plan.mask = 0
  plan.sparse = false
  const rows = width(plan, plan.depth)
  plan.target = matrix(plan.inputs, rows)
  if (!prepare(plan, 1)) return 0
  if (isDirect(plan)) memory.copy(plan.target, right, (<usize>rows * <usize>plan.inputs) << 3)
  else transpose(plan.target, right, rows, plan.inputs)
  return 1
}

/**
 * factor·Σ_i (⟨A_i, W⟩ − b_i)² for m measurements, A m×(d_n·d_0) with each A_i row-major. A and b must outlive the plan.
 * Returns 1, or 0 when memory does not suffice.
 */
export function chainSensing(pointer: usize, m: i32, a: usize, b: usize, factor: f64): i32 {
  const plan = changetype<Plan>(pointer)
  plan.objective = SENSING
  plan.factor = factor
  plan.constant = 0
  plan.left = 0
  plan.inputs = width(plan, 0)
  plan.mask = 0
  plan.sparse = false
  plan.measurements = m
  plan.sensing = a
  plan.observations = b
  plan.product = matrix(width(plan, plan.depth), plan.inputs)
  plan.productError = matrix(width(plan, plan.depth), plan.inputs)
  return prepare(plan, 1) ? 1 : 0
}

// What an observed entry costs in a pass over the entries, where an entry of a dense pass costs 1. Measured on x86-64 with
// V8 11, square layers of width 10, 30, 100, 256: the passes take equal time at densities of 0.45, 0.63, 0.64, 0.53 for
// depth 2 and 0.56, 0.68, 0.65, 0.59 for depth 3, where the three products with E decide, and of 0.2 for depth 1, where only
// memory is moved.
const SPARSE_WEIGHT: f64 = 1.7
const SPARSE_WEIGHT_DIRECT: f64 = 5.0

/** Whether a pass over the entries is expected to be faster. */
function sparsePays(plan: Plan, nnz: i32): bool {
  const entries = <f64>width(plan, 0) * <f64>width(plan, plan.depth)
  return (plan.depth == 1 ? SPARSE_WEIGHT_DIRECT : SPARSE_WEIGHT) * <f64>nnz < entries
}

/** The observed entries as a dense target and a mask, transposed unless W is theta itself. */
function densePattern(plan: Plan, values: usize): void {
  const rows = width(plan, plan.depth)
  const inputs = plan.inputs
  const flipped = !isDirect(plan)
  plan.target = matrix(inputs, rows)
  plan.mask = matrix(inputs, rows)
  if (!plan.target || !plan.mask) return
  for (let i = 0; i < rows; i++) {
    for (let e = index(plan.rowStarts, i); e < index(plan.rowStarts, i + 1); e++) {
      const j = index(plan.columns, e)
      const at = <usize>(flipped ? j * rows + i : i * inputs + j) << 3
      store<f64>(plan.target + at, load<f64>(values + (<usize>e << 3)))
      store<u64>(plan.mask + at, ~0)
    }
  }
}

/**
 * factor·Σ_observed (W_ij − x_ij)². The pattern is given by rows and by columns (int32, see sparse.ts), x in the order by
 * rows; both must outlive the plan. `pass`: 0 the faster one, 1 dense with a mask, 2 over the entries only. Returns the
 * pass taken, or 0 when memory does not suffice.
 */
export function chainCompletion(
  pointer: usize, nnz: i32, rowStarts: usize, columns: usize, columnStarts: usize, rows: usize, order: usize,
  values: usize, factor: f64, pass: i32,
): i32 {
  const plan = changetype<Plan>(pointer)
  plan.objective = COMPLETION
  plan.factor = factor
  plan.constant = 0
  plan.left = 0
  plan.inputs = width(plan, 0)
  plan.mask = 0
  plan.entries = nnz
  plan.rowStarts = rowStarts
  plan.columns = columns
  plan.columnStarts = columnStarts
  plan.rows = rows
  plan.order = order
  plan.sparse = pass == 2 || (pass == 0 && sparsePays(plan, nnz))
  if (plan.sparse) {
    plan.target = values
    plan.values = matrix(nnz, 1)
    plan.valuesByColumn = matrix(nnz, 1)
  } else densePattern(plan, values)
  const density = <f64>nnz / (<f64>width(plan, 0) * <f64>width(plan, plan.depth))
  if (ranOut() || !prepare(plan, plan.sparse ? SPARSE_WEIGHT * density : 1)) return 0
  return plan.sparse ? 2 : 1
}
