import type { Frame, Problem, Run } from '../src/index.ts'
import { type Config, type ConfigInput, loadEngine, parseConfig, prepare, theory } from '../src/index.ts'
import type { Prediction, PredictOptions } from '../src/theory/predict.ts'

export interface Live {
  readonly config: Config
  readonly problem: Problem
}

export async function alive(input: ConfigInput): Promise<Live> {
  const config = parseConfig(input)
  return { config, problem: prepare(config, await loadEngine(), new Map()) }
}

/** The run at the end of its frames. */
export async function drained(frames: AsyncGenerator<Frame, Run>): Promise<Run> {
  for (;;) {
    const { done, value } = await frames.next()
    if (done) return value
  }
}

/** Throws the reason where nothing is predicted. */
export function foreseen(prediction: Prediction): Extract<Prediction, { predicted: true }> {
  if (prediction.predicted) return prediction
  throw new Error(prediction.reason)
}

export async function predictedRun(input: ConfigInput, options: PredictOptions = {}): Promise<Run> {
  const { config, problem } = await alive(input)
  return drained(foreseen(theory.predict(config, problem, options)).frames)
}

/** Largest distance of two runs in the named column, over the samples of both. */
export function distance(a: Run, b: Run, column: string): number {
  const [x, y] = [a.trajectory.column(column), b.trajectory.column(column)]
  if (x.length !== y.length) return Number.POSITIVE_INFINITY
  return x.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!)), 0)
}

/** The names of all columns. */
export function columnsOf({ trajectory }: Run): string[] {
  return trajectory.columns.map(({ name }) => name)
}
