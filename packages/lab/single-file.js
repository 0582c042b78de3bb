// The built folder as one HTML file that opens from disk: a page from file:// may load no module beside it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filePolicy, folderPolicy, policyTag } from './policy.js'

const script = /\s*<script id="script" type="module" crossorigin src="\.\/([^"]+)"><\/script>/g
const style = /<link rel="stylesheet" crossorigin href="\.\/([^"]+)">/g

/** As a policy names it. */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** The text of the only file that `pattern` names in `page`. */
function onlyFile(page, pattern, folder) {
  const found = [...page.matchAll(pattern)]
  if (found.length !== 1) throw new Error(`expected one ${pattern} in the built page, found ${found.length}`)
  return readFileSync(join(folder, found[0][1]), 'utf8')
}

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`expected ${from} once in the built page`)
  return text.replace(from, () => to)
}

/**
 * JavaScript that an HTML parser reads to its end: `</script` and `<!--` stand in strings, templates and patterns only, where
 * `\x3C` means the same. Carriage returns and NUL would be changed by the parser, and the hash with them.
 */
function inHtml(code) {
  if (/[\r\0]/.test(code)) throw new Error('the built script holds a carriage return or NUL')
  return code.replace(/<(?=\/script|!--)/gi, '\\x3C')
}

/** The page of `folder` with its script and style inside. It asks for no saved runs. */
export function singleFile(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const code = inHtml(onlyFile(page, script, folder))
  const css = onlyFile(page, style, folder)
  if (/<\/style|[\r\0]/i.test(css)) throw new Error('the built style would end early inside a page')
  const styled = page.replace(script, '').replace(style, () => `<style>${css}</style>`)
  const silent = replaceOnce(styled, ' data-runs="runs.json"', '')
  // At the end: unlike a module it runs as soon as it is read.
  const inlined = replaceOnce(silent, '</body>', `<script id="script">${code}</script>\n  </body>`)
  return replaceOnce(inlined, policyTag(folderPolicy), policyTag(filePolicy(hashOf(code), hashOf(css))))
}
