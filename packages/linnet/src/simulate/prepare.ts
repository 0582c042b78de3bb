import type { Config } from '../config/config.ts'
import { ConfigError, type Problem as ConfigProblem } from '../config/config-error.ts'
import type { DynamicsMaker } from '../dynamics/dynamics.ts'
import { dynamics } from '../dynamics/index.ts'
import { makeObjective, type Objective } from '../dynamics/objective.ts'
import type { Engine } from '../engine/engine.ts'
import { inits } from '../inits/index.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import { losses } from '../losses/index.ts'
import { networks } from '../networks/index.ts'
import type { Parameters } from '../networks/network.ts'
import { probes } from '../probes/index.ts'
import type { Probe } from '../probes/probe.ts'

/** A problem brought to life: what is minimised, and from where. */
export interface Problem {
  readonly objective: Objective
  readonly start: Parameters
  /** How it moves, where that is no entry of the registry; `config.dynamics` is handed to it as it stands. */
  readonly dynamics?: DynamicsMaker
}

/**
 * Loss, network and initial weights of a config. Each draws from its own split of the seed, so that another init, say, leaves
 * the data as they are. `files` holds the matrices that the config names in files, by `fileKey`.
 *
 * Throws an `InputError` where the parts of the config do not fit together.
 */
export function prepare(config: Config, engine: Engine, files: ReadonlyMap<string, PlainMatrix>): Problem {
  const random = engine.random(config.seed)
  const loss = losses
    .get(config.loss.kind)
    .create(config.loss, { engine, random: random.split('loss'), files })
  const network = networks.get(config.network.kind).create(config.network, { engine, endToEnd: loss.shape })
  const start = network.allocate()
  const context = { engine, random: random.split('init'), network, loss, files }
  inits.get(config.init.kind).fill(start, config.init, context)
  return { objective: makeObjective(engine, loss, network), start }
}

/** The probes of a config. Throws a `ConfigError` when two of them read off the same column. */
export function makeProbes(config: Config, objective: Objective): Probe[] {
  const made = config.probes.map((spec) => probes.get(spec.kind).create(spec, objective))
  const owners = new Map<string, number>()
  for (const [i, { columns }] of made.entries()) {
    for (const { name } of columns) {
      const owner = owners.get(name)
      if (owner !== undefined) throw new ConfigError([commonColumn(name, owner, i, config)])
      owners.set(name, i)
    }
  }
  return made
}

function commonColumn(name: string, first: number, second: number, { probes: specs }: Config): ConfigProblem {
  return {
    field: `probes[${second}]`,
    given: specs[second]!.kind,
    expected: `a probe that shares no column with probes[${first}], which has ${name} too,`,
    remedy: 'remove one of the two',
  }
}

/** How far above the initial loss a run counts as diverged, where the config does not say. */
const DIVERGENCE_FACTOR = 1e12

/** The dynamics of a config under way from `start`. */
export function startMotion(config: Config, { objective, start, dynamics: own }: Problem) {
  const { until, seed } = config
  const entry = own ?? dynamics.get(config.dynamics.kind)
  const horizon = (entry.clock === 'time' ? until.time : until.steps)!
  const divergence = until.divergence ?? DIVERGENCE_FACTOR * (1 + Math.abs(objective.value(start)))
  const motion = entry.start(config.dynamics, {
    objective,
    start,
    random: objective.engine.random(seed).split('dynamics'),
    stops: {
      divergence,
      ...(until.loss !== undefined && { loss: until.loss }),
      ...(until.gradientNorm !== undefined && { gradientNorm: until.gradientNorm }),
    },
    horizon,
  })
  return { motion, horizon }
}
