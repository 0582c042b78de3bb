import { describe, expect, test } from 'vitest'
import { type ForeignFunctions, findBlas } from '../src/engine/blas-library.ts'

type Loaded = ReturnType<ForeignFunctions['load']>

const nothing: ForeignFunctions = {
  load: () => {
    throw new Error('no such file')
  },
  address: () => 0n,
}

/** A machine whose only library is `file` and multiplies like `dgemm`. */
function machine(file: string, dgemm: (numbers: Float64Array) => void): ForeignFunctions {
  let shown = new Float64Array()
  return {
    load(path) {
      if (path !== file) throw new Error('no such file')
      return {
        func: (name) => () => {
          if (name === 'cblas_dgemm') dgemm(shown)
          return 0
        },
      } satisfies Loaded
    },
    address(bytes) {
      shown = new Float64Array(bytes.buffer as ArrayBuffer)
      return 0n
    },
  }
}

describe('findBlas', () => {
  test('takes a library that multiplies rightly and names it', () => {
    const right = machine('libmkl_rt.so.2', (numbers) => numbers.set([4, 5, 10, 11], 12))
    const library = findBlas(right)
    expect(typeof library === 'string' ? library : library.name).toBe('libmkl_rt.so.2')
  })

  test('passes over a library that multiplies wrongly', () => {
    // what a library with 64-bit whole numbers, or one that swaps the operands, would leave
    const wrong = machine('libopenblas.so.0', (numbers) => numbers.set([1, 2, 3, 4], 12))
    expect(findBlas(wrong)).toContain('No BLAS and LAPACK was found on this machine: install one')
  })

  test('says what to do where there is none', () => {
    expect(findBlas(nothing)).toContain('apt install libopenblas0-pthread')
    expect(findBlas(nothing, '/opt/blas.so')).toContain('LINNET_BLAS names /opt/blas.so')
  })

  test('a library named by the user is the only one tried', () => {
    const right = machine('libopenblas.so.0', (numbers) => numbers.set([4, 5, 10, 11], 12))
    expect(typeof findBlas(right, 'libother.so')).toBe('string')
    expect(typeof findBlas(right, 'libopenblas.so.0')).toBe('object')
  })
})
