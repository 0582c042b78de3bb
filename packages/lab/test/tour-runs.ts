import { type Certificate, type Engine, loadEngine, type Run, simulate, theory } from 'linnet'
import type { Experiment } from '../src/experiment/experiment.ts'
import { planOf } from '../src/experiment/plan.ts'
import { tour } from '../src/gallery/tour.ts'

/** A lane of a stop, run here as the lab runs it. */
export interface LaneRun {
  readonly label: string
  readonly run: Run
  column(name: string): Float64Array
  last(name: string): number
  /** Position on the clock where a column first reaches a value. */
  reached(name: string, value: number): number
  certificate(statement: string): Certificate
}

const shared: { engine?: Engine } = {}

export function stopOf(name: string) {
  return tour.find((stop) => stop.name === name)!
}

/** Runs every lane of an experiment. */
export async function runLanes(experiment: Experiment): Promise<LaneRun[]> {
  shared.engine ??= await loadEngine('strict')
  const { runs, problems } = planOf(experiment)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const lanes: LaneRun[] = []
  for (const { config, label } of runs) {
    const run = await simulate(config, { engine: shared.engine })
    const column = (name: string) => run.trajectory.column(name)
    lanes.push({
      label,
      run,
      column,
      last: (name) => column(name).at(-1)!,
      reached: (name, value) => run.trajectory.positions[column(name).findIndex((one) => one >= value)]!,
      certificate: (statement) => theory.statements.get(statement).certify(run),
    })
  }
  return lanes
}

/** The same experiment with some values of the config changed, in every lane that does not change them itself. */
export function changed(experiment: Experiment, changes: object): Experiment {
  return { ...experiment, config: { ...experiment.config, ...changes } as Experiment['config'] }
}
