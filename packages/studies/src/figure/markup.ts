/** Makes any text safe inside elements and double-quoted attributes of HTML and XML. Characters that XML forbids are dropped. */
export function escaped(text: string): string {
  return [...text]
    .filter(allowed)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Which characters XML 1.0 (section 2.2) allows; halves of surrogate pairs are not among them. */
function allowed(letter: string): boolean {
  const code = letter.codePointAt(0)!
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
}

/** A tenth of a pixel is finer than any screen shows, and keeps files small and free of the last digits of the machine. */
const decimals = /-?\d+\.\d{2,}(?:e-?\d+)?/g

function rounded(geometry: string): string {
  return geometry.replace(decimals, (number) => String(Math.round(Number(number) * 10) / 10))
}

const geometric = new Set(['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height'])

/** The element and everything in it as XML, coordinates rounded, style sheets left out. The same from every DOM. */
export function markupOf(element: Element): string {
  const attributes = [...element.attributes]
    .map(({ name, value }) => ` ${name}="${escaped(geometric.has(name) ? rounded(value) : value)}"`)
    .join('')
  const content = contentOf(element)
  return content
    ? `<${element.localName}${attributes}>${content}</${element.localName}>`
    : `<${element.localName}${attributes}/>`
}

/** What is inside the element, as XML. */
function contentOf(element: Element): string {
  let content = ''
  for (const child of element.childNodes) {
    if (child.nodeType === 3) content += escaped(child.nodeValue ?? '')
    else if (child.nodeType === 1 && (child as Element).localName !== 'style')
      content += markupOf(child as Element)
  }
  return content
}
