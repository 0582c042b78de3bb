import type { Certificate, Config } from 'linnet'
import type { Comparison } from '../comparison.ts'
import type { Figure } from '../figure/figure.ts'
import type { Citation } from '../study.ts'

/** A table of anything: baselines, rates. Numbers are set right and shown with `digits` significant digits (default 4). */
export interface Table {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly note?: string
  readonly digits?: number
  /** Number of the row to set off from the others. */
  readonly highlight?: number
}

/** The certificates of one run. */
export interface CertifiedRun {
  readonly label: string
  readonly certificates: readonly Certificate[]
}

/** What the reader needs to repeat it, said by the face, which alone knows. */
export interface Environment {
  readonly engine: string
  readonly seeds: readonly number[]
  /** `{ linnet: '0.1.0', node: '20.20.2' }`. */
  readonly versions: Readonly<Record<string, string>>
  /** Anything else worth a line: `{ machine: '2 × …', 'wall time': '6.2 s' }`. */
  readonly facts?: Readonly<Record<string, string>>
}

/** Everything that goes on a report. All texts are plain text: they are escaped, never interpreted. */
export interface Report {
  readonly title: string
  /** One or two sentences under the title. */
  readonly lead?: string
  readonly figures: readonly Figure[]
  readonly comparison?: Comparison
  readonly tables?: readonly Table[]
  readonly certificates: readonly CertifiedRun[]
  /** What to keep in mind, a sentence or two each. */
  readonly notes?: readonly string[]
  readonly configs: readonly { readonly label: string; readonly config: Config | object }[]
  readonly citation?: Citation
  readonly environment: Environment
  /** What to type to get the same again: `linnet reproduce figure-3 --seed 1`. */
  readonly command: string
}
