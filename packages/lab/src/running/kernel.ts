import { InputError, loadEngine, theory } from 'linnet'
import type { Work } from './protocol.ts'

/** More would take seconds, and no picture shows it. */
const most = 1000

/** κ_n(σ_i, σ_j) for all pairs, row by row. Throws an `InputError` for what is no depth or no singular value. */
export async function kernelOver({
  depth,
  sigmas,
}: Omit<Extract<Work, { type: 'kernel' }>, 'type'>): Promise<Float64Array<ArrayBuffer>> {
  if (!(depth >= 1 && depth < Number.POSITIVE_INFINITY))
    throw new InputError(
      `The depth ${depth} was given, but a number of at least 1 is expected: set it to 2, say.`,
    )
  const wrong = sigmas.find((sigma) => !(sigma >= 0 && sigma < Number.POSITIVE_INFINITY))
  if (wrong !== undefined)
    throw new InputError(
      `The singular value ${wrong} was given, but none is negative or without end: give numbers from 0 on.`,
    )
  if (sigmas.length > most)
    throw new InputError(
      `${sigmas.length} singular values were given, but at most ${most} are drawn: give fewer.`,
    )
  const engine = await loadEngine()
  const values = new Float64Array(sigmas.length ** 2)
  let at = 0
  for (const s of sigmas)
    for (const t of sigmas) values[at++] = theory.preconditionerKernel(engine, depth, s, t)
  return values
}
