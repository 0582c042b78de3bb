import type { Kernels } from '@linnet/kernels'
import type { ChainMaker } from './chain-layout.ts'
import { decompositions } from './decompositions.ts'
import type { Engine, EngineName } from './engine.ts'
import { EngineMemory } from './memory.ts'
import { randomSources } from './philox.ts'
import { products } from './products.ts'
import { vectors } from './vectors.ts'
import { wasmChain } from './wasm-chain.ts'

/** The engine of a kernels instance. */
export function wasmEngine(
  kernels: Kernels,
  name: EngineName,
  description: string,
  chain: ChainMaker = wasmChain,
): Engine {
  const { exports } = kernels
  const memory = new EngineMemory(kernels)
  return {
    name,
    description,
    get bytes() {
      return memory.bytes
    },
    matrix: (rows, columns, values) => memory.matrix(rows, columns, values),
    copyIn: (matrix) => memory.copyIn(matrix),
    view: (matrix, start, rows, columns) => memory.view(matrix, start, rows, columns),
    indices: (values) => memory.indices(values),
    scoped: (body) => memory.scoped(body),
    ...products(exports, memory),
    ...vectors(exports, memory),
    ...decompositions(exports, memory),
    exp: exports.exp,
    log: exports.log,
    pow: exports.pow,
    expm1: exports.expm1,
    log1p: exports.log1p,
    sin: exports.sin,
    cos: exports.cos,
    kappa: exports.kappa,
    random: randomSources(exports, memory),
    chain: (widths, objective) => chain(exports, memory, widths, objective),
  }
}
