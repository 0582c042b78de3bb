// One sweep of the QR iteration on an upper bidiagonal block (diagonal d, superdiagonal e, rows first … last), chasing the
// bulge downward (from first to last) or upward, with a shift or with none. The shifted sweep is Golub & Kahan's; the one
// without shift is Demmel & Kahan's (1990, "Accurate singular values of bidiagonal matrices"), which keeps all singular values to high
// relative accuracy because nothing in it is subtracted.
//
// A sweep records its rotations in the batch that is open (rotations.ts). The pair at byte 16·i belongs to plane
// (first + i, first + i + 1).
import { leftSweep, openSweep, rightSweep, signedLength } from '../rotations'

// @ts-ignore: decorator
@inline
function at(x: usize, i: i32): f64 {
  return load<f64>(x + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
function set(x: usize, i: i32, value: f64): void {
  store<f64>(x + (<usize>i << 3), value)
}

// @ts-ignore: decorator
@inline
function record(sweep: usize, i: i32, c: f64, s: f64): void {
  store<f64>(sweep + (<usize>i << 4), c)
  store<f64>(sweep + (<usize>i << 4), s, 8)
}

// The first column of BᵀB − shift², up to a factor, without squaring: (|d| − shift)(sign d + shift/d).
// @ts-ignore: decorator
@inline
function start(d: f64, shift: f64): f64 {
  return (abs(d) - shift) * (copysign(1, d) + shift / d)
}

export function downward(d: usize, e: usize, first: i32, last: i32, shift: f64, recording: bool): void {
  if (recording) openSweep(first, last - first, true)
  let diagonal = at(d, first)
  let f = start(diagonal, shift)
  let above = at(e, first)
  let g = above
  for (let i = first; i < last; i++) {
    let r = signedLength(f, g)
    let c = r == 0 ? 1.0 : f / r
    let s = r == 0 ? 0.0 : g / r
    if (recording) record(rightSweep, i - first, c, s)
    if (i > first) set(e, i - 1, r)
    f = c * diagonal + s * above
    above = c * above - s * diagonal
    const next = at(d, i + 1)
    g = s * next
    diagonal = c * next
    r = signedLength(f, g)
    c = r == 0 ? 1.0 : f / r
    s = r == 0 ? 0.0 : g / r
    if (recording) record(leftSweep, i - first, c, s)
    set(d, i, r)
    f = c * above + s * diagonal
    diagonal = c * diagonal - s * above
    if (i + 1 < last) {
      const after = at(e, i + 1)
      g = s * after
      above = c * after
    }
  }
  set(d, last, diagonal)
  set(e, last - 1, f)
}

export function upward(d: usize, e: usize, first: i32, last: i32, shift: f64, recording: bool): void {
  if (recording) openSweep(first, last - first, false)
  let diagonal = at(d, last)
  let f = start(diagonal, shift)
  let above = at(e, last - 1)
  let g = above
  for (let i = last; i > first; i--) {
    let r = signedLength(f, g)
    let c = r == 0 ? 1.0 : f / r
    let s = r == 0 ? 0.0 : g / r
    if (recording) record(leftSweep, i - 1 - first, c, -s)
    if (i < last) set(e, i, r)
    f = c * diagonal + s * above
    above = c * above - s * diagonal
    const next = at(d, i - 1)
    g = s * next
    diagonal = c * next
    r = signedLength(f, g)
    c = r == 0 ? 1.0 : f / r
    s = r == 0 ? 0.0 : g / r
    if (recording) record(rightSweep, i - 1 - first, c, -s)
    set(d, i, r)
    f = c * above + s * diagonal
    diagonal = c * diagonal - s * above
    if (i - 1 > first) {
      const after = at(e, i - 2)
      g = s * after
      above = c * after
    }
  }
  set(d, first, diagonal)
  set(e, first, f)
}

export function downwardWithoutShift(d: usize, e: usize, first: i32, last: i32, recording: bool): void {
  if (recording) openSweep(first, last - first, true)
  let c = 1.0
  let oldC = 1.0
  let oldS = 0.0
  let diagonal = at(d, first)
  for (let i = first; i < last; i++) {
    const f = diagonal * c
    const g = at(e, i)
    const r = signedLength(f, g)
    c = r == 0 ? 1.0 : f / r
    const s = r == 0 ? 0.0 : g / r
    if (i > first) set(e, i - 1, oldS * r)
    diagonal = at(d, i + 1)
    const x = oldC * r
    const y = diagonal * s
    const length = signedLength(x, y)
    oldC = length == 0 ? 1.0 : x / length
    oldS = length == 0 ? 0.0 : y / length
    set(d, i, length)
    if (recording) {
      record(rightSweep, i - first, c, s)
      record(leftSweep, i - first, oldC, oldS)
    }
  }
  const h = diagonal * c
  set(d, last, h * oldC)
  set(e, last - 1, h * oldS)
}

export function upwardWithoutShift(d: usize, e: usize, first: i32, last: i32, recording: bool): void {
  if (recording) openSweep(first, last - first, false)
  let c = 1.0
  let oldC = 1.0
  let oldS = 0.0
  let diagonal = at(d, last)
  for (let i = last; i > first; i--) {
    const f = diagonal * c
    const g = at(e, i - 1)
    const r = signedLength(f, g)
    c = r == 0 ? 1.0 : f / r
    const s = r == 0 ? 0.0 : g / r
    if (i < last) set(e, i, oldS * r)
    diagonal = at(d, i - 1)
    const x = oldC * r
    const y = diagonal * s
    const length = signedLength(x, y)
    oldC = length == 0 ? 1.0 : x / length
    oldS = length == 0 ? 0.0 : y / length
    set(d, i, length)
    if (recording) {
      record(leftSweep, i - 1 - first, c, -s)
      record(rightSweep, i - 1 - first, oldC, -oldS)
    }
  }
  const h = diagonal * c
  set(d, first, h * oldC)
  set(e, first, h * oldS)
}
