import type { Objective } from '../dynamics/objective.ts'
import type { Matrix } from '../linalg/matrix.ts'

/** S_min, or why it is not known. */
export type LeastSharpness =
  | {
      readonly known: true
      readonly value: number
      /** The formula, in a sentence. */
      readonly because: string
    }
  | {
      readonly known: false
      /** In a sentence. */
      readonly reason: string
    }

/** Singular values below this share of the largest are zero. */
const ROUND_OFF = 1e-12

/**
 * S_min, below which the sharpness λ_max(∇²φ) of no global minimiser lies: descent with a step η above 2/S_min is linearly unstable at
 * all of them. For products W_n···W_1 of layers, no narrower than the minimiser has rank, and
 *
 * - factor·‖W − Φ‖²_F: S_min = 2·factor·n·σ₁^{2−2/n}, σ₁ the largest singular value of Φ; balanced layers reach it. Each layer moved
 *   along the outer product of what comes out of it and goes into it for the first singular vectors of Φ gives
 *   λ_max ≥ 2·factor·Σ_j ‖W_{n:j+1}ᵀu‖²‖W_{j−1:1}v‖², and the mean of these squares is at least their geometric mean σ₁^{2−2/n}.
 * - factor·‖wᵀX − y‖² with one output and X of full row rank: S_min = 2·factor·n·a·‖w*‖^{2−2/n} at the least squares solution w*,
 *   where a = ‖Xᵀw*‖²/‖w*‖². From depth 2 on this is a lower bound: minimisers reach it where w* is an eigenvector of XXᵀ and n·a at
 *   least the largest eigenvalue, but not in general. At depth 1 it is the one sharpness there is, 2·factor·‖X‖².
 *
 * Φ is d_n×d_0, X d_0×m with one sample a column, w a row. Normalisations are those of the loss: `half` has factor 1/2. Reads the loss only; costs a singular value decomposition.
 *
 * Source: Marion, Chizat 2024 (arXiv 2405.13456), theorem 1, for one output; Mulayoff, Michaeli 2020 (arXiv 2002.04710) for several.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear({ depth: 2 }), init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * const least = theory.leastSharpness(prepare(config, await loadEngine(), new Map()).objective)
 * if (least.known) least.value // 4 = 2·½·2·2^{2−2/2}
 * else least.reason
 * ```
 */
export function leastSharpness({ engine, loss, network }: Objective): LeastSharpness {
  if (network.kind !== 'linear')
    return unknown(`it is known for products of layers, and the network is "${network.kind}"`)
  const { quadratic } = loss
  if (quadratic?.kind !== 'dense')
    return unknown(
      `it is known for whitened regression and for least squares with one output, and the loss is "${loss.kind}"`,
    )
  const { left, right, factor } = quadratic
  const { depth } = network
  return engine.scoped(() => {
    const power = (value: number) => (depth === 1 ? 1 : engine.pow(value, 2 - 2 / depth))
    const bound = (largest: number, curvature: number) => 2 * factor * depth * curvature * power(largest)
    if (left === undefined) {
      const sigma = engine.singularValues(right)
      const rank = sigma.filter((value) => value > ROUND_OFF * sigma[0]!).length
      const width = Math.min(...network.widths)
      if (width < rank)
        return unknown(
          `it is known where the layers can make the target, which has rank ${rank}, and the narrowest of them has width ${width}`,
        )
      return { known: true, value: bound(sigma[0]!, 1), because: '2·factor·n·σ₁^{2−2/n}, σ₁ of the target' }
    }
    if (right.rows > 1)
      return unknown(
        `it is known for whitened inputs or one output, and here are ${right.rows} outputs of inputs that are not whitened`,
      )
    const found = leastSquares(left, right, depth)
    if (found === undefined)
      return unknown('it is known where the minimiser is unique, and these inputs leave directions open')
    return {
      known: true,
      value: bound(found.norm, found.curvature),
      because:
        depth === 1
          ? '2·factor·‖X‖², the same everywhere'
          : '2·factor·n·a·‖w*‖^{2−2/n}, a the curvature of the inputs along the least squares solution w*: a lower bound',
    }
  })

  /** ‖w*‖ and ‖leftᵀŵ‖², where w* with w*·left nearest to `right` is unique; the rows of `right` are one. At depth 1 ‖left‖². */
  function leastSquares(
    left: Matrix,
    right: Matrix,
    depth: number,
  ): { norm: number; curvature: number } | undefined {
    if (left.columns < left.rows) return undefined
    const { U, V, values } = engine.svd(left)
    if (!(values.at(-1)! > ROUND_OFF * values[0]!)) return undefined
    const steepest = values[0]! * values[0]!
    // In the basis U: w*_r = (right·v_r)/σ_r.
    const onRight = engine.matrix(1, V.columns)
    engine.multiplyInto(onRight, right, V)
    let [square, image] = [0, 0]
    for (let r = 0; r < U.columns; r++) {
      const [reached, value] = [onRight.data[r]!, values[r]!]
      square += (reached / value) * (reached / value)
      image += reached * reached
    }
    return { norm: Math.sqrt(square), curvature: depth > 1 && square > 0 ? image / square : steepest }
  }
}

function unknown(reason: string): LeastSharpness {
  return { known: false, reason: `S_min is not known here: ${reason}.` }
}
