// The one file of the library that knows of Node: it finds koffi and the library that the machine has.
import { instantiate, type Kernels, supports } from '@linnet/kernels'
import { InputError } from '../input-error.ts'
import { blasEigen, blasSvd } from './blas-decompositions.ts'
import { type BlasLibrary, type ForeignFunctions, findBlas } from './blas-library.ts'
import { ProcessMemory } from './blas-memory.ts'
import { blasProducts } from './blas-products.ts'
import type { QuadraticObjective } from './chain.ts'
import type { ChainMaker } from './chain-layout.ts'
import { takesEntriesOnly } from './chain-passes.ts'
import { descriptions } from './descriptions.ts'
import type { Engine } from './engine.ts'
import { steppedChain } from './stepped-chain.ts'
import { wasmEngine } from './wasm.ts'
import { wasmChain } from './wasm-chain.ts'

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

/** Multiply-adds of one product from which a loop around the library's products beats a loop inside the kernels. */
const STEPPED_FROM = 18 * 18 * 18

/** The largest dense product of one gradient, in multiply-adds. */
function largestProduct(widths: readonly number[], objective: QuadraticObjective): number {
  if (objective.kind === 'sensing') return Number.POSITIVE_INFINITY // two passes over all measurements
  const sparse = objective.kind === 'completion' && takesEntriesOnly(objective)
  const left = objective.kind === 'dense' ? objective.left : undefined
  const columns = left === undefined ? widths[0]! : left.columns
  const inChain = widths.slice(left === undefined ? 1 : 0, sparse ? -1 : undefined)
  return inChain.slice(1).reduce((most, width, j) => Math.max(most, width * inChain[j]! * columns), 0)
}

function over(library: BlasLibrary, kernels: Kernels): Engine {
  const place = new ProcessMemory(library, kernels)
  const { exports } = kernels
  const own = {
    ...exports,
    ...blasProducts(exports, library, place),
    ...blasSvd(kernels, library, place),
    ...blasEigen(kernels, library, place),
  }
  const chain: ChainMaker = (kernelExports, memory, widths, objective) => {
    const stepped = largestProduct(widths, objective) >= STEPPED_FROM
    return (stepped ? steppedChain : wasmChain)(kernelExports, memory, widths, objective)
  }
  return wasmEngine(
    { ...kernels, exports: own },
    'blas',
    `${descriptions.blas} Here: ${library.name}.`,
    chain,
  )
}

/**
 * A fresh engine whose large products and decompositions are done by the machine's own BLAS and LAPACK (OpenBLAS, MKL,
 * Accelerate), in place on its WebAssembly memory and with one thread; everything else is the `fma` (or `strict`) engine's.
 * The environment variable LINNET_BLAS names a library by file.
 *
 * Throws an `InputError` when there is no such library or no koffi to call it with. `loadEngine('blas')` does the same.
 */
export async function loadBlas(): Promise<Engine> {
  const library = await blasLibrary()
  if (typeof library === 'string') throw new InputError(library)
  return over(library, await instantiate(supports('fma') ? 'fma' : 'strict'))
}
