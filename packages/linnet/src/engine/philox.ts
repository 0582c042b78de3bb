import type { KernelExports } from '@linnet/kernels'
import { InputError } from '../input-error.ts'
import type { EngineMemory } from './memory.ts'
import type { Random } from './random.ts'

/** The kernels draw by position: all that a source has to remember is its key and how much it has given out. */
interface Key {
  readonly low: number
  readonly high: number
}

/** Long enough for any label that a person would write. */
const LONGEST_LABEL = 120
/** One byte for the kind of label, two for each of its letters. */
const LABEL_BYTES = 1 + 2 * LONGEST_LABEL
/** Whole numbers below this have room in 32 bits with a sign, as indices do. */
const LARGEST_TOTAL = 2 ** 31 - 1

/** Everything that random sources of one engine share: where kernels read labels and write single numbers. */
export function randomSources(kernels: KernelExports, memory: EngineMemory): (seed: number) => Random {
  const number = memory.matrix(1, 1)
  const key = memory.emptyIndices(2)
  const label = memory.allocate(LABEL_BYTES)

  function writeLabel(name: string | number): number {
    const text = String(name)
    if (text.length > LONGEST_LABEL)
      throw new RangeError(`The label '${text}' has ${text.length} letters: use ${LONGEST_LABEL} at most.`)
    const bytes = memory.bytesAt(label, LABEL_BYTES)
    bytes[0] = typeof name === 'number' ? 1 : 0 // 7 and '7' are different labels
    for (let i = 0; i < text.length; i++) {
      bytes[1 + 2 * i] = text.charCodeAt(i) & 0xff
      bytes[2 + 2 * i] = text.charCodeAt(i) >> 8
    }
    return 1 + 2 * text.length
  }

  function derived({ low, high }: Key, name: string | number): Key {
    kernels.deriveKey(key.pointer, low, high, label, writeLabel(name))
    return { low: key.data[0]! >>> 0, high: key.data[1]! >>> 0 }
  }

  function source(from: Key): Random {
    const { low, high } = from
    let normals = 0
    let uniforms = 0
    let subsets = 0 // a subset or an order takes a whole stream: how many numbers it uses depends on them
    return {
      split: (name) => source(derived(from, name)),
      normalInto(out) {
        memory.own(out)
        const count = out.rows * out.columns
        kernels.fillNormal(out.pointer, count, low, high, 0, normals)
        normals += count
      },
      uniformInto(out) {
        memory.own(out)
        const count = out.rows * out.columns
        kernels.fillUniform(out.pointer, count, low, high, 0, uniforms)
        uniforms += count
      },
      sample(count, total) {
        const whole = Number.isInteger(count) && Number.isInteger(total)
        if (!whole || count < 0 || count > total || total > LARGEST_TOTAL)
          throw new InputError(
            `Cannot choose ${count} of ${total}: both must be whole numbers, the first from 0 to the second, the second below 2^31.`,
          )
        const chosen = memory.emptyIndices(count)
        memory.scoped(() => {
          const scratch = memory.allocate(kernels.sampleScratch(total))
          kernels.sampleWithoutReplacement(chosen.pointer, count, total, low, high, subsets++, scratch)
        })
        return chosen
      },
      permutation(total) {
        if (!Number.isInteger(total) || total < 0 || total > LARGEST_TOTAL)
          throw new InputError(`Cannot order ${total} numbers: give a whole number from 0 to 2^31 − 1.`)
        const order = memory.emptyIndices(total)
        const data = order.data
        for (let i = 0; i < total; i++) data[i] = i
        kernels.shuffle(order.pointer, total, low, high, subsets++)
        return order
      },
      normal() {
        kernels.fillNormal(number.pointer, 1, low, high, 0, normals++)
        return number.data[0]!
      },
      uniform() {
        kernels.fillUniform(number.pointer, 1, low, high, 0, uniforms++)
        return number.data[0]!
      },
    }
  }

  return (seed) => {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new InputError(`The seed ${seed} is not a whole number from 0 to 2^53 − 1: give one.`)
    return source({ low: seed >>> 0, high: Math.floor(seed / 2 ** 32) })
  }
}
