import { z } from 'zod'
import { InputError } from '../input-error.ts'
import type { Matrix, PlainMatrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { MatrixContext } from './matrix-source.ts'

const parameters = {
  path: z.string().min(1).meta({ description: 'path of the file, relative to the config', format: 'path' }),
  tensor: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'name of the tensor in the file; may be left out when the file holds only one' }),
}

/**
 * Under which name the map of read files holds a matrix: `weights.safetensors#W1` for a tensor of a file, the path itself
 * for the only matrix of a file. Whoever reads files ahead of a run names them like this; the library reads none itself.
 */
export function fileKey(path: string, tensor?: string): string {
  return tensor === undefined ? path : `${path}#${tensor}`
}

/** The matrix that was read from a file, or a sentence that says which ones there are. */
export function fileMatrix(
  files: ReadonlyMap<string, PlainMatrix>,
  path: string,
  tensor?: string,
): PlainMatrix {
  const found = files.get(fileKey(path, tensor))
  if (found) return found
  const tensors = [...files.keys()].filter((key) => key.startsWith(`${path}#`))
  if (tensors.length > 0)
    throw new InputError(
      `${path} holds ${tensor === undefined ? 'several tensors' : `no tensor "${tensor}"`}; give tensor as one of: ${tensors.map((key) => key.slice(path.length + 1)).join(', ')}.`,
    )
  if (files.has(path))
    throw new InputError(`${path} holds one matrix and no tensor "${tensor}"; leave tensor out.`)
  throw new InputError(
    `The file ${path} has not been read; read are: ${[...files.keys()].join(', ') || 'none'}. Correct path, or hand its matrix in under this name.`,
  )
}

/**
 * A matrix read from a file ahead of the run (the library reads none itself): `tensor` of a safetensors file at `path`, which may be left
 * out when the file holds only one, or a table of numbers. Files are named by `fileKey`.
 *
 * Making it throws an `InputError` when the file or tensor was not read, with the names that were, and for entries that are not finite.
 *
 * ```ts
 * const files = new Map([[fileKey('phi.csv'), { rows: 1, columns: 2, data: [3, 4] }]])
 * const loss = whitened({ target: matrixFile({ path: 'phi.csv' }) })
 * await simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } }, { files })
 * ```
 */
export const matrixFile = entry(
  {
    kind: 'file',
    title: 'Matrix from a file',
    symbol: 'W_{\\text{file}}',
    help: 'a tensor of a safetensors file or a table of numbers',
    source: 'no source: the numbers are yours',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, { engine, files }: MatrixContext): Matrix {
      const matrix = engine.copyIn(fileMatrix(files, spec.path, spec.tensor))
      if (!engine.isFinite(matrix))
        throw new InputError(
          `${fileKey(spec.path, spec.tensor)} holds entries that are not finite numbers; correct the file, or give the entries that are known to a completion.`,
        )
      return matrix
    },
  },
)
