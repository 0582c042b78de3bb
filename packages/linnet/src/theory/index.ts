import { registry } from '../registry/entry.ts'
import type { Run } from '../simulate/run.ts'
import type { Certificate, CertifyOptions, Statement } from './certificate.ts'
import { conservation } from './conservation.ts'
import { corollary1 } from './corollary1.ts'
import { discreteConservation } from './discrete-conservation.ts'
import { certifyTogether } from './statement.ts'
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
  const chosen = options.statements?.map((kind) => statements.get(kind)) ?? statements.entries
  return certifyTogether(run, chosen, options)
}

export { analyticFlowInto } from './analytic-flow.ts'
export {
  applyPreconditioner,
  applyPreconditionerInto,
  preconditionerEigenvalues,
  preconditionerKernel,
} from './preconditioner.ts'
export { conservation, corollary1, discreteConservation, theorem1, theorem3 }
