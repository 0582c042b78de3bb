/**
 * Indices and powers, `W_j`, `‖W‖_F`, `D_{j+1}`, `σ^{2−2/n}`, `α^(1/n)`, `2^−52`, and small numbers, `1.6e-15`. A letter is an index
 * where no word begins with it.
 */
const marked =
  /_(?:\{([^}]*)\}|([A-Z0-9]|[a-z](?![a-z])))|\^(?:\{([^}]*)\}|\(([^()]*)\)|(−?\d+|[a-z](?![a-z])))|(?<=\d)e-(?=\d)/g

/** Sentences write indices as terminals show them, `W_j`; here they are set below the line, and no number is broken in two. */
export function WithIndices({ text }: { readonly text: string }) {
  const parts: (string | preact.JSX.Element)[] = []
  let from = 0
  for (const match of text.matchAll(marked)) {
    const [, long, short, ...powers] = match
    const index = long ?? short
    const power = powers.find((one) => one !== undefined)
    parts.push(text.slice(from, match.index))
    if (power !== undefined) parts.push(<sup>{power}</sup>)
    else parts.push(index === undefined ? `${match[0]}\u2060` : <sub>{index}</sub>)
    from = match.index + match[0].length
  }
  return <>{[...parts, text.slice(from)]}</>
}
