import { registry } from '../registry/entry.ts'
import { completion } from './completion.ts'
import { logistic } from './logistic.ts'
import type { LossEntry } from './loss.ts'
import { lp } from './lp.ts'
import { sensing } from './sensing.ts'
import { squared } from './squared.ts'
import { whitened } from './whitened.ts'

/**
 * Everything that can be minimised, by kind: `losses.get('completion')`. A loss is a function of the end-to-end matrix W (d_n×d_0),
 * and its data fix that shape. `get` throws an error that names the known kinds.
 *
 * ```ts
 * losses.entries.map((one) => `${one.kind}: ${one.help}`)
 * ```
 */
export const losses = registry<LossEntry>('loss', [completion, sensing, squared, whitened, lp, logistic])
export { completion, logistic, lp, sensing, squared, whitened }
