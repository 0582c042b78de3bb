/** An arXiv identifier in a citation: `1802.06509`, `math-ph/0609050`. */
const arxiv = /\barXiv[ :]\s?((?:[a-z-]+\/\d{7})|\d{4}\.\d{4,5})/g

/** A citation as written in the registries, its arXiv identifiers as links. */
export function Cited({ text }: { readonly text: string }) {
  const parts: (string | preact.JSX.Element)[] = []
  let from = 0
  for (const match of text.matchAll(arxiv)) {
    parts.push(text.slice(from, match.index), <ArxivLink id={match[1]!} />)
    from = match.index + match[0].length
  }
  return <>{[...parts, text.slice(from)]}</>
}

/** A link to a paper; the page tells it nothing of where one came from. */
export function ArxivLink({ id }: { readonly id: string }) {
  return (
    <a href={`https://arxiv.org/abs/${id}`} target="_blank" rel="noopener noreferrer">
      arXiv {id}
    </a>
  )
}
