import { registry } from '../registry/entry.ts'
import { balanced } from './balanced.ts'
import { weightsFile } from './file.ts'
import { gaussian } from './gaussian.ts'
import { identity } from './identity.ts'
import type { InitEntry } from './init.ts'
import { orthogonal } from './orthogonal.ts'
import { rooted } from './rooted.ts'

/**
 * Every way to begin, by kind: `inits.get('balanced')`. An init writes the layers W_j (d_j×d_{j−1}) of a network. `get` throws an error
 * that names the known kinds.
 *
 * ```ts
 * inits.entries.map((one) => `${one.kind}: ${one.help}`)
 * ```
 */
export const inits = registry<InitEntry>('init', [
  rooted,
  gaussian,
  orthogonal,
  identity,
  balanced,
  weightsFile,
])
export { balanced, gaussian, identity, orthogonal, rooted, weightsFile }
