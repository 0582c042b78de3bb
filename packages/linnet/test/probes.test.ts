import { describe, expect, it } from 'vitest'
import type { Objective } from '../src/dynamics/objective.ts'
import { loadEngine } from '../src/engine/load.ts'
import { InputError } from '../src/input-error.ts'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import { probes } from '../src/probes/index.ts'
import type { Probe } from '../src/probes/probe.ts'
import { specOf } from '../src/registry/spec.ts'
import { fixture } from './making.ts'
import { momentOf } from './probe-moment.ts'
import { gaussianLayers } from './theory-instances.ts'
import { gaussian, orthonormal, restingAccounts, setting } from './theory-setting.ts'

const engine = await loadEngine()
const schema = specOf(probes)

function make(objective: Objective, spec: Parameters<typeof schema.parse>[0]): Probe {
  const parsed = schema.parse(spec)
  return probes.get(parsed.kind).create(parsed, objective)
}

/** Column name → value at the given layers. */
function read(
  objective: Objective,
  layers: readonly PlainMatrix[],
  spec: Parameters<typeof schema.parse>[0],
): Record<string, number> {
  const probe = make(objective, spec)
  const values = probe.read(momentOf(objective, layers))
  expect(values).toHaveLength(probe.columns.length)
  return Object.fromEntries(probe.columns.map(({ name }, i) => [name, values[i]!]))
}

/** A single layer: W itself. */
function readMatrix(W: PlainMatrix, spec: Parameters<typeof schema.parse>[0], target?: PlainMatrix): number {
  const objective = setting(engine, [W.columns, W.rows], target ?? gaussian(engine, 1, W.rows, W.columns))
  return Object.values(read(objective, [W], spec))[0]!
}

const widths = [4, 5, 6, 3]
const objective = setting(engine, widths, gaussian(engine, 2, 3, 4))
const layers = gaussianLayers(engine, widths)

function times(layer: PlainMatrix, factor: number): PlainMatrix {
  return { ...layer, data: Array.from(layer.data, (x) => factor * x) }
}

function product(a: PlainMatrix, b: PlainMatrix): PlainMatrix {
  const out = engine.matrix(a.rows, b.columns)
  engine.multiplyInto(out, engine.copyIn(a), engine.copyIn(b))
  return out
}

describe.each(probes.entries.map((entry) => [entry.kind, entry] as const))('%s', (kind, entry) => {
  it('stands for itself as a spec without options', () => {
    expect(schema.parse(entry as never)).toMatchObject({ kind })
  })

  it('reads one number a column, and names columns uniquely', () => {
    const probe = make(objective, { kind })
    expect(probe.read(momentOf(objective, layers))).toHaveLength(probe.columns.length)
    const names = probe.columns.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const column of probe.columns) {
      expect(column.name).toMatch(/^[a-zA-Z][a-zA-Z0-9.]*$/)
      expect(column.symbol.length * column.help.length).toBeGreaterThan(0)
    }
  })

  it('reads the same twice, and keeps what it read', () => {
    const probe = make(objective, { kind })
    const moment = momentOf(objective, layers)
    const first = Array.from(probe.read(moment))
    probe.read(
      momentOf(
        objective,
        layers.map((layer) => times(layer, 2)),
      ),
    )
    expect(Array.from(probe.read(moment))).toEqual(first)
  })

  it('can be read where all weights are zero', () => {
    const values = make(objective, { kind }).read(
      momentOf(
        objective,
        layers.map((layer) => times(layer, 0)),
      ),
    )
    for (const value of Array.from(values)) expect(Number.isFinite(value) || Number.isNaN(value)).toBe(true)
  })
})

describe('all probes together', () => {
  it('have columns of different names', () => {
    const names = probes.entries.flatMap((entry) =>
      make(objective, { kind: entry.kind }).columns.map((c) => c.name),
    )
    expect(new Set(names).size).toBe(names.length)
  })
})

interface Spectrum {
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly entries: number[]
  readonly [probe: string]: unknown
}

describe('norms and ranks against NumPy', () => {
  const ofMatrix = [
    'nuclearNorm',
    'frobeniusNorm',
    'spectralNorm',
    'effectiveRank',
    'participationRank',
    'stableRank',
    'numericalRank',
  ]

  it.each(fixture<Spectrum[]>('spectra').map((one) => [one.name, one] as const))('%s', (_, one) => {
    const W = { rows: one.rows, columns: one.columns, data: one.entries }
    const near = (spec: Parameters<typeof schema.parse>[0], expected: number) =>
      expect(Math.abs(readMatrix(W, spec) - expected)).toBeLessThanOrEqual(1e-13 * Math.abs(expected))
    for (const kind of ofMatrix) near({ kind }, one[kind] as number)
    near(probes.schattenNorm({ exponent: 2 / 3 }), one.schattenNorm as number)
    if (one.rows === one.columns) expect(readMatrix(W, probes.determinantSign)).toBe(one.determinantSign)
    else expect(readMatrix(W, probes.determinantSign)).toBeNaN()
  })
})

const scaleInvariant = [
  'effectiveRank',
  'participationRank',
  'stableRank',
  'numericalRank',
  'determinantSign',
]
const homogeneous = ['nuclearNorm', 'frobeniusNorm', 'spectralNorm', 'schattenNorm', 'singularValues']
const ranks = ['effectiveRank', 'participationRank', 'stableRank', 'numericalRank']

describe('invariances', () => {
  const W = gaussian(engine, 8, 5, 5)
  const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-13 * Math.abs(b))

  it.each(scaleInvariant)('%s does not change with the scale', (kind) => {
    for (const factor of [3, 1e-8, 1e100])
      close(readMatrix(times(W, factor), { kind }), readMatrix(W, { kind }))
  })

  it.each(homogeneous)('%s grows with the scale', (kind) => {
    for (const factor of [3, 1e-8, 1e100])
      close(readMatrix(times(W, factor), { kind }), factor * readMatrix(W, { kind }))
  })

  it.each([...homogeneous, ...ranks])('%s does not change with orthogonal transformations', (kind) => {
    const turned = product(product(orthonormal(engine, 9, 5, 5), W), orthonormal(engine, 10, 5, 5))
    close(readMatrix(turned, { kind }), readMatrix(W, { kind }))
  })

  it.each(ranks)('%s of an orthogonal matrix is its size, of rank one is one, of zero is %s', (kind) => {
    for (const size of [1, 4, 7]) {
      close(readMatrix(times(orthonormal(engine, 11, size, size), 0.3), { kind }), size)
      const one = product(gaussian(engine, 12, size, 1), gaussian(engine, 13, 1, 5))
      close(readMatrix(one, { kind }), 1)
    }
    const zero = readMatrix(times(W, 0), { kind })
    if (kind === 'numericalRank') expect(zero).toBe(0)
    else expect(zero).toBeNaN()
  })

  it('stable rank ≤ participation rank ≤ effective rank ≤ rank', () => {
    for (let seed = 0; seed < 50; seed++) {
      const rank = 1 + (seed % 4)
      const A = product(gaussian(engine, seed, 6, rank), gaussian(engine, seed + 100, rank, 5))
      const [stable, participation, effective, numerical] = [
        'stableRank',
        'participationRank',
        'effectiveRank',
        'numericalRank',
      ].map((kind) => readMatrix(A, { kind })) as [number, number, number, number]
      const order = [1, stable, participation, effective, rank]
      for (let i = 1; i < order.length; i++)
        expect(order[i - 1]!).toBeLessThanOrEqual(order[i]! * (1 + 1e-12))
      expect(numerical).toBe(rank)
    }
  })
})

describe('singular values', () => {
  it('take the bare count', () => {
    expect(probes.singularValues(2)).toEqual({ kind: 'singularValues', count: 2 })
    expect(probes.layerSingularValues(1)).toEqual({ kind: 'layerSingularValues', count: 1 })
    expect(schema.parse(probes.singularValues)).toEqual({ kind: 'singularValues', count: 10 })
    expect(schema.parse(probes.singularValues())).toEqual({ kind: 'singularValues', count: 10 })
    expect(Object.keys(read(objective, layers, probes.singularValues(2)))).toEqual([
      'singularValue1',
      'singularValue2',
    ])
    expect(() => schema.parse(probes.singularValues(0))).toThrow()
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
    expect(() => make({ ...objective, loss }, probes.reconstructionError)).toThrow(InputError)
    const zero = setting(engine, [4, 3], times(truth, 0))
    expect(() => make(zero, probes.reconstructionError({ measure: 'relative' }))).toThrow(InputError)
  })
})

describe('unbalancedness', () => {
  const Q = [4, 5, 6, 3].map((width, j) => orthonormal(engine, 20 + j, width, 3))
  const transpose = (A: PlainMatrix) => {
    const out = engine.matrix(A.columns, A.rows)
    engine.transposeInto(out, engine.copyIn(A))
    return out
  }
  const balanced = [1, 2, 3].map((j) => product(Q[j]!, transpose(Q[j - 1]!)))

  it('is round-off for balanced layers, and 0 at depth 1', () => {
    const values = read(objective, balanced, probes.unbalancedness)
    expect(values.unbalancedness).toBeLessThan(1e-14)
    expect(values.relativeUnbalancedness).toBeLessThan(1e-14)
    expect(readMatrix(gaussian(engine, 1, 3, 4), probes.unbalancedness)).toBe(0)
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
    expect(make(objective, probes.loss).read(moment)[0]).toBe(objective.value(moment.weights))
    const norm = Math.sqrt(moment.gradient.layers.reduce((sum, g) => sum + engine.dot(g, g), 0))
    expect(make(objective, probes.gradientNorm).read(moment)[0]).toBeCloseTo(norm, 12)
  })

  it('the spectral radius is what the accounts say, or not a number', () => {
    const probe = make(objective, probes.spectralRadius)
    expect(probe.read(momentOf(objective, layers))[0]).toBeNaN()
    expect(probe.read(momentOf(objective, layers, { ...restingAccounts, spectralRadius: 7 }))[0]).toBe(7)
  })

  it('Schatten norms are nuclear and Frobenius at exponents 1 and 2, and 2/n by default', () => {
    const W = gaussian(engine, 8, 4, 6)
    expect(readMatrix(W, probes.schattenNorm({ exponent: 1 }))).toBeCloseTo(
      readMatrix(W, probes.nuclearNorm),
      12,
    )
    expect(readMatrix(W, probes.schattenNorm)).toBeCloseTo(readMatrix(W, probes.frobeniusNorm), 12)
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
    expect(readMatrix(W, probes.numericalRank)).toBe(3)
    expect(readMatrix(W, probes.numericalRank({ relative: 0.01 }))).toBe(2)
  })
})
