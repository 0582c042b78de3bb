import type { Experiment, Lane } from '../experiment/experiment.ts'
import { laneConfig } from '../experiment/plan.ts'

/** The word that ends a config in the command: alone on its line, as nothing in JSON ever stands. */
const end = 'JSON'

/** What to type in a shell: writes each config to a file, and runs it with the command line. */
export function commandOf(experiment: Experiment): string {
  return experiment.lanes.map((lane, index) => laneCommand(experiment, lane, index)).join('\n')
}

function laneCommand(experiment: Experiment, { label }: Lane, index: number): string {
  const config = laneConfig(experiment, index)
  const file = `${fileName(label)}.json`
  const run = `npx linnet run ${file} --engine ${experiment.engine}`
  const first = typeof config.seed === 'number' ? config.seed : 0
  const seeds = Array.from({ length: experiment.seeds }, (_, i) => first + i)
  const repeated = `for seed in ${seeds.join(' ')}; do ${run} --seed $seed --out runs/${fileName(label)}-seed$seed; done`
  return [
    `cat > ${file} <<'${end}'`,
    JSON.stringify(config, null, 2),
    end,
    seeds.length === 1 ? run : repeated,
    '',
  ].join('\n')
}

/** A name for files, of letters, digits and hyphens: `depth 2` → `depth-2`. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'linnet' : plain.toLowerCase()
}
