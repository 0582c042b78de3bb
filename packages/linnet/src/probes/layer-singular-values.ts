import type { Objective } from '../dynamics/objective.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { count, counted } from './counted.ts'
import type { Column, Probe } from './probe.ts'

const parameters = { count }

/**
 * The largest singular values of every layer. Columns `layer1SingularValue1`, …, layer by layer, W_1 first; at most
 * min(d_j, d_{j−1}) of them a layer. `layerSingularValues(3)` is short for `layerSingularValues({ count: 3 })`; default 10.
 */
export const layerSingularValues = counted(
  entry(
    {
      kind: 'layerSingularValues',
      title: 'Singular values of the layers',
      symbol: '\\sigma_r(W_j)',
      help: 'the largest singular values of every layer: equal across balanced layers, and the n-th roots of those of W',
      source: 'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), proof of theorem 1',
    },
    parameters,
    {
      create(spec: Parsed<typeof parameters>, { network }: Objective): Probe {
        const shown = network.shapes.map(([rows, columns]) => Math.min(spec.count, rows, columns))
        const columns = shown.flatMap((some, index) =>
          Array.from({ length: some }, (_, r) => column(index + 1, r + 1)),
        )
        return {
          columns,
          read: (moment) =>
            shown.flatMap((some, index) =>
              Array.from(moment.layerSingularValues(index + 1).subarray(0, some)),
            ),
        }
      },
    },
  ),
)

function column(layer: number, r: number): Column {
  return {
    name: `layer${layer}SingularValue${r}`,
    symbol: `\\sigma_{${r}}(W_{${layer}})`,
    help: `singular value number ${r} of layer ${layer}, descending`,
  }
}
