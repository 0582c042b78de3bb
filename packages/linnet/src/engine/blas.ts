// The one file of the library that knows of Node: it finds koffi and the library that the machine has.
import { instantiate, type Kernels, supports } from '@linnet/kernels'
import { InputError } from '../input-error.ts'
import { type BlasLibrary, type ForeignFunctions, findBlas } from './blas-library.ts'
import { ProcessMemory } from './blas-memory.ts'
import { blasProducts } from './blas-products.ts'
import type { Engine } from './engine.ts'
import { wasmEngine } from './wasm.ts'

const NO_NODE = 'The blas engine calls a library of the machine, which a browser cannot: use the fma engine.'
const NO_KOFFI =
  'The blas engine needs the optional package koffi, which is not installed: npm install koffi, or use the fma engine.'

interface NodeProcess {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly versions?: { readonly node?: string }
}

async function find(): Promise<BlasLibrary | string> {
  const { process } = globalThis as { process?: NodeProcess }
  if (!process?.versions?.node) return NO_NODE
  const koffi = 'koffi' // not a literal in import(): bundlers would look for it
  try {
    const { default: foreign } = (await import(/* @vite-ignore */ koffi)) as { default: ForeignFunctions }
    return findBlas(foreign, process.env.LINNET_BLAS)
  } catch {
    return NO_KOFFI
  }
}

let found: Promise<BlasLibrary | string> | undefined

/** The library that the blas engine would use, or the sentence that says why there is none and what to do. */
export function blasLibrary(): Promise<BlasLibrary | string> {
  found ??= find()
  return found
}

function over(library: BlasLibrary, kernels: Kernels, description: string): Engine {
  const place = new ProcessMemory(library, kernels)
  const { exports } = kernels
  const own: Kernels = { ...kernels, exports: { ...exports, ...blasProducts(exports, library, place) } }
  return wasmEngine(own, 'blas', `${description} Here: ${library.name}.`)
}

/**
 * A fresh engine whose large products and decompositions are done by the machine's own BLAS and LAPACK (OpenBLAS, MKL,
 * Accelerate), in place on its WebAssembly memory and with one thread; everything else is the `fma` (or `strict`) engine's.
 * The environment variable LINNET_BLAS names a library by file.
 *
 * Throws an `InputError` when there is no such library or no koffi to call it with.
 */
export async function loadBlas(description: string): Promise<Engine> {
  const library = await blasLibrary()
  if (typeof library === 'string') throw new InputError(library)
  return over(library, await instantiate(supports('fma') ? 'fma' : 'strict'), description)
}
