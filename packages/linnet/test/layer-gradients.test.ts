import { beforeAll, describe, expect, it } from 'vitest'
import { gaussianMatrix } from '../src/data/index.ts'
import { type Engine, linear, loadEngine, type Matrix, type Parameters, type Spec } from '../src/index.ts'
import { lp } from '../src/losses/index.ts'
import { fixture, makeLoss, makeNetwork, normalWeights, relativeDistance, type Start } from './making.ts'

/** Gradients and Hessian-vector products of φ(θ) = ℓ(W_n···W_1), composed of a loss and a network. */

/** fixtures/losses.json, see losses.py. */
interface NetworkCase {
  readonly name: string
  readonly loss: Spec
  readonly widths: readonly number[]
  readonly weights: readonly (readonly number[])[]
  readonly direction: readonly (readonly number[])[]
  readonly value: number
  readonly gradient: readonly (readonly number[])[]
  readonly hessianVector: readonly (readonly number[])[]
}

const { networks: cases } = fixture<{ networks: readonly NetworkCase[] }>('losses')

/** Products of five layers of N(0, 1) entries make sums whose terms are larger than the sums: observed are 2e-15. */
const TOLERANCE = 1e-13

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function problem(spec: Spec, widths: readonly number[]): Start {
  const loss = makeLoss(engine, spec)
  const network = makeNetwork(
    engine,
    linear({ depth: widths.length - 1, widths: widths.slice(1, -1) }),
    loss.shape,
  )
  return { engine, loss, network }
}

function given({ network }: Start, layers: readonly (readonly number[])[]): Parameters {
  const weights = network.allocate()
  weights.vector.data.set(layers.flat())
  return weights
}

/** ℓ(W), and ∇φ in `gradient`. */
function gradientInto({ loss, network }: Start, gradient: Parameters, weights: Parameters): number {
  const [W, G] = [engine.matrix(...loss.shape), engine.matrix(...loss.shape)]
  network.endToEndInto(W, weights)
  const value = loss.gradientInto(G, W)
  network.pullbackInto(gradient, weights, G)
  return value
}

/** ∇²φ·Δ: the loss's curvature pulled back plus the network's own. */
function hessianVector({ loss, network }: Start, weights: Parameters, direction: Parameters): Float64Array {
  const [W, G, dW, dG] = [0, 1, 2, 3].map(() => engine.matrix(...loss.shape)) as [
    Matrix,
    Matrix,
    Matrix,
    Matrix,
  ]
  const [curved, own] = [network.allocate(), network.allocate()]
  network.endToEndInto(W, weights)
  loss.gradientInto(G, W)
  network.pushforwardInto(dW, weights, direction)
  loss.hessianVectorInto(dG, W, dW)
  network.pullbackInto(curved, weights, dG)
  network.pullbackDerivativeInto(own, weights, direction, G)
  engine.combineInto(curved.vector, [1, 1], [curved.vector, own.vector])
  return curved.vector.data
}

describe('layer gradients and Hessian-vector products are those of PyTorch autograd', () => {
  it.each(cases)('$name', (one) => {
    const start = problem(one.loss, one.widths)
    const [weights, direction, gradient] = [
      given(start, one.weights),
      given(start, one.direction),
      start.network.allocate(),
    ]
    expect(relativeDistance([gradientInto(start, gradient, weights)], [one.value])).toBeLessThan(TOLERANCE)
    for (const [j, layer] of gradient.layers.entries())
      expect(relativeDistance(layer.data, one.gradient[j]!), `layer ${j + 1}`).toBeLessThan(TOLERANCE)
    expect(relativeDistance(hessianVector(start, weights, direction), one.hessianVector.flat())).toBeLessThan(
      TOLERANCE,
    )
  })
})

describe('the ℓ_4 loss on a 3-4-2-5-3 network at unbalanced weights', () => {
  const widths = [3, 4, 2, 5, 3]
  const spec = lp({
    power: 4,
    inputs: gaussianMatrix({ rows: 3, columns: 6 }),
    targets: gaussianMatrix({ rows: 3, columns: 6 }),
    normalisation: 'meanPerPower',
  })
  const STEP = 1e-6
  /** Rounding of the differences, ε·φ/STEP ≈ 1e-9 at these values; the bound is the customary one for this check. */
  const DIFFERENCES = 1e-7
  /** Two products of the same factors in another order. */
  const IDENTITY = 1e-13

  /** Every derivative by central differences of φ, against the pullback. */
  function differenceResidual(scaleOfLayer2: number): number {
    const start = problem(spec as Spec, widths)
    const weights = normalWeights(engine, start.network, 'weights')
    const [gradient, spare] = [start.network.allocate(), start.network.allocate()]
    gradientInto(start, gradient, weights)
    engine.scaleInto(gradient.layers[1]!, scaleOfLayer2)
    const at = (e: number, value: number) => {
      weights.vector.data[e] = value
      return gradientInto(start, spare, weights)
    }
    const differences = [...weights.vector.data].map((weight, e) => {
      const slope = (at(e, weight + STEP) - at(e, weight - STEP)) / (2 * STEP)
      weights.vector.data[e] = weight
      return slope
    })
    return relativeDistance(differences, gradient.vector.data)
  }

  it('has the gradient of its value', () => {
    expect(differenceResidual(1)).toBeLessThan(DIFFERENCES)
  })
  it('would be found out if one layer were off by a thousandth', () => {
    expect(differenceResidual(1.001)).toBeGreaterThan(DIFFERENCES)
  })

  /** W_{j+1}ᵀ ∇_{j+1} = ∇_j W_jᵀ at any weights: the identity behind Lemma 1 of Cohen, Razin 2024 (arXiv 2408.13767). */
  function identityResidual(gradient: Parameters, weights: Parameters): number {
    return Math.max(
      ...[1, 2, 3].map((j) => {
        const d = widths[j]!
        const [left, right] = [engine.matrix(d, d), engine.matrix(d, d)]
        engine.multiplyInto(left, weights.layers[j]!, gradient.layers[j]!, true, false)
        engine.multiplyInto(right, gradient.layers[j - 1]!, weights.layers[j - 1]!, false, true)
        return relativeDistance(left.data, right.data)
      }),
    )
  }

  it('satisfies the identity of neighbouring layers, which a perturbed gradient does not', () => {
    const start = problem(spec as Spec, widths)
    const weights = normalWeights(engine, start.network, 'weights')
    const gradient = start.network.allocate()
    gradientInto(start, gradient, weights)
    expect(identityResidual(gradient, weights)).toBeLessThan(IDENTITY)
    gradient.layers[2]!.data[0]! *= 1 + 1e-9
    expect(identityResidual(gradient, weights)).toBeGreaterThan(IDENTITY)
  })
})
