// Run by a second Node (which strips types by itself): prints the bits of one run, for comparison.
import { type EngineName, loadEngine, simulate } from 'linnet'
import { bitsOf, configs } from './reproducibility.ts'

const [, , name, engine] = process.argv
const run = await simulate(configs[name!]!, { engine: await loadEngine(engine as EngineName) })
process.stdout.write(bitsOf(run))
