import { instantiate, supports } from '@linnet/kernels'
import { InputError } from '../input-error.ts'
import { descriptions } from './descriptions.ts'
import type { Engine, EngineName } from './engine.ts'
import { wasmEngine } from './wasm.ts'

/** One engine, and whether it can be used here. */
export interface EngineStatus {
  readonly name: EngineName
  readonly description: string
  /** `true`, or the sentence that says why it cannot be used here and what to do. */
  readonly available: true | string
}

/** All there are, the default first. */
export const engineNames = Object.keys(descriptions) as readonly EngineName[]

async function availability(name: EngineName): Promise<true | string> {
  if (name === 'blas') {
    const { blasLibrary } = await import('./blas.ts')
    const library = await blasLibrary()
    return typeof library === 'string' ? library : true
  }
  if (supports(name)) return true
  return name === 'strict'
    ? 'This host lacks WebAssembly SIMD: use Node 20.19 or later, or a current browser.'
    : 'This host lacks WebAssembly relaxed SIMD: use the strict engine, or Node 22 or later, or a current browser.'
}

/** Every engine there is, and whether it can be used here. */
export async function engines(): Promise<readonly EngineStatus[]> {
  return Promise.all(
    engineNames.map(async (name) => ({
      name,
      description: descriptions[name],
      available: await availability(name),
    })),
  )
}

/**
 * A fresh engine with a memory of its own; what is compiled or loaded for it is shared by all engines of that name.
 *
 * Throws an `InputError` when the engine cannot be used here. Another one is never taken in its place.
 *
 * ```ts
 * const engine = await loadEngine()
 * const a = engine.matrix(2, 2, [1, 2, 3, 4])
 * const square = engine.matrix(2, 2)
 * engine.multiplyInto(square, a, a) // 7 10 15 22
 * ```
 */
export async function loadEngine(name: EngineName = 'strict'): Promise<Engine> {
  if (!Object.hasOwn(descriptions, name))
    throw new InputError(`There is no engine '${name}': use ${Object.keys(descriptions).join(', ')}.`)
  const available = await availability(name)
  if (available !== true) throw new InputError(available)
  if (name === 'blas') {
    const { loadBlas } = await import('./blas.ts')
    return loadBlas()
  }
  return wasmEngine(await instantiate(name), name, descriptions[name])
}
