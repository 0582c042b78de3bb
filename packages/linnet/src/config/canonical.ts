import { sha256 } from '@noble/hashes/sha2.js'
import { encodeText } from '../files/text.ts'
import type { Config } from './config.ts'

/**
 * JSON with sorted keys, no spaces, and each number in its shortest form that reads back as the same double (RFC 8785): equal
 * values give equal texts. Entries that are `undefined` are left out.
 *
 * ```ts
 * canonicalJson({ b: 1e-3, a: [1, 2] }) // {"a":[1,2],"b":0.001}
 * ```
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inside]) => inside !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inside]) => `${JSON.stringify(key)}:${canonicalJson(inside)}`).join(',')}}`
}

/**
 * SHA-256 of the canonical JSON of a parsed config, 64 hexadecimal digits; run folders are named by its first ones. Two configs
 * that differ only in order, in spelled-out defaults or in how their numbers are written have the same hash.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 10 } })
 * configHash(config).slice(0, 12) // ad8de8f1aa63
 * ```
 */
export function configHash(config: Config): string {
  const digest = sha256(encodeText(canonicalJson(config)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
