import type { Accounts } from '../src/dynamics/dynamics.ts'
import type { Objective } from '../src/dynamics/objective.ts'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import type { Moment } from '../src/probes/moment.ts'
import { momentAt } from '../src/simulate/moment.ts'
import { weightsOf } from '../src/theory/point.ts'
import { restingAccounts } from './theory-setting.ts'

/** The instant at which the objective has the given layers. */
export function momentOf(
  objective: Objective,
  layers: readonly PlainMatrix[],
  accounts: Accounts = restingAccounts,
): Moment {
  return momentAt(objective, {
    clock: 'time',
    position: 0,
    weights: weightsOf(objective, layers),
    accounts,
  })
}
