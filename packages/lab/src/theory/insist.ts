import { type Certificate, loadEngine, type Statement, simulate } from 'linnet'

/** Runs the negative control of a statement, a few milliseconds of work, and draws the conclusion all the same. */
export async function insistOn(statement: Statement): Promise<Certificate> {
  const engine = await loadEngine('strict')
  const run = await simulate(statement.negativeControl.config, { engine })
  return statement.certify(run, { insist: true })
}
