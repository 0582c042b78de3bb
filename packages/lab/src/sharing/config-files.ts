import type { Experiment } from '../experiment/experiment.ts'
import { laneConfig } from '../experiment/plan.ts'
import { fileNames } from './command.ts'

/** The configs of all lanes as files, as the command line and a drop on the page take them. */
export function configFiles(experiment: Experiment): { readonly file: string; readonly text: string }[] {
  return fileNames(experiment.lanes).map((name, lane) => ({
    file: `${name}.json`,
    text: `${JSON.stringify(laneConfig(experiment, lane), null, 2)}\n`,
  }))
}
