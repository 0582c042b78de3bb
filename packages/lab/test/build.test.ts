import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

// These tests look at what was built: `npm test` builds first.
const dist = new URL('../dist/', import.meta.url)
const text = (path: string) => readFileSync(new URL(path, dist), 'utf8')
const page = text('folder/index.html')
const single = text('linnet-lab.html')

function directives(html: string): Record<string, string> {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)" \/>/.exec(html)![1]!
  return Object.fromEntries(
    policy.split('; ').map((one) => [one.split(' ')[0]!, one.split(' ').slice(1).join(' ')]),
  )
}

/** What a page's elements name: scripts, styles, icons. */
function addresses(html: string): string[] {
  const bare = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1')
  const tags = [...bare.matchAll(/<(?:script|link|img|a|base|iframe)\b[^>]*>/g)].map(([tag]) => tag)
  return tags.flatMap((tag) => [...tag.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address!))
}

const sha256 = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`

describe('the folder', () => {
  test('one page, one script, one style, an empty list of runs: no more', () => {
    const files = readdirSync(new URL('folder/', dist), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name.replace(/-[\w-]{8}\./, '.'))
    expect(files.sort()).toEqual(['index.html', 'index.js', 'runs.json', 'style.css'])
    expect(JSON.parse(text('folder/runs.json'))).toEqual([])
  })

  test('works at any path: every address is relative, or data', () => {
    const found = addresses(page)
    expect(found.filter((address) => address.startsWith('./assets/'))).toHaveLength(2)
    expect(found.filter((address) => !/^(\.\/assets\/|data:image\/svg)/.test(address))).toEqual([])
  })

  test('its policy', () => {
    expect(directives(page)).toEqual({
      'default-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'worker-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'connect-src': "'self'",
    })
  })
})

describe('the single file', () => {
  const script = /<script id="script">([\s\S]*?)<\/script>/.exec(single)![1]!
  const style = /<style>([\s\S]*?)<\/style>/.exec(single)![1]!

  test('names nothing outside itself', () => {
    expect(addresses(single).filter((address) => !address.startsWith('data:'))).toEqual([])
    expect(style).not.toMatch(/@import|url\((?!["']?(?:data:|#))/)
    expect(/data-runs="/.test(page)).toBe(true)
    expect(/data-runs="/.test(single)).toBe(false)
  })

  test('holds the script and the style of the folder', () => {
    const [js, css] = ['.js', '.css'].map((end) =>
      text(`folder/${addresses(page).find((address) => address.endsWith(end))}`),
    )
    expect(style).toBe(css)
    expect(sha256(script.replaceAll('\\x3C', '<'))).toBe(sha256(js!.replaceAll('\\x3C', '<')))
  })

  test('its policy allows these two and no connection', () => {
    expect(directives(single)).toEqual({
      'default-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'script-src': `${sha256(script)} 'wasm-unsafe-eval'`,
      'worker-src': 'blob:',
      'style-src': sha256(style),
      'img-src': 'data: blob:',
      'connect-src': "'none'",
    })
  })
})

test('the first view is below 500 kB compressed', () => {
  const compressed = (content: string) => gzipSync(content, { level: 9 }).length / 1000
  const folder = [
    page,
    ...addresses(page).flatMap((at) => (at.startsWith('./') ? [text(`folder/${at}`)] : [])),
  ]
  const sizes = { folder: folder.map(compressed).reduce((a, b) => a + b), 'single file': compressed(single) }
  for (const [form, size] of Object.entries(sizes)) {
    console.log(`first view, ${form}: ${size.toFixed(0)} kB gzipped`)
    expect(size).toBeGreaterThan(100)
    expect(size).toBeLessThan(500)
  }
})

describe('building again', () => {
  const build = () => execFileSync(process.execPath, [fileURLToPath(new URL('../build.js', import.meta.url))])
  const times = () =>
    ['folder/index.html', 'linnet-lab.html'].map((at) => statSync(new URL(at, dist)).mtimeMs)

  test('does nothing where nothing has changed', () => {
    build()
    const before = times()
    build()
    expect(times()).toEqual(before)
  })

  test('after an interruption gives the same bytes, and leaves nothing else', () => {
    build()
    const [before, files] = [times(), readdirSync(dist)]
    rmSync(new URL('fingerprint', dist))
    build()
    expect(times()[0]).toBeGreaterThan(before[0]!)
    expect([text('folder/index.html'), text('linnet-lab.html')].map(sha256)).toEqual(
      [page, single].map(sha256),
    )
    expect(readdirSync(dist)).toEqual(files)
  })
})
