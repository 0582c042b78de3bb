import { Window } from 'happy-dom'

export const document = new Window().document as unknown as Document

/** Parses XML strictly enough to find what is not well-formed: tags nest, attributes are quoted, entities are known. */
export function malformed(xml: string): string | undefined {
  const open: string[] = []
  const tag = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y
  for (let at = 0; at < xml.length; ) {
    const next = xml.indexOf('<', at)
    const text = xml.slice(at, next < 0 ? undefined : next)
    const stray = /&(?!(?:amp|lt|gt|quot|#39);)|>/.exec(text)
    if (stray) return `stray "${stray[0]}" in "${text}"`
    if (next < 0) break
    tag.lastIndex = next
    const found = tag.exec(xml)
    if (!found) return `no tag at "${xml.slice(next, next + 60)}"`
    const [whole, closing, name = '', , empty] = found
    if (closing && open.pop() !== name) return `unexpected </${name}>`
    if (!closing && !empty) open.push(name)
    at = next + whole.length
  }
  return open.length > 0 ? `<${open.at(-1)}> is not closed` : undefined
}

/** How often `part` occurs in `whole`. */
export function count(whole: string, part: string): number {
  return whole.split(part).length - 1
}

/** How many dots a drawing has: each is a circle of two arcs. */
export function dots(svg: string): number {
  return count(svg, 'a2.2,2.2 0 1,0') / 2
}
