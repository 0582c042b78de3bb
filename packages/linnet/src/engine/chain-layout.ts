import type { KernelExports } from '@linnet/kernels'
import type { Matrix } from '../linalg/matrix.ts'
import type { Chain, QuadraticObjective } from './chain.ts'
import type { EngineMemory } from './memory.ts'
import { expectShape, written } from './shapes.ts'

/** How the layers of a chain lie in one vector θ: W_1 first, each row by row. */
export interface ChainLayout {
  /** d_0, …, d_n. */
  readonly widths: readonly number[]
  readonly depth: number
  /** Entry of θ where W_{j+1} begins, and at last the length of θ. */
  readonly starts: readonly number[]
  readonly size: number
}

/** Makes the chain of the given widths on an objective. */
export type ChainMaker = (
  kernels: KernelExports,
  memory: EngineMemory,
  widths: readonly number[],
  objective: QuadraticObjective,
) => Chain

/** The layout of a chain of the given widths. Throws when they make no chain. */
export function chainLayout(widths: readonly number[]): ChainLayout {
  if (widths.length < 2 || !widths.every((width) => Number.isSafeInteger(width) && width > 0))
    throw new RangeError(
      `A chain cannot have the widths [${widths}]: give d_0, …, d_n, each at least 1, n ≥ 1.`,
    )
  const depth = widths.length - 1
  const starts = [0]
  for (let j = 0; j < depth; j++) starts.push(starts[j]! + widths[j]! * widths[j + 1]!)
  return { widths: [...widths], depth, starts, size: starts[depth]! }
}

/** Throws unless the objective is one of the end-to-end matrix of the chain and lives in `memory`. */
export function expectObjective(
  memory: EngineMemory,
  { widths, depth }: ChainLayout,
  objective: QuadraticObjective,
): void {
  const [columns, rows] = [widths[0]!, widths[depth]!]
  if (objective.kind === 'dense') {
    const { left, right } = objective
    memory.own(right)
    if (left !== undefined) {
      memory.own(left)
      expectShape('The left factor of the objective', left, columns, right.columns)
    }
    expectShape('The right side of the objective', right, rows, left === undefined ? columns : right.columns)
  } else if (objective.kind === 'sensing') {
    const { measurements, observations } = objective
    memory.own(measurements)
    memory.own(observations)
    expectShape('The matrix of measurements', measurements, observations.rows, rows * columns)
    expectShape('The vector of observations', observations, observations.rows, 1)
  } else {
    const { pattern, values } = objective
    memory.own(values)
    memory.ownIndices(pattern.rowStarts)
    if (pattern.rows !== rows || pattern.columns !== columns)
      throw new RangeError(
        `The observed entries are those of a ${pattern.rows}×${pattern.columns} matrix and the end-to-end matrix is ${rows}×${columns}.`,
      )
    expectShape('The vector of observed values', values, pattern.count, 1)
  }
}

/** Throws unless `theta` is the vector of parameters of the chain. */
export function expectParameters(
  memory: EngineMemory,
  what: string,
  theta: Matrix,
  { size }: ChainLayout,
): void {
  memory.own(theta)
  if (theta.rows * theta.columns !== size)
    throw new RangeError(`${what} is ${written(theta)} and must hold the ${size} parameters of the chain.`)
}

/** Throws unless `steps` can be counted. */
export function expectSteps(steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 0)
    throw new RangeError(`A descent cannot take ${steps} steps: give a whole number from 0 on.`)
}
