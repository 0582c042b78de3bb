import { type ColourMapName, colourMap, colourOfValue, type Theme } from './colour-map.ts'

/** A matrix as a picture needs it: row-major, in any precision. */
export interface Shown {
  readonly rows: number
  readonly columns: number
  readonly data: ArrayLike<number>
}

/** The largest magnitude of all finite entries: what a common colour scale ends at; 1 where there is none. */
export function limitOf(matrices: Iterable<Shown>): number {
  let limit = 0
  for (const { data } of matrices)
    for (let i = 0; i < data.length; i++) {
      const size = Math.abs(data[i]!)
      if (size > limit && size < Number.POSITIVE_INFINITY) limit = size
    }
  return limit || 1
}

/** One pixel an entry, red, green, blue, opacity; entries that are not finite stay clear. */
export function pixelsOf(
  { rows, columns, data }: Shown,
  name: ColourMapName,
  theme: Theme,
  limit: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * rows * columns)
  const map = colourMap(name, theme)
  for (let i = 0; i < rows * columns; i++) {
    const value = data[i]!
    if (!Number.isFinite(value)) continue
    const [red, green, blue] = colourOfValue(map, name, value, limit)
    pixels.set([red, green, blue, 255], 4 * i)
  }
  return pixels
}

/** A − B, entry by entry. */
export function minus(a: Shown, b: Shown): Shown {
  return { ...a, data: Float32Array.from({ length: a.rows * a.columns }, (_, i) => a.data[i]! - b.data[i]!) }
}
