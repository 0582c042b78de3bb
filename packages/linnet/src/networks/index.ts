import { registry } from '../registry/entry.ts'
import { linear } from './linear.ts'
import type { NetworkEntry } from './network.ts'

export const networks = registry<NetworkEntry>('network', [linear])
export { linear }
