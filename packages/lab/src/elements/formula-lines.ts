/** Where a long formula may be broken: between its clauses, never inside braces or brackets that grow. */
const clause = /,?\\qquad|\\quad|\\ (?=\\Rightarrow)|,\\ |(?=\\text\{)/y

/** The clauses of a theorem, a line each; what separates them is left out. */
export function formulaLines(latex: string): string[] {
  const lines: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < latex.length; at++) {
    clause.lastIndex = at
    const found = depth === 0 ? clause.exec(latex) : null
    if (found && at > from) {
      lines.push(latex.slice(from, at))
      from = at + found[0].length
      at = Math.max(at, from - 1)
    }
    if (latex[at] === '{') depth++
    else if (latex[at] === '}') depth--
  }
  return [...lines, latex.slice(from)].map((line) => line.trim()).filter((line) => line !== '')
}
