// A plan for the chain W = W_n ··· W_1 (W_j of d_j×d_{j−1}) and one objective of it: what to multiply in which order, and
// the memory to do it in. theta is all layers, W_1 first, row-major and contiguous.
//
// A split s fixes the association: prefixes P_j = W_j ··· W_1 L for j ≤ s, suffixes S_j = W_n ··· W_{j+1} for j ≥ s, and
// W L = S_s P_s. With E the gradient with respect to W L, layer j's gradient is (Arora, Cohen & Hazan 2018, appendix A)
//   j > s:  S_jᵀ T_j,     T_{s+1} = E P_sᵀ,  T_{j+1} = T_j W_jᵀ
//   j ≤ s:  B_j P_{j−1}ᵀ,  B_s = S_sᵀ E,      B_{j−1} = W_jᵀ B_j
// so that E meets three products only and every other product is shared between layers. E, T and B are kept transposed:
// then every product is A·B or Aᵀ·Bᵀ, which need no packing.
import { allocate } from '../memory'

export const DENSE: i32 = 1
export const SENSING: i32 = 2
export const COMPLETION: i32 = 3

@unmanaged
export class Plan {
  depth: i32
  widths: usize // int32[depth + 1]
  layers: usize // int32[depth + 1]: where each layer begins in theta, in bytes, and where the last one ends
  objective: i32 // 0 until one is chosen
  factor: f64
  constant: f64
  left: usize // L (d_0×inputs), or 0 for the identity
  inputs: i32 // columns of L, or d_0
  split: i32
  prefixes: usize // int32[depth + 1]: P_j where it has memory of its own
  suffixes: usize // int32[depth + 1]: S_j likewise
  error: usize // Eᵀ (inputs×d_n)
  towardsLast: usize // two buffers for T_jᵀ (d_{j−1}×d_n)
  otherTowardsLast: usize
  towardsFirst: usize // two buffers for B_jᵀ (inputs×d_j)
  otherTowardsFirst: usize
  gradient: usize // of theta, in a run
  shares: usize // each layer's part of its squared norm
  target: usize // R or the observed values, dense and oriented like `error`, or by entry in a sparse pass
  mask: usize // all ones where observed, oriented like `error`; 0 when everything is
  sparse: bool // whether E is kept by its entries
  entries: i32
  rowStarts: usize
  columns: usize
  columnStarts: usize
  rows: usize
  order: usize
  values: usize // E by rows
  valuesByColumn: usize
  prefixTransposed: usize // P_sᵀ (inputs×d_s) in a sparse pass
  measurements: i32
  sensing: usize // A, measurements×(d_n·d_0)
  observations: usize
  product: usize // W and E in the orientation of A
  productError: usize
}

const LARGEST_THETA: f64 = 2147483648.0 // bytes: offsets into theta are int32

/** A plan without an objective; `widths` (int32: d_0, …, d_n) is copied. 0 when memory does not suffice. */
export function chainCreate(depth: i32, widths: usize): usize {
  let bytes: f64 = 0
  for (let j: usize = 0; j < <usize>depth; j++) {
    bytes += 8 * <f64>load<i32>(widths + (j << 2)) * <f64>load<i32>(widths + (j << 2), 4)
  }
  if (bytes >= LARGEST_THETA) return 0
  const pointer = allocate(offsetof<Plan>())
  const table = <usize>(depth + 1) << 2
  const tables = allocate(table << 2)
  if (!pointer || !tables) return 0
  const plan = changetype<Plan>(pointer)
  plan.depth = depth
  plan.widths = tables
  plan.layers = tables + table
  plan.prefixes = tables + 2 * table
  plan.suffixes = tables + 3 * table
  memory.copy(plan.widths, widths, table)
  let offset = 0
  for (let j = 0; j < depth; j++) {
    store<i32>(plan.layers + (<usize>j << 2), offset)
    offset += (width(plan, j) * width(plan, j + 1)) << 3
  }
  store<i32>(plan.layers + (<usize>depth << 2), offset)
  return pointer
}

/** d_j. */
// @ts-ignore: decorator
@inline
export function width(plan: Plan, j: i32): i32 {
  return load<i32>(plan.widths + (<usize>j << 2))
}

/** Where layer j (from 1) lies in theta or in a gradient. */
// @ts-ignore: decorator
@inline
export function layer(plan: Plan, theta: usize, j: i32): usize {
  return theta + load<i32>(plan.layers + (<usize>(j - 1) << 2))
}

/** Numbers in layer j. */
// @ts-ignore: decorator
@inline
export function layerLength(plan: Plan, j: i32): i32 {
  return width(plan, j) * width(plan, j - 1)
}

/** Numbers in theta. */
// @ts-ignore: decorator
@inline
export function parameters(plan: Plan): i32 {
  return load<i32>(plan.layers + (<usize>plan.depth << 2)) >> 3
}

/** Whether W is theta itself: one layer and no L. */
// @ts-ignore: decorator
@inline
export function isDirect(plan: Plan): bool {
  return plan.depth == 1 && !plan.left
}

/** P_j; P_1 is the first layer itself when there is no L. */
// @ts-ignore: decorator
@inline
export function prefix(plan: Plan, theta: usize, j: i32): usize {
  if (j == 0) return plan.left
  if (j == 1 && !plan.left) return theta
  return load<u32>(plan.prefixes + (<usize>j << 2))
}

/** S_j; S_{n−1} is the last layer itself. */
// @ts-ignore: decorator
@inline
export function suffix(plan: Plan, theta: usize, j: i32): usize {
  if (j == plan.depth - 1) return layer(plan, theta, plan.depth)
  return load<u32>(plan.suffixes + (<usize>j << 2))
}
