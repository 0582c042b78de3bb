// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): a bijection of 128-bit
// counters chosen by a 64-bit key. There is no state to carry: block c of a stream is philox(c), so that any number of it
// can be had without the ones before, in any order, on any machine.

const MULTIPLIER_0: u64 = 0xd2511f53
const MULTIPLIER_1: u64 = 0xcd9e8d57
const WEYL_0: u32 = 0x9e3779b9 // golden ratio
const WEYL_1: u32 = 0xbb67ae85 // √3 − 1
const ROUNDS: i32 = 10

/** The block of the last call of `block`: words 1, 0 and words 3, 2 of the output, higher word first. */
export let blockLow: u64 = 0
export let blockHigh: u64 = 0

/** Enciphers the counter (c0, c1, c2, c3) with the key (k0, k1) into blockLow and blockHigh. */
export function block(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  for (let round = 0; round < ROUNDS; round++) {
    const a = MULTIPLIER_0 * <u64>c0
    const b = MULTIPLIER_1 * <u64>c2
    c0 = <u32>(b >> 32) ^ c1 ^ k0
    c2 = <u32>(a >> 32) ^ c3 ^ k1
    c1 = <u32>b
    c3 = <u32>a
    k0 += WEYL_0
    k1 += WEYL_1
  }
  blockLow = (<u64>c1 << 32) | <u64>c0
  blockHigh = (<u64>c3 << 32) | <u64>c2
}

/** Writes the four 32-bit words of one block; here for the known answers of the authors' Random123 library. */
export function philox(out: usize, c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  block(c0, c1, c2, c3, k0, k1)
  store<u64>(out, blockLow)
  store<u64>(out, blockHigh, 8)
}
