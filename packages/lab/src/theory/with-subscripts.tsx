/** A letter or a norm, and its index: `W_j`, `‖W‖_F`, `D_{j+1}`. */
const index = /_(?:\{([^}]*)\}|([A-Za-z0-9]))/g

/** Sentences of the library write indices as `W_j`, for terminals; here they are set below the line. */
export function WithSubscripts({ text }: { readonly text: string }) {
  const parts: (string | preact.JSX.Element)[] = []
  let from = 0
  for (const match of text.matchAll(index)) {
    parts.push(text.slice(from, match.index), <sub>{match[1] ?? match[2]}</sub>)
    from = match.index + match[0].length
  }
  return <>{[...parts, text.slice(from)]}</>
}
