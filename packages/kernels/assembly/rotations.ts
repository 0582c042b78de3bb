// Plane rotations (c s; −s c) of neighbouring rows k and k+1: made one sweep at a time, kept, and applied to matrices of
// vectors many sweeps at once. The vectors' matrix stands as strips eight columns wide (a cache line), each contiguous, so that
// all sweeps of a batch run over one strip while it is in the nearest cache (the waves of Van Zee, van de Geijn &
// Quintana-Ortí 2014, "Restructuring the tridiagonal and bidiagonal QR algorithms for performance").
import { multiplyAdd, multiplySubtract } from './simd'

/** Columns of a strip. */
export const STRIP: i32 = 8

const SAFE_LEAST: f64 = 1e-290 // squares between these bounds have lost nothing to under- or overflow
const SAFE_LARGEST: f64 = 1e290

/**
 * The signed length r of (f, g), with the sign of f: (f/r, g/r) is the rotation that turns (f, g) into (r, 0). 0 only for
 * (0, 0), whose rotation is (1, 0).
 */
// @ts-ignore: decorator
@inline
export function signedLength(f: f64, g: f64): f64 {
  const squares = f * f + g * g
  return squares > SAFE_LEAST && squares < SAFE_LARGEST ? copysign(sqrt(squares), f) : scaledLength(f, g)
}

function scaledLength(f: f64, g: f64): f64 {
  const size = max(abs(f), abs(g))
  if (size == 0) return 0
  const x = f / size
  const y = g / size
  return copysign(size * sqrt(x * x + y * y), f)
}

/** Bytes of a batch: headers of `sweeps` sweeps and, for each of left and right, `rotations` pairs (c, s). */
export function batchBytes(sweeps: i32, rotations: i32): usize {
  return (<usize>sweeps << 4) + (<usize>rotations << 5)
}

// A header holds the first plane, the number of planes, the direction (1 upward in k, 0 downward) and the index of the first pair.
let headers: usize = 0
let leftPairs: usize = 0
let rightPairs: usize = 0
let sweepLimit: i32 = 0
let pairLimit: i32 = 0
let sweeps: i32 = 0
let pairs: i32 = 0

/** Takes the memory at `at` (batchBytes) for the next batch. */
export function openBatch(at: usize, sweepCapacity: i32, rotationCapacity: i32): void {
  headers = at
  leftPairs = at + (<usize>sweepCapacity << 4)
  rightPairs = leftPairs + (<usize>rotationCapacity << 4)
  sweepLimit = sweepCapacity
  pairLimit = rotationCapacity
  sweeps = 0
  pairs = 0
}

/** Whether a sweep over `planes` planes still fits. */
export function fits(planes: i32): bool {
  return sweeps < sweepLimit && pairs + planes <= pairLimit
}

/** Where the pairs of the sweep being recorded go: plane first + i at byte 16·i. */
export let leftSweep: usize = 0
export let rightSweep: usize = 0

/** Begins a sweep over planes first … first + planes − 1. */
export function openSweep(first: i32, planes: i32, upward: bool): void {
  const header = headers + (<usize>sweeps << 4)
  store<i32>(header, first)
  store<i32>(header, planes, 4)
  store<i32>(header, i32(upward), 8)
  store<i32>(header, pairs, 12)
  leftSweep = leftPairs + (<usize>pairs << 4)
  rightSweep = rightPairs + (<usize>pairs << 4)
  sweeps += 1
  pairs += planes
}

/** Applies the batch to the strips of the left (rows×leftColumns) and the right vectors, and empties it. */
export function closeBatch(left: usize, leftColumns: i32, right: usize, rightColumns: i32, rows: i32): void {
  applyAll(left, leftColumns, leftPairs, rows)
  applyAll(right, rightColumns, rightPairs, rows)
  sweeps = 0
  pairs = 0
}

function applyAll(x: usize, columns: i32, from: usize, rows: i32): void {
  const stripBytes = (<usize>rows * <usize>STRIP) << 3
  for (; columns > 0; columns -= STRIP, x += stripBytes) {
    for (let i = 0; i < sweeps; i++) {
      const header = headers + (<usize>i << 4)
      const planes = load<i32>(header, 4)
      const row = x + (<usize>load<i32>(header) << 6)
      const pair = from + (<usize>load<i32>(header, 12) << 4)
      if (load<i32>(header, 8)) rotateUpward(row, pair, planes)
      else rotateDownward(row, pair, planes)
    }
  }
}

// Rows 0 … planes of a strip by planes 0, 1, …: row k is final once plane k has turned it, row k+1 stays in registers.
function rotateUpward(row: usize, pair: usize, planes: i32): void {
  let x0 = v128.load(row), x1 = v128.load(row, 16), x2 = v128.load(row, 32), x3 = v128.load(row, 48)
  for (; planes > 0; planes--, row += 64, pair += 16) {
    const c = v128.load64_splat(pair)
    const s = v128.load64_splat(pair, 8)
    const y0 = v128.load(row, 64), y1 = v128.load(row, 80), y2 = v128.load(row, 96), y3 = v128.load(row, 112)
    v128.store(row, multiplyAdd(c, x0, f64x2.mul(s, y0)))
    v128.store(row, multiplyAdd(c, x1, f64x2.mul(s, y1)), 16)
    v128.store(row, multiplyAdd(c, x2, f64x2.mul(s, y2)), 32)
    v128.store(row, multiplyAdd(c, x3, f64x2.mul(s, y3)), 48)
    x0 = multiplySubtract(s, x0, f64x2.mul(c, y0))
    x1 = multiplySubtract(s, x1, f64x2.mul(c, y1))
    x2 = multiplySubtract(s, x2, f64x2.mul(c, y2))
    x3 = multiplySubtract(s, x3, f64x2.mul(c, y3))
  }
  v128.store(row, x0)
  v128.store(row, x1, 16)
  v128.store(row, x2, 32)
  v128.store(row, x3, 48)
}

// The same by planes planes−1, planes−2, …, 0.
function rotateDownward(row: usize, pair: usize, planes: i32): void {
  row += <usize>planes << 6
  pair += <usize>planes << 4
  let y0 = v128.load(row), y1 = v128.load(row, 16), y2 = v128.load(row, 32), y3 = v128.load(row, 48)
  for (; planes > 0; planes--) {
    pair -= 16
    row -= 64
    const c = v128.load64_splat(pair)
    const s = v128.load64_splat(pair, 8)
    const x0 = v128.load(row), x1 = v128.load(row, 16), x2 = v128.load(row, 32), x3 = v128.load(row, 48)
    v128.store(row, multiplySubtract(s, x0, f64x2.mul(c, y0)), 64)
    v128.store(row, multiplySubtract(s, x1, f64x2.mul(c, y1)), 80)
    v128.store(row, multiplySubtract(s, x2, f64x2.mul(c, y2)), 96)
    v128.store(row, multiplySubtract(s, x3, f64x2.mul(c, y3)), 112)
    y0 = multiplyAdd(c, x0, f64x2.mul(s, y0))
    y1 = multiplyAdd(c, x1, f64x2.mul(s, y1))
    y2 = multiplyAdd(c, x2, f64x2.mul(s, y2))
    y3 = multiplyAdd(c, x3, f64x2.mul(s, y3))
  }
  v128.store(row, y0)
  v128.store(row, y1, 16)
  v128.store(row, y2, 32)
  v128.store(row, y3, 48)
}
