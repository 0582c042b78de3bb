import type { Kernels } from '@linnet/kernels'
import type { LapackRoutine } from './blas-library.ts'
import type { ProcessMemory } from './blas-memory.ts'

/** An array in the engine's memory, by its byte offset. */
export interface ArrayAt {
  readonly at: number
}

/** A letter, a 32-bit whole number, or an array. */
export type Argument = string | number | ArrayAt

/** How LAPACK is called: everything by address, single values too, which are written down in the engine's memory first. */
export interface Fortran {
  /** Calls with the arguments before the last one, INFO, and returns INFO: 0 when all went well. */
  call(routine: LapackRoutine, ...given: readonly Argument[]): number
  /** The workspace that a routine asks for, in numbers, when it is given −1 for its length and `answer` for its place. */
  workspace(routine: LapackRoutine, ...given: readonly Argument[]): number
  /** Room for two numbers. */
  readonly answer: ArrayAt
}

/** More arguments than any routine called here has. */
const SLOTS = 16
const SLOT_BYTES = 8

export function fortran(kernels: Kernels, place: ProcessMemory): Fortran {
  const slots = kernels.exports.allocate((SLOTS + 2) * SLOT_BYTES)
  const info = slots + (SLOTS - 1) * SLOT_BYTES
  const answer = { at: slots + SLOTS * SLOT_BYTES }

  function call(routine: LapackRoutine, ...given: readonly Argument[]): number {
    const view = new DataView(kernels.memory.buffer)
    const addresses = given.map((argument, i) => {
      if (typeof argument === 'object') return place.at(argument.at)
      const slot = slots + i * SLOT_BYTES
      view.setInt32(slot, typeof argument === 'string' ? argument.charCodeAt(0) : argument, true)
      return place.at(slot)
    })
    view.setInt32(info, 0, true)
    routine(...addresses, place.at(info))
    return view.getInt32(info, true)
  }

  return {
    call,
    answer,
    workspace(routine, ...given) {
      call(routine, ...given)
      return Math.ceil(new DataView(kernels.memory.buffer).getFloat64(answer.at, true))
    },
  }
}
