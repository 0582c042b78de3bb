import { registry } from '../registry/entry.ts'
import { balanced } from './balanced.ts'
import { weightsFile } from './file.ts'
import { gaussian } from './gaussian.ts'
import { identity } from './identity.ts'
import type { InitEntry } from './init.ts'
import { orthogonal } from './orthogonal.ts'
import { rooted } from './rooted.ts'

export const inits = registry<InitEntry>('init', [
  rooted,
  gaussian,
  orthogonal,
  identity,
  balanced,
  weightsFile,
])
export { balanced, gaussian, identity, orthogonal, rooted, weightsFile }
