import type { Run, Snapshot } from '../simulate/run.ts'
import type { Certificate, CertifyOptions, Observer, Statement } from './certificate.ts'
import { type Point, pointAt } from './point.ts'

/** Everything about a statement but how it is checked. */
export type StatementAbout = Omit<Statement, 'observe' | 'certify'>

/** A statement that is checked by watching the snapshots of a run. */
export function makeStatement(about: StatementAbout, observe: (run: Run) => Observer): Statement {
  const statement: Statement = {
    ...about,
    observe,
    certify: (run, options) => certifyTogether(run, [statement], options)[0]!,
  }
  return statement
}

/** The observer that keeps what `see` makes of every snapshot and concludes from all of them. */
export function watching<T>(
  see: (point: Point, snapshot: Snapshot) => T,
  conclude: (seen: readonly T[], options: CertifyOptions | undefined) => Certificate,
): Observer {
  const seen: T[] = []
  return {
    see: (point, snapshot) => {
      seen.push(see(point, snapshot))
    },
    conclude: (options) => conclude(seen, options),
  }
}

/**
 * Certifies several statements in one pass over the snapshots, so that what they share at a snapshot is computed once. Snapshots
 * with weights that are not finite are left out.
 */
export function certifyTogether(
  run: Run,
  statements: readonly Statement[],
  options?: CertifyOptions,
): Certificate[] {
  const { engine } = run.objective
  return engine.scoped(() => {
    const observers = statements.map((statement) => statement.observe(run))
    for (const snapshot of run.snapshots)
      engine.scoped(() => {
        const point = pointAt(run.objective, snapshot)
        if (point) for (const observer of observers) observer.see(point, snapshot)
      })
    return observers.map((observer) => observer.conclude(options))
  })
}
