/** More text than this is no state of the lab: a small link must not fill the memory. */
const mostText = 8_000_000

/** The text, deflated and in base64url. */
export async function compressed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  let binary = ''
  for (let start = 0; start < bytes.length; start += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The text that was compressed, or what is wrong, in words. */
export async function decompressed(
  packed: string,
): Promise<{ readonly text: string } | { readonly fault: string }> {
  if (!/^[A-Za-z0-9_-]*$/.test(packed) || packed.length % 4 === 1)
    return { fault: 'it is damaged (letters are missing or changed)' }
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [text, length] = ['', 0]
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { text: text + decoder.decode() }
      length += value.length
      if (length > mostText) {
        void reader.cancel().catch(() => {})
        return { fault: `it holds more than ${mostText / 1e6} MB` }
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // The stream breaks off, goes on after its end, or what it holds is no UTF-8.
    return { fault: 'it is damaged (it was cut off or changed)' }
  }
}
