import type { Observed } from './observed.ts'

/** How far predictions are from held-out entries, in the units of the data. */
export interface HoldOutError {
  /** Root of the mean squared difference. */
  readonly rootMeanSquare: number
  /** Mean absolute difference. */
  readonly meanAbsolute: number
}

export function holdOutError(held: Observed, predict: (row: number, column: number) => number): HoldOutError {
  let squares = 0
  let absolutes = 0
  for (let e = 0; e < held.values.length; e++) {
    const difference = predict(held.rowOf[e]!, held.columnOf[e]!) - held.values[e]!
    squares += difference * difference
    absolutes += Math.abs(difference)
  }
  return {
    rootMeanSquare: Math.sqrt(squares / held.values.length),
    meanAbsolute: absolutes / held.values.length,
  }
}
