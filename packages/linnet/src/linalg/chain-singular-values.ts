import type { Engine } from '../engine/engine.ts'
import type { Matrix } from './matrix.ts'

/**
 * Singular values of W_n···W_1 from the layers (W_1 first), descending; as many as the narrowest width. Where the hidden
 * widths are small the ends are first reduced by QR, W_n = QR and W_1ᵀ = Q′R′, so that the decomposition is done on a
 * matrix of the hidden width instead of one of the size of the data: R·(W_{n−1}···W_2)·R′ᵀ has the same singular values.
 */
export function chainSingularValues(engine: Engine, layers: readonly Matrix[]): Float64Array {
  return engine.scoped(() => {
    const reduced = layers.map((layer) => layer)
    const [first, last] = [layers[0]!, layers.at(-1)!]
    if (layers.length > 1 && first.columns > first.rows) {
      const transposed = engine.matrix(first.columns, first.rows)
      engine.transposeInto(transposed, first)
      const { R } = engine.qr(transposed)
      const square = engine.matrix(R.columns, R.rows)
      engine.transposeInto(square, R)
      reduced[0] = square
    }
    if (layers.length > 1 && last.rows > last.columns) reduced[layers.length - 1] = engine.qr(last).R
    let product = reduced[0]!
    for (const layer of reduced.slice(1)) {
      const next = engine.matrix(layer.rows, product.columns)
      engine.multiplyInto(next, layer, product)
      product = next
    }
    return engine.singularValues(product).slice()
  })
}
