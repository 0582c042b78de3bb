import type { Objective, Parameters, PlainMatrix } from 'linnet'

/** Layers in the memory of the engine again, W_1 first. Allocates; wrap in `engine.scoped`. */
export function placed({ network }: Objective, layers: readonly PlainMatrix[]): Parameters {
  const theta = network.allocate()
  for (const [j, layer] of theta.layers.entries()) layer.data.set(layers[j]!.data)
  return theta
}
