import { describe, expect, it } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import { InputError } from '../src/input-error.ts'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import { probes } from '../src/probes/index.ts'
import { makeProbe, momentOf, probeSpec, product, read, readMatrix, times } from './probe-reading.ts'
import { gaussianLayers } from './theory-instances.ts'
import { gaussian, orthonormal, restingAccounts, setting } from './theory-setting.ts'

const engine = await loadEngine()
const widths = [4, 5, 6, 3]
const objective = setting(engine, widths, gaussian(engine, 2, 3, 4))
const layers = gaussianLayers(engine, widths)

describe('singular values', () => {
  it('take the bare count', () => {
    expect(probes.singularValues(2)).toEqual({ kind: 'singularValues', count: 2 })
    expect(probes.layerSingularValues(1)).toEqual({ kind: 'layerSingularValues', count: 1 })
    expect(probeSpec.parse(probes.singularValues)).toEqual({ kind: 'singularValues', count: 10 })
    expect(probeSpec.parse(probes.singularValues())).toEqual({ kind: 'singularValues', count: 10 })
    expect(Object.keys(read(objective, layers, probes.singularValues(2)))).toEqual([
      'singularValue1',
      'singularValue2',
    ])
    expect(() => probeSpec.parse(probes.singularValues(0))).toThrow()
  })

  it('stop at the number there is', () => {
    expect(Object.keys(read(objective, layers, probes.singularValues(99)))).toHaveLength(3)
    expect(Object.keys(read(objective, layers, probes.layerSingularValues(99)))).toHaveLength(4 + 5 + 3)
    expect(read(objective, layers, probes.layerSingularValues(1))).toEqual(
      Object.fromEntries(
        layers.map((layer, j) => [
          `layer${j + 1}SingularValue1`,
          engine.singularValues(engine.copyIn(layer))[0],
        ]),
      ),
    )
  })
})

describe('reconstruction error', () => {
  const truth = gaussian(engine, 2, 3, 4)
  const W = gaussian(engine, 14, 3, 4)
  const squares = Array.from(W.data, (x, i) => (x - truth.data[i]!) ** 2).reduce((a, b) => a + b)
  const size = Math.sqrt(Array.from(truth.data, (x) => x * x).reduce((a, b) => a + b))

  it.each([
    ['meanSquare', 'reconstructionError', squares / 12],
    ['frobenius', 'reconstructionErrorFrobenius', Math.sqrt(squares)],
    ['relative', 'reconstructionErrorRelative', Math.sqrt(squares) / size],
  ] as const)('as %s', (measure, column, expected) => {
    const objective = setting(engine, [4, 3], truth)
    const values = read(objective, [W], probes.reconstructionError({ measure }))
    expect(Object.keys(values)).toEqual([column])
    expect(values[column]).toBeCloseTo(expected, 13)
    expect(read(objective, [truth], probes.reconstructionError({ measure }))[column]).toBe(0)
  })

  it('refuses at creation what would be no number', () => {
    const { truth: _, ...loss } = objective.loss
    expect(() => makeProbe({ ...objective, loss }, probes.reconstructionError)).toThrow(InputError)
    const zero = setting(engine, [4, 3], times(truth, 0))
    expect(() => makeProbe(zero, probes.reconstructionError({ measure: 'relative' }))).toThrow(InputError)
  })
})

describe('unbalancedness', () => {
  const Q = [4, 5, 6, 3].map((width, j) => orthonormal(engine, 20 + j, width, 3))
  const transpose = (A: PlainMatrix) => {
    const out = engine.matrix(A.columns, A.rows)
    engine.transposeInto(out, engine.copyIn(A))
    return out
  }
  const balanced = [1, 2, 3].map((j) => product(engine, Q[j]!, transpose(Q[j - 1]!)))

  it('is round-off for balanced layers, and 0 at depth 1', () => {
    const values = read(objective, balanced, probes.unbalancedness)
    expect(values.unbalancedness).toBeLessThan(1e-14)
    expect(values.relativeUnbalancedness).toBeLessThan(1e-14)
    expect(readMatrix(engine, gaussian(engine, 1, 3, 4), probes.unbalancedness)).toBe(0)
  })

  it('is what it says: 3·‖QQᵀ‖_F and (4−1)/(4+1) when the last layer is doubled', () => {
    const values = read(
      objective,
      [balanced[0]!, balanced[1]!, times(balanced[2]!, 2)],
      probes.unbalancedness,
    )
    expect(values.unbalancedness).toBeCloseTo(3 * Math.sqrt(3), 13)
    expect(values.relativeUnbalancedness).toBeCloseTo(3 / 5, 13)
  })
})

describe('the rest', () => {
  it('loss and gradient norm come from the objective', () => {
    const moment = momentOf(objective, layers)
    expect(makeProbe(objective, probes.loss).read(moment)[0]).toBe(objective.value(moment.weights))
    const norm = Math.sqrt(moment.gradient.layers.reduce((sum, g) => sum + engine.dot(g, g), 0))
    expect(makeProbe(objective, probes.gradientNorm).read(moment)[0]).toBeCloseTo(norm, 12)
  })

  it('the spectral radius is what the accounts say, or not a number', () => {
    const probe = makeProbe(objective, probes.spectralRadius)
    expect(probe.read(momentOf(objective, layers))[0]).toBeNaN()
    expect(probe.read(momentOf(objective, layers, { ...restingAccounts, spectralRadius: 7 }))[0]).toBe(7)
  })

  it('Schatten norms are nuclear and Frobenius at exponents 1 and 2, and 2/n by default', () => {
    const W = gaussian(engine, 8, 4, 6)
    expect(readMatrix(engine, W, probes.schattenNorm({ exponent: 1 }))).toBeCloseTo(
      readMatrix(engine, W, probes.nuclearNorm),
      12,
    )
    expect(readMatrix(engine, W, probes.schattenNorm)).toBeCloseTo(
      readMatrix(engine, W, probes.frobeniusNorm),
      12,
    )
    const deep = read(objective, layers, probes.schattenNorm).schattenNorm
    expect(deep).toBe(
      read(objective, layers, probes.schattenNorm({ exponent: 2 / 3 }))[`schattenNorm${2 / 3}`],
    )
  })

  it('the determinant sign of square layers is trusted where W has underflowed into round-off', () => {
    const square = setting(engine, [2, 2, 2, 2, 2], gaussian(engine, 1, 2, 2))
    const flip = { rows: 2, columns: 2, data: [1, 0, 0, -1e-9] }
    const plain = { rows: 2, columns: 2, data: [1, 0, 0, 1e-9] }
    expect(read(square, [flip, plain, plain, plain], probes.determinantSign)).toEqual({ determinantSign: -1 })
    expect(read(square, [flip, plain, plain, flip], probes.determinantSign)).toEqual({ determinantSign: 1 })
    const singular = { rows: 2, columns: 2, data: [1, 2, 2, 4] }
    expect(read(square, [flip, plain, singular, plain], probes.determinantSign)).toEqual({
      determinantSign: 0,
    })
  })

  it('the numerical rank takes a relative threshold', () => {
    const W = { rows: 3, columns: 3, data: [1, 0, 0, 0, 0.1, 0, 0, 0, 0.001] }
    expect(readMatrix(engine, W, probes.numericalRank)).toBe(3)
    expect(readMatrix(engine, W, probes.numericalRank({ relative: 0.01 }))).toBe(2)
  })
})
