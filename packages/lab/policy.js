// What the page may load and run: its own files, and nothing else. Neither form allows inline or evaluated code.

/** Common to both forms. `frame-ancestors` only counts as a header, so servers add it. */
const closed = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]

/** Of the folder: scripts and styles from files beside the page; workers too. */
export const folderPolicy = [
  ...closed,
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
].join('; ')

/** Of the single file: the one script and the one style whose hashes these are; no connection at all. */
export function filePolicy(scriptHash, styleHash) {
  return [
    ...closed,
    `script-src '${scriptHash}' 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `style-src '${styleHash}'`,
    'img-src data: blob:',
    "connect-src 'none'",
  ].join('; ')
}

/** The element that holds a policy in a page. */
export function policyTag(policy) {
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`
}
