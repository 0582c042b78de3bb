import {
  type About,
  canonicalJson,
  dynamics,
  inits,
  losses,
  matrices,
  networks,
  probes,
  type Registry,
} from 'linnet'
import type { Experiment } from '../experiment/experiment.ts'
import { isObject, type Json, type JsonObject } from '../experiment/json.ts'
import { laneConfig } from '../experiment/plan.ts'

/** The families whose entries may stand at a key of a config; everything with a kind below them is a matrix. */
const families: Readonly<Record<string, Registry<About>>> = {
  loss: losses,
  network: networks,
  init: inits,
  dynamics,
}

/** Entries whose kind is another's name too; all others are exported under their kind. */
const otherNames: Readonly<Record<string, string>> = {
  'init file': 'weightsFile',
  'matrix gaussian': 'gaussianMatrix',
  'matrix file': 'matrixFile',
}

/** Under what name the library exports an entry; `undefined` where there is none. */
export function exportName({ family, entries }: Registry<About>, kind: Json | undefined): string | undefined {
  const entry = entries.find((one) => one.kind === kind)
  return entry && (otherNames[`${family} ${entry.kind}`] ?? entry.kind)
}

/** Widest line before an object is broken into several. */
const widest = 92

/** The names of the library that a piece of code uses. */
type Names = Set<string>

/** TypeScript that runs the experiment with the library; it has no types of its own, so that Node runs it as it is. */
export function snippetOf(experiment: Experiment): string {
  const names: Names = new Set(['simulate', 'theory', 'trajectoryHash'])
  const configs = experiment.lanes.map((_, lane) => laneConfig(experiment, lane))
  const shared = sharedKeys(configs)
  const part = (config: JsonObject, common: boolean) =>
    writtenConfig(
      Object.fromEntries(Object.entries(config).filter(([key]) => shared.has(key) === common)),
      names,
    )
  const lanes = configs.map((config, lane) => {
    const own = part(config, false).slice(1, -1).trim()
    return `  [${JSON.stringify(experiment.lanes[lane]!.label)}, { ...common${own === '' ? '' : `, ${own}`} }],`
  })
  const seeds = Array.from({ length: experiment.seeds }, (_, i) => i)
  const body = [
    `const common = ${part(configs[0]!, true)}`,
    `const lanes = [\n${lanes.join('\n')}\n]`,
    'for (const [label, config] of lanes) {',
    ...(experiment.seeds > 1
      ? [`  for (const more of [${seeds.join(', ')}]) {`, ...running('    ', true), '  }']
      : running('  ', false)),
    '}',
  ].join('\n')
  return `import { ${[...names].sort().join(', ')} } from 'linnet'\n\nconst options = { engine: '${experiment.engine}' }\n${body}\n`
}

function running(inside: string, repeated: boolean): string[] {
  return [
    `const run = await simulate(${repeated ? '{ ...config, seed: (config.seed ?? 0) + more }' : 'config'}, options)`,
    'console.log(label, run.stopped.message, trajectoryHash(run.trajectory))',
    'for (const { summary } of theory.certify(run)) console.log(summary)',
  ].map((line) => inside + line)
}

/** Keys at which all configs agree. */
function sharedKeys([first, ...rest]: readonly JsonObject[]): ReadonlySet<string> {
  const text = (config: JsonObject, key: string) => canonicalJson(config[key])
  const same = (key: string) => rest.every((config) => text(config, key) === text(first!, key))
  return new Set(Object.keys(first!).filter(same))
}

function writtenConfig(config: JsonObject, names: Names): string {
  const parts = Object.entries(config).map(([key, value]): [string, string] => {
    if (Object.hasOwn(families, key) && isObject(value))
      return [key, entryCall(families[key]!, value, '  ', names)]
    if (key === 'probes' && Array.isArray(value)) return [key, probeCalls(value, names)]
    return [key, literal(value, '  ', names)]
  })
  return braced(parts, '')
}

/** `identity({ scale: 1e-3 })`, or the plain spec where the library exports no such entry. */
function entryCall(family: Registry<About>, spec: JsonObject, inside: string, names: Names): string {
  const { kind, ...parameters } = spec
  const name = exportName(family, kind)
  if (name === undefined) return literal(spec, inside, names)
  names.add(name)
  return Object.keys(parameters).length === 0 ? name : `${name}(${literal(parameters, inside, names)})`
}

function probeCalls(specs: readonly Json[], names: Names): string {
  const calls = specs.map((spec) => {
    // What a link calls a kind may be anything: only names of the library become code.
    const known = isObject(spec) && probes.entries.find(({ kind }) => kind === spec.kind)
    if (!known) return literal(spec, '  ', names)
    names.add('probes')
    const { kind: _, ...parameters } = spec
    const call = `probes.${known.kind}`
    return Object.keys(parameters).length === 0 ? call : `${call}(${literal(parameters, '  ', names)})`
  })
  const line = `[${calls.join(', ')}]`
  return line.length <= widest ? line : `[\n${calls.map((call) => `    ${call},`).join('\n')}\n  ]`
}

function literal(value: Json, inside: string, names: Names): string {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, inside, names)).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  if (matrices.entries.some(({ kind }) => kind === value.kind))
    return entryCall(matrices, value, inside, names)
  const parts = Object.entries(value).map(([key, one]): [string, string] => [
    key,
    literal(one, `${inside}  `, names),
  ])
  return braced(parts, inside)
}

function braced(parts: readonly (readonly [string, string])[], inside: string): string {
  if (parts.length === 0) return '{}'
  const written = parts.map(
    ([key, text]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${text}`,
  )
  const line = `{ ${written.join(', ')} }`
  if (line.length <= widest && !line.includes('\n')) return line
  return `{\n${written.map((text) => `${inside}  ${text},`).join('\n')}\n${inside}}`
}
