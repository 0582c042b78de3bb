import type { Accounts, Clock } from '../dynamics/dynamics.ts'
import type { Objective } from '../dynamics/objective.ts'
import type { SingularValueDecomposition } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import type { Moment } from '../probes/moment.ts'

/** Where and when a moment is. */
export interface Instant {
  readonly clock: Clock
  readonly position: number
  readonly weights: Parameters
  readonly accounts: Accounts
}

/** A value made when first asked for. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/**
 * One instant of a run. What probes ask for is computed when first asked for, in new memory of the engine: use it inside
 * `engine.scoped`, which frees it.
 */
export function momentAt(objective: Objective, { clock, position, weights, accounts }: Instant): Moment {
  const { engine, network, loss } = objective
  const [rows, columns] = loss.shape
  // A third of what the gradient costs, and most runs that ask for the loss do not ask for the gradient.
  const value = lazy(() => objective.value(weights))
  const gradient = lazy((): Parameters => {
    const out = network.allocate()
    objective.gradientInto(out, weights)
    return out
  })
  const endToEnd = lazy((): Matrix => {
    const out = engine.matrix(rows, columns)
    network.endToEndInto(out, weights)
    return out
  })
  const endToEndGradient = lazy((): Matrix => {
    const out = engine.matrix(rows, columns)
    loss.gradientInto(out, endToEnd())
    return out
  })
  const svd = lazy((): SingularValueDecomposition => engine.svd(endToEnd()))
  const singularValues = lazy(() => engine.singularValues(endToEnd()))
  const ofLayers = network.shapes.map((_, j) => lazy(() => engine.singularValues(weights.layers[j]!)))
  return {
    clock,
    position,
    objective,
    accounts,
    weights,
    get loss() {
      return value()
    },
    get gradient() {
      return gradient()
    },
    get endToEnd() {
      return endToEnd()
    },
    get endToEndGradient() {
      return endToEndGradient()
    },
    get singularValues() {
      return singularValues()
    },
    get svd() {
      return svd()
    },
    layerSingularValues(j) {
      const values = ofLayers[j - 1]
      if (values === undefined)
        throw new Error(`there is no layer ${j}: layers count from 1 to ${network.depth}`)
      return values()
    },
  }
}
