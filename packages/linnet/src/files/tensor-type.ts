/** The stored types that are read, with their size in bytes. */
export const DTYPES = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const

export type TensorType = keyof typeof DTYPES

/** Little-endian numbers of type `dtype`, one after another, as float64. Exact for every type. */
export function decodeNumbers(dtype: TensorType, bytes: Uint8Array): Float64Array {
  const size = DTYPES[dtype]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = READERS[dtype]
  const numbers = new Float64Array(bytes.length / size)
  for (let i = 0; i < numbers.length; i++) numbers[i] = read(view, i * size)
  return numbers
}

const READERS: Record<TensorType, (view: DataView, at: number) => number> = {
  F64: (view, at) => view.getFloat64(at, true),
  F32: (view, at) => view.getFloat32(at, true),
  F16: (view, at) => halfPrecision(view.getUint16(at, true)),
  BF16: (view, at) => brainFloat(view.getUint16(at, true)),
}

const widening = new DataView(new ArrayBuffer(4))

/** The upper half of a float32. */
function brainFloat(bits: number): number {
  widening.setUint32(0, bits << 16)
  return widening.getFloat32(0)
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits with bias 15, 10 fraction bits. */
function halfPrecision(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  // 2^-24 is the smallest subnormal; a shift makes the power of two exact.
  if (exponent === 0) return (sign * fraction) / 0x1000000
  return (sign * (fraction + 0x400) * (1 << exponent)) / 0x2000000
}
