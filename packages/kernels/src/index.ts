import type { KernelExports } from './exports.ts'

export type { KernelExports } from './exports.ts'

/** `strict` rounds every operation (the same bits on every machine); `fma` fuses multiply-adds (relaxed SIMD). */
export type Binary = 'strict' | 'fma'

/** One instance of a binary with a linear memory of its own. */
export interface Kernels {
  readonly binary: Binary
  readonly exports: KernelExports
  readonly memory: WebAssembly.Memory
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

// The smallest modules that use f64x2.add and f64x2.relaxed_madd: what each binary needs from the host.
const probes = {
  strict: decode('AGFzbQEAAAABBwFgAnt7AXsDAgEACgsBCQAgACAB/fABCw=='),
  fma: decode('AGFzbQEAAAABCAFgA3t7ewF7AwIBAAoNAQsAIAAgASAC/YcCCw=='),
}

const modules = new Map<Binary, Promise<WebAssembly.Module>>()

interface NodeProcess {
  getBuiltinModule?(name: string): { setFlagsFromString(flag: string): void } | undefined
  versions?: { node?: string }
}

let asked = false

// Node 20 knows relaxed SIMD only behind a flag, which must be set before the first such module is compiled. Reached
// without an import, so that bundles for the browser stay free of Node's modules. Later versions need no flag.
function askForRelaxedSimd(): void {
  if (asked) return
  asked = true
  const { process } = globalThis as { process?: NodeProcess }
  if (!process?.versions?.node || WebAssembly.validate(probes.fma)) return
  process.getBuiltinModule?.('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd')
}

/** Whether this host can run the binary. */
export function supports(binary: Binary): boolean {
  if (binary === 'fma') askForRelaxedSimd()
  return WebAssembly.validate(probes[binary])
}

async function compile(binary: Binary): Promise<WebAssembly.Module> {
  if (!supports(binary)) {
    throw new Error(
      binary === 'fma'
        ? 'The fma kernels need WebAssembly relaxed SIMD, which this host lacks: use the strict kernels.'
        : 'The kernels need WebAssembly SIMD, which this host lacks: use Node 20.19 or later, or a current browser.',
    )
  }
  const { default: base64 } = await (binary === 'fma'
    ? import('../build/fma.js')
    : import('../build/strict.js'))
  return WebAssembly.compile(decode(base64))
}

/**
 * A fresh instance of a binary, with its own memory. The module behind it is compiled once and shared.
 *
 * Throws when the host lacks what the binary needs (see `supports`).
 *
 * ```ts
 * const { exports, memory } = await instantiate('strict')
 * const a = exports.allocate(4 * 8)
 * new Float64Array(memory.buffer, a, 4).set([1, 2, 3, 4])
 * ```
 */
export async function instantiate(binary: Binary): Promise<Kernels> {
  let module = modules.get(binary)
  if (module === undefined) {
    module = compile(binary)
    modules.set(binary, module)
    module.catch(() => modules.delete(binary)) // a later call may find the host able
  }
  const { exports } = await WebAssembly.instantiate(await module)
  return {
    binary,
    exports: exports as unknown as KernelExports,
    memory: exports.memory as WebAssembly.Memory,
  }
}
