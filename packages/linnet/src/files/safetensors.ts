import { FileError } from './file-error.ts'
import { type Json, readJson } from './json.ts'
import { DTYPES, decodeNumbers, type TensorType } from './tensor-type.ts'
import { decodeUtf8, encodeText } from './text.ts'

/** An array of numbers of any number of dimensions. */
export interface Tensor {
  /** `[rows, columns]` for a matrix. */
  readonly shape: readonly number[]
  /** As stored; `data` is always float64, to which the others convert exactly. */
  readonly dtype: TensorType
  /** Row by row (the last dimension runs fastest). */
  readonly data: Float64Array
}

/** What a tensor to write has to have. */
export interface TensorInput {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/** Longest header accepted, as in the reference implementation: 100 MB. */
const HEADER_LIMIT = 100_000_000
/** The header is preceded by its length, 64 bits, and padded to a multiple of the same: then float64 data lie aligned. */
const WORD = 8

/**
 * The tensors of a safetensors file (format 1: header length, JSON header, data), in the order of their data. F64, F32, F16 and
 * BF16 become float64, without rounding. NaN and ±∞ are data like any other here; `weightsFromSafetensors` refuses them.
 *
 *     readSafetensors(bytes).get('layers.1.weight')   // { shape: [20, 10], dtype: 'F32', data: Float64Array(200) }
 *
 * Throws `FileError` for anything else: a truncated file, a header that is no JSON, offsets that overlap, leave gaps or run past the
 * end, shapes that disagree with their offsets, whole-number and 8-bit dtypes.
 * Source: https://huggingface.co/docs/safetensors, section Format.
 */
export function readSafetensors(bytes: Uint8Array): Map<string, Tensor> {
  const { header, start } = readHeader(bytes)
  const places = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, description]) => placeOf(name, description))
    .sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkOffsets(places, bytes.length - start)
  return new Map(
    places.map(({ name, dtype, shape, begin, end }) => [
      name,
      { shape, dtype, data: decodeNumbers(dtype, bytes.subarray(start + begin, start + end)) },
    ]),
  )
}

/** The texts stored beside the tensors (`__metadata__`): `{ config_hash: '3f…' }`. Throws `FileError` as `readSafetensors` does. */
export function readSafetensorsMetadata(bytes: Uint8Array): Record<string, string> {
  const metadata = readHeader(bytes).header[METADATA] ?? {}
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string'))
    throw new FileError('the __metadata__ of the safetensors file must hold texts only: write it again')
  return metadata as Record<string, string>
}

/**
 * A safetensors file with the given tensors as F64, in the given order, and texts beside them. The same input gives the same bytes.
 * Throws `FileError` when a shape disagrees with its data.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorInput>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0)
    header[METADATA] = Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)))
  let end = 0
  for (const [name, { shape, data }] of tensors) {
    if (name === METADATA || name === '__proto__')
      throw new FileError(`a tensor cannot be named ${name}: choose another name`)
    if (sizeOf(shape) !== data.length)
      throw new FileError(
        `tensor ${name} has shape [${shape.join(', ')}] but ${data.length} numbers: give ${sizeOf(shape)}`,
      )
    const begin = end
    end += data.length * DTYPES.F64
    header[name] = { dtype: 'F64', shape, data_offsets: [begin, end] }
  }
  const text = encodeText(JSON.stringify(header))
  const headerLength = Math.ceil(text.length / WORD) * WORD
  const bytes = new Uint8Array(WORD + headerLength + end).fill(0x20, WORD, WORD + headerLength)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(headerLength), true)
  bytes.set(text, WORD)
  let at = WORD + headerLength
  for (const { data } of tensors.values()) {
    for (let i = 0; i < data.length; i++, at += DTYPES.F64) view.setFloat64(at, data[i]!, true)
  }
  return bytes
}

const METADATA = '__metadata__'

interface Place {
  readonly name: string
  readonly dtype: TensorType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

function readHeader(bytes: Uint8Array): { header: Record<string, Json>; start: number } {
  if (bytes.length < WORD)
    throw new FileError(
      `the file has ${bytes.length} bytes, too few for a safetensors file: check that it was copied whole`,
    )
  const length = new DataView(bytes.buffer, bytes.byteOffset, WORD).getBigUint64(0, true)
  if (length > BigInt(HEADER_LIMIT))
    throw new FileError(
      `the file announces a header of ${length} bytes, more than ${HEADER_LIMIT}: this is no safetensors file`,
    )
  const start = WORD + Number(length)
  if (start > bytes.length)
    throw new FileError(
      `the file announces a header of ${length} bytes but has only ${bytes.length - WORD} after that: it is cut off or no safetensors file`,
    )
  const text = decodeUtf8(bytes.subarray(WORD, start))
  if (text === undefined || !text.startsWith('{'))
    throw new FileError(
      'the header of the safetensors file is not JSON text: this is another kind of file or it is damaged',
    )
  const json = readJson(text)
  if ('fault' in json)
    throw new FileError(
      `the header of the safetensors file is not valid JSON (character ${json.fault.column}: ${json.fault.given} where ${json.fault.expected} is expected): write it again`,
    )
  return { header: json.value as Record<string, Json>, start }
}

function placeOf(name: string, description: Json): Place {
  const refuse = (what: string, remedy: string) => {
    throw new FileError(`tensor ${JSON.stringify(name)} of the safetensors file ${what}: ${remedy}`)
  }
  if (!isObject(description)) return refuse('is not described by an object', 'write it again')
  const { dtype, shape, data_offsets: offsets } = description
  if (typeof dtype !== 'string') return refuse('has no dtype', 'write it again')
  if (!Object.hasOwn(DTYPES, dtype))
    return refuse(`has dtype ${dtype}, but F64, F32, F16 and BF16 are read`, 'convert it, say to float64')
  if (!isSizes(shape)) return refuse('has no shape of whole numbers', 'write it again')
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    return refuse('has no ascending pair of data_offsets', 'write it again')
  const [begin, end] = offsets as [number, number]
  const size = sizeOf(shape) * DTYPES[dtype as TensorType]
  if (size !== end - begin)
    return refuse(
      `has shape [${shape.join(', ')}] in ${dtype}, ${size} bytes, but its data_offsets span ${end - begin}`,
      'write it again',
    )
  return { name, dtype: dtype as TensorType, shape, begin, end }
}

function checkOffsets(places: readonly Place[], available: number): void {
  let filled = 0
  for (const { name, begin, end } of places) {
    if (begin !== filled)
      throw new FileError(
        `tensor ${JSON.stringify(name)} of the safetensors file begins at byte ${begin} where byte ${filled} is expected (the data must neither overlap nor leave gaps): write it again`,
      )
    filled = end
  }
  if (filled !== available)
    throw new FileError(
      `the safetensors file describes ${filled} bytes of data but holds ${available}: check that it was copied whole`,
    )
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSizes(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
