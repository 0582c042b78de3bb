import fc from 'fast-check'
import { loadEngine, type PlainMatrix } from 'linnet'
import { expect, test } from 'vitest'
import { matrixCsv } from '../src/sharing/matrix-csv.ts'
import { endToEndOf } from '../src/store/end-to-end.ts'

const engine = await loadEngine('strict')

const widths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 })

test('the product of the layers, the last one leftmost, as the kernels multiply', () => {
  fc.assert(
    fc.property(widths, fc.integer(), (sizes, seed) =>
      engine.scoped(() => {
        const random = engine.random(seed >>> 0)
        const layers = sizes.slice(1).map((rows, j) => {
          const layer = engine.matrix(rows, sizes[j]!)
          random.normalInto(layer)
          return layer
        })
        const product = layers.reduce((below, layer) => {
          const above = engine.matrix(layer.rows, below.columns)
          engine.multiplyInto(above, layer, below)
          return above
        })
        const read = matrixCsv(endToEndOf(layers)!)
          .trimEnd()
          .split('\n')
          .map((line) => line.split(',').map(Number))
        expect([read.length, read[0]!.length]).toEqual([product.rows, product.columns])
        for (const [i, value] of read.flat().entries()) expect(value).toBeCloseTo(product.data[i]!, 10)
      }),
    ),
  )
})

test('one layer as it is, to the last digit', () => {
  const data = Float64Array.of(0.1 + 0.2, -1e-300, 0, 5e22)
  const layer: PlainMatrix = { rows: 2, columns: 2, data }
  expect(matrixCsv(endToEndOf([layer])!)).toBe('0.30000000000000004,-1e-300\n0,5e+22\n')
})
