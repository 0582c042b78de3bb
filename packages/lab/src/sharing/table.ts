import { type Trajectory, trajectoryCsv } from 'linnet'

/** A run as the table of all runs names it. */
export interface TabledRun {
  readonly label: string
  readonly seed: number
  readonly trajectory: Trajectory
}

/**
 * All runs in one CSV: label and seed before the columns that the command line writes. A run with other columns than the one
 * before it begins with a header of its own.
 */
export function runsCsv(runs: readonly TabledRun[]): string {
  let header = ''
  const lines = runs.flatMap(({ label, seed, trajectory }) => {
    const [names, ...rows] = trajectoryCsv(trajectory).trimEnd().split(/\r?\n/)
    const own = names === header ? [] : [`run,seed,${names}`]
    header = names!
    return [...own, ...rows.map((row) => `${quoted(label)},${seed},${row}`)]
  })
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  // A cell that begins like a formula is one to a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
