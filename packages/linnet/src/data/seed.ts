import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { Random } from '../engine/random.ts'

/** The parameter `seed` of everything that draws random numbers. */
export const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional().meta({
  description:
    'seed of these random numbers alone; without it they follow from the seed of the config, so that this part stays the same when the rest is drawn again',
})

/** The random source of a spec: its own seed's where it has one, the one it was handed otherwise. */
export function randomOf(
  spec: { readonly seed?: number | undefined },
  context: { readonly engine: Engine; readonly random: Random },
): Random {
  return spec.seed === undefined ? context.random : context.engine.random(spec.seed)
}
