// Between a panel of vectors (one after the other) and strips of eight components of all vectors (see rotations.ts).
import { padded } from './reflectors'
import { STRIP } from './rotations'

/** Bytes of the strips of `count` vectors of `length` doubles. */
export function stripsBytes(count: i32, length: i32): usize {
  return (<usize>count * <usize>((length + STRIP - 1) & ~(STRIP - 1))) << 3
}

// @ts-ignore: decorator
@inline
function copyFour(to: usize, from: usize): void {
  v128.store(to, v128.load(from))
  v128.store(to, v128.load(from, 16), 16)
}

/** strips ← panel; components beyond a vector's padding become zero. */
export function toStrips(strips: usize, panel: usize, count: i32, length: i32): void {
  const stride = <usize>padded(length) << 3
  for (let first = 0; first < length; first += STRIP) {
    let from = panel + (<usize>first << 3)
    const whole = first + 4 < padded(length)
    for (let k = 0; k < count; k++, strips += STRIP << 3, from += stride) {
      copyFour(strips, from)
      if (whole) copyFour(strips + 32, from + 32)
      else memory.fill(strips + 32, 0, 32)
    }
  }
}

/** Vector k of the panel ← vector order_k (int32) of the strips. */
export function fromStrips(panel: usize, strips: usize, order: usize, count: i32, length: i32): void {
  const stride = <usize>padded(length) << 3
  const stripBytes = (<usize>count * <usize>STRIP) << 3
  for (let first = 0; first < length; first += STRIP, strips += stripBytes) {
    let to = panel + (<usize>first << 3)
    const whole = first + 4 < padded(length)
    for (let k = 0; k < count; k++, to += stride) {
      const from = strips + (<usize>load<i32>(order + (<usize>k << 2)) << 6)
      copyFour(to, from)
      if (whole) copyFour(to + 32, from + 32)
    }
  }
}
