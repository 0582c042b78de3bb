import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pictureAt } from '../../src/stage/matrix-at.ts'
import { limitOf, minus, pixelsOf } from '../../src/stage/pixels.ts'
import { endToEndOf } from '../../src/store/end-to-end.ts'

const picture = (position: number) => ({ position, values: Float32Array.of(position) })

describe('the picture at the playhead', () => {
  test('is the last one that was reached', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1 }),
        fc.integer(),
        (at, position) => {
          const pictures = at.sort((a, b) => a - b).map(picture)
          const reached = pictures.filter((one) => one.position <= position)
          expect(pictureAt(pictures, position)).toBe(reached.at(-1) ?? pictures[0])
        },
      ),
    )
  })

  test('there is none without pictures', () => expect(pictureAt([], 1)).toBeUndefined())
})

describe('the end-to-end matrix of weights', () => {
  test('multiplies the last layer from the left', () => {
    const first = { rows: 2, columns: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) }
    const second = { rows: 1, columns: 2, data: Float64Array.of(10, 1) }
    expect(endToEndOf([first, second])).toEqual({ rows: 1, columns: 3, data: Float64Array.of(14, 25, 36) })
  })

  test('of no layers is none', () => expect(endToEndOf([])).toBeUndefined())
})

describe('pixels', () => {
  const matrix = { rows: 1, columns: 3, data: [-2, 0, Number.NaN] }

  test('the common scale ends at the largest finite magnitude', () => {
    expect(limitOf([matrix, { rows: 1, columns: 1, data: [Number.POSITIVE_INFINITY] }])).toBe(2)
    expect(limitOf([])).toBe(1)
  })

  test('one a value; what is no number stays clear', () => {
    const pixels = pixelsOf(matrix, 'diverging', 'light', 2)
    expect([...pixels.slice(0, 4)]).toEqual([10, 63, 134, 255])
    expect(pixels[7]).toBe(255)
    expect([...pixels.slice(8)]).toEqual([0, 0, 0, 0])
  })

  test('differences entry by entry', () => {
    expect([
      ...(minus({ rows: 1, columns: 2, data: [3, 4] }, { rows: 1, columns: 2, data: [1, 5] })
        .data as Float32Array),
    ]).toEqual([2, -1])
  })
})
