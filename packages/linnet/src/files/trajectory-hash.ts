import { sha256 } from '@noble/hashes/sha2.js'
import type { Trajectory } from '../simulate/run.ts'
import { encodeText } from './text.ts'

/**
 * SHA-256, in 64 hexadecimal digits, of everything that was recorded: the clock, the names of the columns, and every position and
 * value bit by bit (column by column, little-endian; all not-a-numbers alike). Runs with equal hashes recorded the same bits.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const run = () => simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 10 } })
 * const [one, other] = [await run(), await run()]
 * if (trajectoryHash(one.trajectory) !== trajectoryHash(other.trajectory)) throw new Error('not the same bits')
 * ```
 */
export function trajectoryHash({ clock, positions, columns, column }: Trajectory): string {
  const hash = sha256.create()
  hash.update(encodeText(JSON.stringify([clock, ...columns.map(({ name }) => name)])))
  hash.update(bytesOf(positions))
  for (const { name } of columns) hash.update(bytesOf(column(name)))
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOf(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length))
  // A not-a-number has many bit patterns, and which one a machine makes is its own affair.
  for (const [i, value] of values.entries())
    if (Number.isNaN(value)) view.setUint32(8 * i + 4, 0x7ff80000, true)
    else view.setFloat64(8 * i, value, true)
  return new Uint8Array(view.buffer)
}
