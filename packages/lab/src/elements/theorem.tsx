import { Formula } from './formula.tsx'
import { formulaLines } from './formula-lines.ts'

interface Props {
  readonly latex: string
  /** The whole as one would say it. */
  readonly spoken?: string
}

/** A theorem, typeset; its clauses stand below each other. */
export function Theorem({ latex, spoken }: Props) {
  const lines = formulaLines(latex)
  return (
    <div class="theorem">
      {spoken !== undefined && <span class="unseen">{spoken}</span>}
      <div aria-hidden={spoken !== undefined}>
        {lines.map((line) => (
          <Formula key={line} latex={line} display />
        ))}
      </div>
    </div>
  )
}
