/** A text in which words with hyphens, `end-to-end`, are not broken at them. */
export function WholeWords({ text }: { readonly text: string }) {
  const parts = text.split(/([\p{L}\d]+(?:-[\p{L}\d]+)+)/u)
  return <>{parts.map((part, i) => (i % 2 === 0 ? part : <span class="whole">{part}</span>))}</>
}
