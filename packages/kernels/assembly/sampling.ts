// Subsets and orders of whole numbers, each equally likely and the same bits everywhere.

import { element, WHOLE_NUMBERS } from './random'

// Position in the stream of whole numbers from which one call draws: unlike the numbers of random.ts, how many elements a
// call uses depends on what it draws, so a call owns a stream.
let k0: u32 = 0
let k1: u32 = 0
let stream: u32 = 0
let position: u64 = 0

function begin(key0: u32, key1: u32, ofStream: u32): void {
  k0 = key0
  k1 = key1
  stream = ofStream
  position = 0
}

// Uniform on 0 … bound−1, without bias: multiply and reject (Lemire 2019, arXiv 1805.10941).
function below(bound: u32): u32 {
  let product = <u64>(<u32>element(k0, k1, stream, WHOLE_NUMBERS, position++)) * <u64>bound
  if (<u32>product < bound) {
    const threshold = (<u32>0 - bound) % bound
    while (<u32>product < threshold) {
      product = <u64>(<u32>element(k0, k1, stream, WHOLE_NUMBERS, position++)) * <u64>bound
    }
  }
  return <u32>(product >> 32)
}

/** Bytes of scratch that sampleWithoutReplacement needs. */
export function sampleScratch(n: i32): i32 {
  return ((n >>> 6) + 1) << 3
}

/**
 * k different ones of 0 … n−1, ascending, every subset equally likely (Floyd, in Bentley & Floyd 1987), as int32 to out. Takes
 * the whole stream of whole numbers of (key, stream). `scratch` holds sampleScratch(n) bytes. 0 ≤ k ≤ n < 2³¹.
 */
export function sampleWithoutReplacement(
  out: usize, k: i32, n: i32, key0: u32, key1: u32, ofStream: u32, scratch: usize,
): void {
  begin(key0, key1, ofStream)
  memory.fill(scratch, 0, <usize>sampleScratch(n))
  for (let i = n - k; i < n; i++) {
    const candidate = <i32>below(<u32>i + 1)
    const chosen = taken(scratch, candidate) ? i : candidate
    const word = scratch + (<usize>(chosen >>> 6) << 3)
    store<u64>(word, load<u64>(word) | ((<u64>1) << (chosen & 63)))
  }
  for (let word = 0; word <= n >>> 6; word++) {
    let bits = load<u64>(scratch + (<usize>word << 3))
    for (; bits != 0; bits &= bits - 1, out += 4) store<i32>(out, (word << 6) + <i32>ctz(bits))
  }
}

// @ts-ignore: decorator
@inline
function taken(scratch: usize, i: i32): bool {
  return ((load<u64>(scratch + (<usize>(i >>> 6) << 3)) >> (i & 63)) & 1) != 0
}

/** Shuffles n int32 in place, every order equally likely (Fisher & Yates). Takes the whole stream of whole numbers. */
export function shuffle(indices: usize, n: i32, key0: u32, key1: u32, ofStream: u32): void {
  begin(key0, key1, ofStream)
  for (let i = n - 1; i > 0; i--) {
    const a = indices + (<usize>i << 2)
    const b = indices + (<usize>below(<u32>i + 1) << 2)
    const swapped = load<i32>(a)
    store<i32>(a, load<i32>(b))
    store<i32>(b, swapped)
  }
}
