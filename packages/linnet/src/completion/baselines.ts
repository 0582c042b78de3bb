import type { Engine } from '../engine/engine.ts'
import { makeCentring } from './centring.ts'
import { holdOutError } from './hold-out-error.ts'
import type { Split } from './split.ts'

/** A simple way to complete, to be beaten. */
export interface Baseline {
  readonly name: string
  /** What it does, with the choices that the validation part made. */
  readonly how: string
  readonly predict: (row: number, column: number) => number
}

/** Every missing entry is the mean of the observed ones in its column. */
export function columnMeans({ training }: Split): Baseline {
  const centring = makeCentring(training, 'columns')
  return {
    name: 'column means',
    how: 'the mean of the observed entries of the column',
    predict: centring.offset,
  }
}

/** The training matrix less its column means, missing entries zero. */
function filledWithMeans(engine: Engine, { training }: Split) {
  const { offset } = makeCentring(training, 'columns')
  const filled = engine.matrix(training.rows, training.columns)
  const { data } = filled
  for (let e = 0; e < training.values.length; e++) {
    const [i, j] = [training.rowOf[e]!, training.columnOf[e]!]
    data[i * training.columns + j] = training.values[e]! - offset(i, j)
  }
  return { filled, offset }
}

/**
 * Missing entries filled with column means, then the best approximation of rank r (Eckart and Young 1936), r chosen on
 * the validation part. Ranks are tried upwards, adding one singular pair at a time.
 */
export function truncatedSvd(engine: Engine, split: Split): Baseline {
  return engine.scoped(() => {
    const { filled, offset } = filledWithMeans(engine, split)
    const { U, values, V } = engine.svd(filled)
    const [u, v] = [U.data.slice(), V.data.slice()]
    const k = values.length
    const { validation } = split
    const predictions = new Float64Array(validation.values.length)
    let best = { rank: 0, error: Number.POSITIVE_INFINITY }
    for (let r = 0; r <= k; r++) {
      let squares = 0
      for (let e = 0; e < predictions.length; e++) {
        const [i, j] = [validation.rowOf[e]!, validation.columnOf[e]!]
        if (r > 0) predictions[e]! += u[i * k + r - 1]! * values[r - 1]! * v[j * k + r - 1]!
        const difference = predictions[e]! + offset(i, j) - validation.values[e]!
        squares += difference * difference
      }
      if (squares < best.error) best = { rank: r, error: squares }
    }
    const predict = (i: number, j: number) => {
      let sum = offset(i, j)
      for (let r = 0; r < best.rank; r++) sum += u[i * k + r]! * values[r]! * v[j * k + r]!
      return sum
    }
    const how = `missing entries filled with column means, then rank ${best.rank} (of ${k}, chosen on the validation part)`
    return { name: 'truncated SVD', how, predict }
  })
}

/** Errors of a prediction on the three parts. */
export function errorsOn(split: Split, predict: (row: number, column: number) => number) {
  return {
    training: holdOutError(split.training, predict),
    validation: holdOutError(split.validation, predict),
    test: holdOutError(split.test, predict),
  }
}

/** Errors of one method on the training, validation and test part. */
export type Errors = ReturnType<typeof errorsOn>
