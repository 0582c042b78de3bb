import type { Experiment } from '../experiment/experiment.ts'
import { laneConfig } from '../experiment/plan.ts'
import { fileName } from './command.ts'

/** The configs of all lanes as files, as the command line and a drop on the page take them. */
export function configFiles(experiment: Experiment): { readonly file: string; readonly text: string }[] {
  return experiment.lanes.map(({ label }, lane) => ({
    file: `${fileName(label)}.json`,
    text: `${JSON.stringify(laneConfig(experiment, lane), null, 2)}\n`,
  }))
}
