import { expect } from 'vitest'
import type { Accounts } from '../src/dynamics/dynamics.ts'
import type { Objective } from '../src/dynamics/objective.ts'
import type { Engine } from '../src/engine/engine.ts'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import { probes } from '../src/probes/index.ts'
import type { Moment } from '../src/probes/moment.ts'
import type { Probe } from '../src/probes/probe.ts'
import { type SpecInput, specOf } from '../src/registry/spec.ts'
import { momentAt } from '../src/simulate/moment.ts'
import { weightsOf } from '../src/theory/point.ts'
import { gaussian, restingAccounts, setting } from './theory-setting.ts'

export const probeSpec = specOf(probes)

export function makeProbe(objective: Objective, spec: SpecInput): Probe {
  const parsed = probeSpec.parse(spec)
  return probes.get(parsed.kind).create(parsed, objective)
}

/** The instant at which the objective has the given layers. */
export function momentOf(
  objective: Objective,
  layers: readonly PlainMatrix[],
  accounts: Accounts = restingAccounts,
): Moment {
  const weights = weightsOf(objective, layers)
  return momentAt(objective, { clock: 'time', position: 0, weights, accounts })
}

/** Column name → value at the given layers. */
export function read(
  objective: Objective,
  layers: readonly PlainMatrix[],
  spec: SpecInput,
): Record<string, number> {
  const probe = makeProbe(objective, spec)
  const values = probe.read(momentOf(objective, layers))
  expect(values).toHaveLength(probe.columns.length)
  return Object.fromEntries(probe.columns.map(({ name }, i) => [name, values[i]!]))
}

/** The first column at a single layer: W itself. */
export function readMatrix(engine: Engine, W: PlainMatrix, spec: SpecInput): number {
  const objective = setting(engine, [W.columns, W.rows], gaussian(engine, 1, W.rows, W.columns))
  return Object.values(read(objective, [W], spec))[0]!
}

export function times(layer: PlainMatrix, factor: number): PlainMatrix {
  return { ...layer, data: Array.from(layer.data, (x) => factor * x) }
}

export function product(engine: Engine, a: PlainMatrix, b: PlainMatrix): PlainMatrix {
  const out = engine.matrix(a.rows, b.columns)
  engine.multiplyInto(out, engine.copyIn(a), engine.copyIn(b))
  return out
}
