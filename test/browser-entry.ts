// What the page runs: the library itself, unchanged. Results travel as hex bits, so that equal means equal.
import { type EngineName, loadEngine, simulate } from 'linnet'
import { bitsOf, configs, scalarBits } from './reproducibility.ts'

export async function trajectoryBits(name: string, engine: EngineName): Promise<string> {
  return bitsOf(await simulate(configs[name]!, { engine: await loadEngine(engine) }))
}

export async function elementaryBits(engine: EngineName): Promise<string> {
  return scalarBits(await loadEngine(engine))
}
