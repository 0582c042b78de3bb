import { type Column, type Config, gradientDescent, gradientFlow, makeTrajectory, type Spec } from 'linnet'
import type { ShownRun } from '../src/runs-figure.ts'

interface Asked {
  readonly lane?: number
  readonly seed?: number
  readonly samples?: number
  /** Of a descent; a flow without. */
  readonly stepSize?: number
  readonly horizon?: number
  /** Further columns, by their values at positions. */
  readonly more?: Readonly<Record<string, (position: number) => number>>
}

const modes = 3

/** A run whose columns are formulas, as far as its first `samples` (of 41). */
export function shownRun(asked: Asked = {}, over: Partial<ShownRun> = {}): ShownRun {
  const { lane = 0, seed = 1, samples = 41, stepSize, horizon = stepSize ? 400 : 40, more = {} } = asked
  const clock = stepSize ? 'steps' : 'time'
  const positions = Float64Array.from({ length: samples }, (_, i) => (i * horizon) / 40)
  const formulas: Record<string, (position: number) => number> = {
    loss: (t) => 1 / (1 + t * seed),
    reconstructionError: (t) => 2 / (1 + t),
    ...Object.fromEntries(
      Array.from({ length: modes }, (_, r) => [
        `singularValue${r + 1}`,
        (t: number) => ((modes - r) * t * (1 + lane + seed / 10)) / (t + 5),
      ]),
    ),
    ...more,
  }
  const columns: Column[] = Object.keys(formulas).map((name) => ({
    name,
    symbol: name,
    help: `what ${name} is`,
  }))
  const values = Object.values(formulas).map((formula) => positions.map(formula))
  const dynamics: Spec = stepSize ? { ...gradientDescent({ stepSize }) } : { ...gradientFlow() }
  const config = {
    seed,
    dynamics,
    until: clock === 'time' ? { time: horizon } : { steps: horizon },
  } as unknown as Config
  return {
    label: `depth ${lane + 1}`,
    lane,
    config,
    trajectory: makeTrajectory(clock, positions, columns, values),
    ...over,
  }
}
