import { describe, expect, it } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import { probes } from '../src/probes/index.ts'
import type { SpecInput } from '../src/registry/spec.ts'
import { fixture } from './making.ts'
import { makeProbe, momentOf, probeSpec, product, readMatrix, times } from './probe-reading.ts'
import { gaussianLayers } from './theory-instances.ts'
import { gaussian, orthonormal, setting } from './theory-setting.ts'

const engine = await loadEngine()
const widths = [4, 5, 6, 3]
const objective = setting(engine, widths, gaussian(engine, 2, 3, 4))
const layers = gaussianLayers(engine, widths)

describe.each(probes.entries.map((entry) => [entry.kind, entry] as const))('%s', (kind, entry) => {
  it('stands for itself as a spec without options', () => {
    expect(probeSpec.parse(entry as never)).toMatchObject({ kind })
  })

  it('reads one number a column, and names columns uniquely', () => {
    const probe = makeProbe(objective, { kind })
    expect(probe.read(momentOf(objective, layers))).toHaveLength(probe.columns.length)
    const names = probe.columns.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const column of probe.columns) {
      expect(column.name).toMatch(/^[a-zA-Z][a-zA-Z0-9.]*$/)
      expect(column.symbol.length * column.help.length).toBeGreaterThan(0)
    }
  })

  it('reads the same twice, and keeps what it read', () => {
    const probe = makeProbe(objective, { kind })
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
    const values = makeProbe(objective, { kind }).read(
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
      makeProbe(objective, { kind: entry.kind }).columns.map((c) => c.name),
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
    const near = (spec: SpecInput, expected: number) =>
      expect(Math.abs(readMatrix(engine, W, spec) - expected)).toBeLessThanOrEqual(1e-13 * Math.abs(expected))
    for (const kind of ofMatrix) near({ kind }, one[kind] as number)
    near(probes.schattenNorm({ exponent: 2 / 3 }), one.schattenNorm as number)
    if (one.rows === one.columns)
      expect(readMatrix(engine, W, probes.determinantSign)).toBe(one.determinantSign)
    else expect(readMatrix(engine, W, probes.determinantSign)).toBeNaN()
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
      close(readMatrix(engine, times(W, factor), { kind }), readMatrix(engine, W, { kind }))
  })

  it.each(homogeneous)('%s grows with the scale', (kind) => {
    for (const factor of [3, 1e-8, 1e100])
      close(readMatrix(engine, times(W, factor), { kind }), factor * readMatrix(engine, W, { kind }))
  })

  it.each([...homogeneous, ...ranks])('%s does not change with orthogonal transformations', (kind) => {
    const turned = product(
      engine,
      product(engine, orthonormal(engine, 9, 5, 5), W),
      orthonormal(engine, 10, 5, 5),
    )
    close(readMatrix(engine, turned, { kind }), readMatrix(engine, W, { kind }))
  })

  it.each(ranks)('%s of an orthogonal matrix is its size, of rank one is one, of zero is %s', (kind) => {
    for (const size of [1, 4, 7]) {
      close(readMatrix(engine, times(orthonormal(engine, 11, size, size), 0.3), { kind }), size)
      const one = product(engine, gaussian(engine, 12, size, 1), gaussian(engine, 13, 1, 5))
      close(readMatrix(engine, one, { kind }), 1)
    }
    const zero = readMatrix(engine, times(W, 0), { kind })
    if (kind === 'numericalRank') expect(zero).toBe(0)
    else expect(zero).toBeNaN()
  })

  it('stable rank ≤ participation rank ≤ effective rank ≤ rank', () => {
    for (let seed = 0; seed < 50; seed++) {
      const rank = 1 + (seed % 4)
      const A = product(engine, gaussian(engine, seed, 6, rank), gaussian(engine, seed + 100, rank, 5))
      const [stable, participation, effective, numerical] = [
        'stableRank',
        'participationRank',
        'effectiveRank',
        'numericalRank',
      ].map((kind) => readMatrix(engine, A, { kind })) as [number, number, number, number]
      const order = [1, stable, participation, effective, rank]
      for (let i = 1; i < order.length; i++)
        expect(order[i - 1]!).toBeLessThanOrEqual(order[i]! * (1 + 1e-12))
      expect(numerical).toBe(rank)
    }
  })
})
