import type { Run, Snapshot } from '../simulate/run.ts'
import type { Certificate, CertifyOptions, Observer, Setting, Statement } from './certificate.ts'
import { type Point, pointAt } from './point.ts'

/** Everything about a statement but how it is checked. */
export type StatementAbout = Omit<Statement, 'observe' | 'certify'>

/** A statement that is checked by watching the snapshots of a run. */
export function makeStatement(about: StatementAbout, observe: (setting: Setting) => Observer): Statement {
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

/** Statements held against a run while it is under way. */
export interface Watch {
  /**
   * Takes in the next snapshot, as frames carry them; one whose weights are not finite is left out. The engine must not be at work
   * elsewhere; what is allocated is freed.
   */
  see(snapshot: Snapshot): void
  /** What can be said of the snapshots seen so far, one certificate a statement, in order: milliseconds at most, and repeatable. */
  certificates(options?: CertifyOptions): Certificate[]
}

/** Watches several statements in one pass over the snapshots, so that what they share at a snapshot is computed once. */
export function watchTogether(setting: Setting, statements: readonly Statement[]): Watch {
  const { objective } = setting
  const observers = statements.map((statement) => statement.observe(setting))
  return {
    see: (snapshot) =>
      objective.engine.scoped(() => {
        const point = pointAt(objective, snapshot)
        if (point) for (const observer of observers) observer.see(point, snapshot)
      }),
    certificates: (options) => observers.map((observer) => observer.conclude(options)),
  }
}

/** Holds a finished run against several statements. */
export function certifyTogether(
  { config, objective, trajectory, snapshots }: Run,
  statements: readonly Statement[],
  options?: CertifyOptions,
): Certificate[] {
  const watch = watchTogether({ config, objective, clock: trajectory.clock }, statements)
  for (const snapshot of snapshots) watch.see(snapshot)
  return watch.certificates(options)
}
