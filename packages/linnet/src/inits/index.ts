import { registry } from '../registry/entry.ts'
import { identity } from './identity.ts'
import type { InitEntry } from './init.ts'

export const inits = registry<InitEntry>('init', [identity])
export { identity }
