import { registry } from '../registry/entry.ts'
import type { DynamicsEntry } from './dynamics.ts'
import { gradientDescent } from './gradient-descent.ts'
import { gradientFlow } from './gradient-flow.ts'
import { groupRMSprop } from './group-rmsprop.ts'
import { heavyBall } from './heavy-ball.ts'
import { sgd } from './sgd.ts'

/** How weights move: continuously (clock: flow time) or in steps. */
export const dynamics = registry<DynamicsEntry>('dynamics', [
  gradientFlow,
  gradientDescent,
  heavyBall,
  sgd,
  groupRMSprop,
])

export { gradientDescent, gradientFlow, groupRMSprop, heavyBall, sgd }
