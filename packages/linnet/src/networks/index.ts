import { registry } from '../registry/entry.ts'
import { linear } from './linear.ts'
import type { NetworkEntry } from './network.ts'

/**
 * Every architecture, by kind: `networks.get('linear')`. `get` throws an error that names the known kinds.
 *
 * ```ts
 * networks.entries.map((one) => one.kind) // ['linear']
 * ```
 */
export const networks = registry<NetworkEntry>('network', [linear])
export { linear }
