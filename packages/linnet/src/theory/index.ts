import type { Config } from '../config/config.ts'
import type { Objective } from '../dynamics/objective.ts'
import { registry } from '../registry/entry.ts'
import type { Run } from '../simulate/run.ts'
import type { Certificate, CertifyOptions, Statement } from './certificate.ts'
import { conservation } from './conservation.ts'
import { corollary1 } from './corollary1.ts'
import { discreteConservation } from './discrete-conservation.ts'
import { certifyTogether, type Watch, watchTogether } from './statement.ts'
import { theorem1 } from './theorem1.ts'
import { theorem3 } from './theorem3.ts'

/** Every theorem that a run can be held against. */
export const statements = registry<Statement>('statement', [
  conservation,
  discreteConservation,
  theorem1,
  corollary1,
  theorem3,
])

/** How a run is held against several statements. */
export interface CertifyAllOptions extends CertifyOptions {
  /** Kinds of the statements to certify, in this order; default all. */
  readonly statements?: readonly string[]
}

/**
 * Holds a run against all statements, or those named.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const run = await simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 5 } })
 * theory.certify(run).map(({ summary }) => summary)
 * theory.certify(run, { statements: ['theorem1'], insist: true })
 * ```
 *
 * Throws when a named statement does not exist.
 */
export function certify(run: Run, options: CertifyAllOptions = {}): Certificate[] {
  return certifyTogether(run, chosen(options), options)
}

function chosen({ statements: kinds }: Pick<CertifyAllOptions, 'statements'>): readonly Statement[] {
  return kinds?.map((kind) => statements.get(kind)) ?? statements.entries
}

/**
 * Holds a run against all statements, or those named, while it is under way: give `see` every snapshot that a frame carries, and
 * ask for `certificates` whenever you like. After the last snapshot they are those of `certify`, number for number; before, they
 * speak of what has been seen so far. A verdict may still change: new snapshots can violate a statement, or be the first to meet its
 * assumptions. As long as a statement applies, its largest residual over tolerance can only grow.
 *
 * `config` and `objective` are those that the run is followed with; its clock is the one that `config.until` counts on.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 5 } })
 * const problem = prepare(config, await loadEngine(), new Map())
 * const watch = theory.watch(config, problem.objective)
 * for await (const { snapshot } of follow(config, problem)) {
 *   if (snapshot === undefined) continue
 *   watch.see(snapshot)
 *   watch.certificates().map(({ summary }) => summary) // so far
 * }
 * ```
 *
 * Throws when a named statement does not exist.
 */
export function watch(
  config: Config,
  objective: Objective,
  options: Pick<CertifyAllOptions, 'statements'> = {},
): Watch {
  const clock = config.until.time === undefined ? 'steps' : 'time'
  return watchTogether({ config, objective, clock }, chosen(options))
}

export { analyticFlowInto } from './analytic-flow.ts'
export { leastSharpness } from './least-sharpness.ts'
export {
  applyPreconditioner,
  applyPreconditionerInto,
  preconditionerEigenvalues,
  preconditionerKernel,
} from './preconditioner.ts'
export { predict } from './predict.ts'
export { conservation, corollary1, discreteConservation, theorem1, theorem3 }
