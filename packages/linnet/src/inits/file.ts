import { z } from 'zod'
import { fileKey, fileMatrix } from '../data/file.ts'
import { createMatrix, matrixSpec } from '../data/index.ts'
import { InputError } from '../input-error.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { InitContext } from './init.ts'

const parameters = {
  path: z
    .string()
    .min(1)
    .optional()
    .meta({
      description: 'safetensors file with the weights, relative to the config; or give layers',
      format: 'path',
      instead: ['layers'],
    }),
  layers: z
    .array(matrixSpec)
    .min(1)
    .optional()
    .meta({
      description: 'the layers one by one, W_1 first, each a tensor of a file or written out',
      symbol: 'W_1(0), \\dots, W_n(0)',
      instead: ['path'],
    }),
}

/**
 * Under which name the map of read files holds layer j = 1, …, n of a file of weights, whatever its tensor is called there:
 * `weights.safetensors#W1`.
 */
export function layerKey(path: string, j: number): string {
  return fileKey(path, layerName(j))
}

const layerName = (j: number) => `W${j}`

/**
 * Weights that are given, W_j of shape d_j×d_{j−1}: `path`, a safetensors file whose tensors were read ahead of the run under the names
 * of `layerKey`, or `layers`, a list of matrices (W_1 first). No defaults.
 *
 * Filling throws an `InputError` when both or neither of them are given, when the number of layers or a shape is not the network's,
 * when the file was not read, and for entries that are not finite.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[1, 2]] }) })
 * const init = weightsFile({ layers: [values({ data: [[0.1, 0]] }), values({ data: [[0.2]] })] })
 * await simulate({ loss, network: linear({ depth: 2 }), init, dynamics: gradientFlow, until: { time: 1 } })
 *
 * const files = new Map([1, 2].map((j) => [layerKey('w.safetensors', j), { rows: j, columns: 3 - j, data: [0.1, 0.2] }]))
 * const wide = whitened({ target: values({ data: [[1, 2], [3, 4]] }) })
 * const given = weightsFile({ path: 'w.safetensors' })
 * await simulate({ loss: wide, network: linear({ widths: 1 }), init: given, dynamics: gradientFlow, until: { time: 1 } }, { files })
 * ```
 */
export const weightsFile = entry(
  {
    kind: 'file',
    title: 'Given weights',
    symbol: 'W_1(0), \\dots, W_n(0)',
    help: 'weights from a file, made by PyTorch or by another run, or written out in the config',
    source: 'no source: the weights are yours',
  },
  parameters,
  {
    fill({ layers }: Parameters, spec: Parsed<typeof parameters>, context: InitContext): void {
      if ((spec.path === undefined) === (spec.layers === undefined))
        throw new InputError(
          `file: give either the path of a file with the weights, or layers; ${spec.path ? 'both' : 'neither'} of them given.`,
        )
      if (spec.layers && spec.layers.length !== layers.length)
        throw new InputError(
          `file: layers lists ${spec.layers.length} matrices, but the network has ${layers.length} layers; give ${layers.length}.`,
        )
      const { engine } = context
      for (const [j, layer] of layers.entries())
        engine.scoped(() => {
          const given = spec.layers
            ? createMatrix(spec.layers[j]!, context, `layer ${j + 1}`)
            : fileMatrix(context.files, spec.path!, layerName(j + 1))
          check(given, layer, j + 1)
          layer.data.set(given.data)
        })
    },
  },
)

function check(given: PlainMatrix, layer: PlainMatrix, j: number): void {
  if (given.rows !== layer.rows || given.columns !== layer.columns)
    throw new InputError(
      `file: layer ${j} (W_${j}) is ${given.rows}×${given.columns}, but the network's is ${layer.rows}×${layer.columns}; correct the weights or the widths of the network.`,
    )
  for (let e = 0; e < given.data.length; e++)
    if (!Number.isFinite(given.data[e]))
      throw new InputError(
        `file: layer ${j} (W_${j}) holds ${given.data[e]} in row ${Math.floor(e / given.columns)}; give finite numbers.`,
      )
}
