import type { PlainMatrix } from '../linalg/matrix.ts'
import { FileError } from './file-error.ts'
import { readSafetensors, type Tensor, writeSafetensors } from './safetensors.ts'

/**
 * The layers W_1, …, W_n of a linear network from a safetensors file, W_1 first, each d_j×d_{j−1}: what `linnet` writes
 * (`layers.1.weight`, …) and what PyTorch writes for an `nn.Sequential` of `nn.Linear(…, bias=False)` (`0.weight`, `2.weight`, … or
 * `net.0.weight`, …; a single `weight` is one layer). Layers are ordered by their number; gaps in the numbers do not matter.
 *
 *     state = {name: tensor for name, tensor in model.state_dict().items()}
 *     safetensors.torch.save_file(state, 'weights.safetensors')
 *
 * Throws `FileError` for biases, tensors that are not matrices, layers that do not fit one another, NaN and ±∞, and for all
 * that `readSafetensors` refuses.
 */
export function weightsFromSafetensors(bytes: Uint8Array): PlainMatrix[] {
  const layers = inOrder([...readSafetensors(bytes)])
  if (layers.length === 0)
    throw new FileError('the file holds no tensors: save the weights of at least one layer')
  const matrices = layers.map(([name, tensor]) => matrixOf(name, tensor))
  for (const [j, matrix] of matrices.entries()) {
    const before = matrices[j - 1]
    if (before && before.rows !== matrix.columns)
      throw new FileError(
        `layer ${layers[j]![0]} is ${matrix.rows}×${matrix.columns} but the layer before it, ${layers[j - 1]![0]}, is ${before.rows}×${before.columns}: the columns of a layer must be as many as the rows of the one before`,
      )
  }
  return matrices
}

/**
 * The layers as a safetensors file that PyTorch reads: float64 tensors `layers.1.weight`, …, `layers.n.weight`, and texts beside
 * them, such as the hash of the config they came from.
 */
export function weightsToSafetensors(
  layers: readonly PlainMatrix[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const tensors = layers.map(
    ({ rows, columns, data }, j) => [`layers.${j + 1}.weight`, { shape: [rows, columns], data }] as const,
  )
  return writeSafetensors(new Map(tensors), metadata)
}

const LAYER_NAME = /^(?<prefix>.*?)(?<number>\d+)(?:\.weight)?$/

function inOrder(tensors: readonly (readonly [string, Tensor])[]): readonly (readonly [string, Tensor])[] {
  const bias = tensors.find(([name]) => /(^|\.)bias$/.test(name))
  if (bias)
    throw new FileError(
      `tensor ${JSON.stringify(bias[0])} is a bias, and linear networks here have none: save a model made with bias=False`,
    )
  if (tensors.length === 1) return tensors
  const numbered = tensors.map((tensor) => ({ tensor, ...nameParts(tensor[0]) }))
  const first = numbered[0]
  for (const { tensor, prefix } of numbered) {
    if (prefix !== first!.prefix)
      throw new FileError(
        `tensors ${JSON.stringify(first!.tensor[0])} and ${JSON.stringify(tensor[0])} are not layers of one network: name them alike, as in layers.1.weight, layers.2.weight`,
      )
  }
  numbered.sort((a, b) => a.number - b.number)
  const twice = numbered.find((layer, i) => layer.number === numbered[i - 1]?.number)
  if (twice)
    throw new FileError(
      `two tensors have the layer number ${twice.number}, one of them ${JSON.stringify(twice.tensor[0])}: give each layer its own`,
    )
  return numbered.map(({ tensor }) => tensor)
}

function nameParts(name: string): { prefix: string; number: number } {
  const groups = LAYER_NAME.exec(name)?.groups
  if (!groups)
    throw new FileError(
      `tensor ${JSON.stringify(name)} carries no layer number: name the layers as in layers.1.weight, layers.2.weight`,
    )
  return { prefix: groups.prefix!, number: Number(groups.number) }
}

function matrixOf(name: string, { shape, data }: Tensor): PlainMatrix {
  const [rows, columns] = shape
  if (shape.length !== 2 || rows === 0 || columns === 0)
    throw new FileError(
      `tensor ${JSON.stringify(name)} has shape [${shape.join(', ')}], but a layer is a matrix of at least 1×1: save the weight matrices only`,
    )
  const bad = data.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new FileError(
      `tensor ${JSON.stringify(name)} holds ${data[bad]} in row ${Math.floor(bad / columns!) + 1}, column ${(bad % columns!) + 1}: weights must be finite numbers`,
    )
  return { rows: rows!, columns: columns!, data }
}
