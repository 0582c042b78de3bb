import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import { genericDirectionInto } from './generic-direction.ts'
import type { Objective } from './objective.ts'

/** The largest eigenvalue of a Hessian. */
export interface Sharpness {
  readonly value: number
  /** Bound on its distance from an eigenvalue: the residual of the Ritz pair. */
  readonly error: number
  /** Hessian-vector products that it took. */
  readonly products: number
}

export interface SharpnessOptions {
  /** Wanted error, relative to the largest eigenvalue in absolute value. Default 1e-8. */
  readonly tolerance?: number
  /** At most as many Hessian-vector products. Default 120. */
  readonly products?: number
}

const TOLERANCE = 1e-8
const PRODUCTS = 120
/** Steps between two looks at the eigenvalues of the tridiagonal matrix: they cost little beside the products. */
const STRIDE = 4

/**
 * The sharpness λ_max(∇²φ(θ)), the largest eigenvalue, not the largest in absolute value, by Lanczos iteration on exact
 * Hessian-vector products with full reorthogonalisation, from a start vector that is the same everywhere. Frees what it takes:
 * as many vectors as products. Where the Hessian overflows (or `theta` is not finite) value and error are not a number.
 *
 * Source: Marion, Chizat 2024 (arXiv 2405.13456), section 2; Lanczos 1950.
 *
 * ```ts
 * const engine = await loadEngine()
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * const { objective, start } = prepare(config, engine, new Map())
 * const { value } = sharpness(objective, start)
 * const largestStableStep = 2 / value
 * ```
 */
export function sharpness(
  objective: Objective,
  theta: Parameters,
  { tolerance = TOLERANCE, products = PRODUCTS }: SharpnessOptions = {},
): Sharpness {
  const { engine, network } = objective
  return engine.scoped(() => {
    const most = Math.min(products, network.size)
    const basis: Parameters[] = [network.allocate()]
    const image = network.allocate()
    const [diagonal, beside]: [number[], number[]] = [[], []]
    genericDirectionInto(engine, basis[0]!.vector)
    for (;;) {
      const k = diagonal.length
      objective.hessianVectorInto(image, theta, basis[k]!)
      diagonal.push(engine.dot(basis[k]!.vector, image.vector))
      if (!engine.isFinite(image.vector)) return { value: Number.NaN, error: Number.NaN, products: k + 1 }
      orthogonalise(engine, image.vector, basis)
      const left = engine.norm(image.vector)
      const ended = !(left > Number.EPSILON * Math.abs(diagonal[0]!)) || k + 1 === most
      if (ended || (k + 1) % STRIDE === 0) {
        const found = largestRitz(engine, diagonal, beside, left)
        if (ended || found.error <= tolerance * found.scale)
          return { value: found.value, error: found.error, products: k + 1 }
      }
      beside.push(left)
      const next = network.allocate()
      engine.combineInto(next.vector, [1 / left], [image.vector])
      basis.push(next)
    }
  })
}

/** Takes out of `vector` all that lies along the basis; twice is enough (Parlett 1980). */
function orthogonalise(engine: Engine, vector: Matrix, basis: readonly Parameters[]): void {
  for (let pass = 0; pass < 2; pass++)
    for (const { vector: q } of basis) engine.combineInto(vector, [1, -engine.dot(vector, q)], [vector, q])
}

/** The largest eigenvalue of the tridiagonal matrix, the residual of its Ritz vector, and the spectral norm. */
function largestRitz(
  engine: Engine,
  diagonal: readonly number[],
  beside: readonly number[],
  left: number,
): { readonly value: number; readonly error: number; readonly scale: number } {
  const size = diagonal.length
  return engine.scoped(() => {
    const T = engine.matrix(size, size)
    for (const [i, entry] of diagonal.entries()) T.data[i * size + i] = entry
    for (let i = 0; i + 1 < size; i++) T.data[i * size + i + 1] = T.data[(i + 1) * size + i] = beside[i]!
    const { values, Q } = engine.symmetricEigen(T)
    let top = 0
    for (let i = 1; i < size; i++) if (values[i]! > values[top]!) top = i
    const last = Q.data[(size - 1) * size + top]!
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    return { value: values[top]!, error: left * Math.abs(last), scale }
  })
}
