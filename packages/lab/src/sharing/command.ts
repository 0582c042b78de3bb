import type { Experiment, Lane } from '../experiment/experiment.ts'
import { laneConfig } from '../experiment/plan.ts'

/** The word that ends a config in the command: alone on its line, as nothing in JSON ever stands. */
const end = 'JSON'

/** What to type in a shell: writes each config to a file, and runs it with the command line. */
export function commandOf(experiment: Experiment): string {
  return fileNames(experiment.lanes)
    .map((name, lane) => laneCommand(experiment, name, lane))
    .join('\n')
}

function laneCommand(experiment: Experiment, name: string, lane: number): string {
  const config = laneConfig(experiment, lane)
  const file = `${name}.json`
  const run = `npx linnet run ${file} --engine ${experiment.engine}`
  const first = typeof config.seed === 'number' ? config.seed : 0
  const seeds = Array.from({ length: experiment.seeds }, (_, i) => first + i)
  const repeated = `for seed in ${seeds.join(' ')}; do ${run} --seed $seed --out runs/${name}-seed$seed; done`
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

/** Names for the files of lanes, no two the same: `scale-1` and `scale-1-2` of the lanes `scale 1` and `scale -1`. */
export function fileNames(lanes: readonly Pick<Lane, 'label'>[]): string[] {
  const names: string[] = []
  for (const { label } of lanes) {
    const plain = fileName(label)
    let name = plain
    for (let i = 2; names.includes(name); i++) name = `${plain}-${i}`
    names.push(name)
  }
  return names
}
