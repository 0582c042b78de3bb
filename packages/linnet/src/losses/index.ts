import { registry } from '../registry/entry.ts'
import { completion } from './completion.ts'
import { logistic } from './logistic.ts'
import type { LossEntry } from './loss.ts'
import { lp } from './lp.ts'
import { sensing } from './sensing.ts'
import { squared } from './squared.ts'
import { whitened } from './whitened.ts'

export const losses = registry<LossEntry>('loss', [completion, sensing, squared, whitened, lp, logistic])
export { completion, logistic, lp, sensing, squared, whitened }
