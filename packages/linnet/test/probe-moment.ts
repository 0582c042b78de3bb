import type { Accounts } from '../src/dynamics/dynamics.ts'
import type { Objective } from '../src/dynamics/objective.ts'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import type { Moment } from '../src/probes/moment.ts'
import { restingAccounts } from './theory-setting.ts'

/** The instant at which the objective has the given layers. */
export function momentOf(
  objective: Objective,
  layers: readonly PlainMatrix[],
  accounts: Accounts = restingAccounts,
): Moment {
  const { engine, network, loss } = objective
  const weights = network.allocate()
  layers.forEach((layer, j) => {
    engine.copyInto(weights.layers[j]!, engine.copyIn(layer))
  })
  const gradient = network.allocate()
  const value = objective.gradientInto(gradient, weights)
  const endToEnd = engine.matrix(...loss.shape)
  const endToEndGradient = engine.matrix(...loss.shape)
  network.endToEndInto(endToEnd, weights)
  loss.gradientInto(endToEndGradient, endToEnd)
  const svd = engine.svd(endToEnd)
  return {
    clock: 'time',
    position: 0,
    objective,
    accounts,
    weights,
    loss: value,
    gradient,
    endToEnd,
    endToEndGradient,
    singularValues: svd.values,
    svd,
    layerSingularValues: (j) => engine.singularValues(weights.layers[j - 1]!),
  }
}
