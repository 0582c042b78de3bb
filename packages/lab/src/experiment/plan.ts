import {
  type Config,
  ConfigError,
  type ConfigProblem,
  configHash,
  type EngineName,
  parseConfig,
} from 'linnet'
import type { Experiment } from './experiment.ts'
import { withValue } from './field.ts'
import type { JsonObject } from './json.ts'

/** One run to be done. The same config on the same engine has the same id, wherever it is asked for. */
export interface PlannedRun {
  readonly id: string
  /** Index of the lane. */
  readonly lane: number
  /** Place among the seeds of the lane, from 0. */
  readonly repetition: number
  readonly label: string
  readonly config: Config
  /** Of a saved run the one that made it, which may be one that the page has not. */
  readonly engine: EngineName
}

/** The runs of an experiment, or what is wrong with it. */
export interface Plan {
  readonly runs: readonly PlannedRun[]
  /** Problems of the first lane that has any; `lane` is its index. */
  readonly problems: readonly ConfigProblem[]
  readonly lane?: number
}

/**
 * A page reads no files: numbers of files stand written out in the config (`writtenOut`, `tableConfig`), so that config and engine are
 * all that a run depends on.
 */
export function runId(config: Config, engine: EngineName): string {
  // Another title is no other run.
  const { title: _, ...run } = config
  return `${engine}-${configHash(run)}`
}

/** The config of one lane as it would be typed. */
export function laneConfig({ config, lanes }: Experiment, lane: number): JsonObject {
  let changed = config
  for (const [field, value] of Object.entries(lanes[lane]?.changes ?? {}))
    changed = withValue(changed, field, value)
  return changed
}

/** All runs of an experiment, lane by lane; none when one of them cannot be run. */
export function planOf(experiment: Experiment): Plan {
  const { lanes, seeds, engine } = experiment
  const runs: PlannedRun[] = []
  for (const [lane, { label }] of lanes.entries()) {
    try {
      const first = parseConfig(laneConfig(experiment, lane))
      // Reading a config takes a millisecond, and plans follow a slider: where the last seed may be, all may.
      if (seeds > 1) parseConfig({ ...first, seed: first.seed + (seeds - 1) })
      for (let repetition = 0; repetition < seeds; repetition++) {
        const config = { ...first, seed: first.seed + repetition }
        runs.push({ id: runId(config, engine), lane, repetition, label, config, engine })
      }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return { runs: [], problems: error.problems, lane }
    }
  }
  return { runs, problems: [] }
}
