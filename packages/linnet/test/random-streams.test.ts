import { beforeAll, describe, expect, it } from 'vitest'
import {
  balanced,
  type Engine,
  gaussianMatrix,
  linear,
  loadEngine,
  logistic,
  lowRank,
  orthogonal,
  parseConfig,
  sensing,
  values,
  whitened,
} from '../src/index.ts'
import { prepare } from '../src/simulate/prepare.ts'
import { makeLoss, makeNetwork, makeWeights, relativeDistance } from './making.ts'

/** Correlations of n independent pairs are about N(0, 1/n): farther out than this many deviations once in 15 000 times. */
const DEVIATIONS = 4

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

/** Correlation of as many entries as both have, in units of its deviation under independence. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = Math.min(a.length, b.length)
  let [ab, aa, bb] = [0, 0, 0]
  for (let e = 0; e < n; e++) {
    ab += a[e]! * b[e]!
    aa += a[e]! ** 2
    bb += b[e]! ** 2
  }
  return (Math.sqrt(n) * ab) / Math.sqrt(aa * bb)
}

describe('what a loss draws', () => {
  it('measurements are independent of the truth that they measure', () => {
    const loss = makeLoss(engine, sensing({ truth: gaussianMatrix({ rows: 20, columns: 20 }), samples: 30 }))
    const { quadratic, truth } = loss
    if (quadratic?.kind !== 'sensing') throw new Error('sensing has a quadratic form of its own kind')
    const rows = Array.from({ length: 30 }, (_, i) =>
      quadratic.measurements.data.slice(400 * i, 400 * (i + 1)),
    )
    for (const row of rows) expect(Math.abs(correlation(row, truth!.data))).toBeLessThan(DEVIATIONS)
    for (const row of rows.slice(1)) expect(Math.abs(correlation(row, rows[0]!))).toBeLessThan(DEVIATIONS)
    expect(correlation(truth!.data, truth!.data)).toBeCloseTo(20, 12)
  })

  it('labels of a truth that says nothing are independent of the inputs', () => {
    const [samples, width] = [400, 2]
    const loss = makeLoss(
      engine,
      logistic({
        truth: values({
          data: [
            [0, 0],
            [0, 0],
          ],
        }),
        samples,
        labelling: 'sampled',
      }),
    )
    const inputs = engine.matrix(samples, width)
    engine.random(1).split('loss').split('inputs').normalInto(inputs)
    const W = engine.matrix(2, width)
    const gradient = engine.matrix(2, width)
    const labels = Array.from({ length: samples }, (_, i) => {
      loss.batchGradientInto(gradient, W, Int32Array.of(i))
      // At W = 0 row 0 is x/2 for the label 1, −x/2 for the label 0.
      const ratio = gradient.data[0]! / (inputs.data[i * width]! / 2)
      expect(Math.abs(Math.abs(ratio) - 1)).toBeLessThan(1e-12)
      return Math.sign(ratio)
    })
    const [x, y] = [0, 1].map((k) => labels.map((_, i) => inputs.data[i * width + k]!)) as [
      number[],
      number[],
    ]
    const size = x.map((one, i) => Math.hypot(one, y[i]!))
    const mean = size.reduce((sum, one) => sum + one, 0) / samples
    const readings = [
      x,
      y,
      size.map((one) => one - mean),
      x.map((one, i) => one * y[i]!),
      x.map((one, i) => one ** 2 - y[i]! ** 2),
      labels.map(() => 1),
    ]
    for (const reading of readings) expect(Math.abs(correlation(labels, reading))).toBeLessThan(DEVIATIONS)
  })
})

describe.each([
  { kind: 'balanced', spec: balanced({ scale: 1 }) },
  { kind: 'orthogonal', spec: orthogonal({ scale: 1 }) },
])('$kind', ({ spec }) => {
  it('turns every layer by frames of its own', () => {
    const loss = makeLoss(engine, whitened({ target: gaussianMatrix({ rows: 6, columns: 6 }) }))
    const network = makeNetwork(engine, linear({ depth: 5 }), loss.shape)
    const { layers } = makeWeights({ engine, network, loss }, spec)
    const transpose = engine.matrix(6, 6)
    for (const [j, layer] of layers.entries()) {
      // Independent frames are about √2 apart.
      for (const other of layers.slice(0, j))
        expect(relativeDistance(layer.data, other.data)).toBeGreaterThan(0.5)
      // The same frame on both sides would make the layer symmetric.
      engine.transposeInto(transpose, layer)
      expect(relativeDistance(layer.data, transpose.data)).toBeGreaterThan(0.5)
    }
  })
})

describe('the data of a config', () => {
  const data = (depth: number, init: 'orthogonal' | 'gaussian', seed: number) => {
    const config = parseConfig({
      loss: sensing({ truth: lowRank({ rows: 5, columns: 4, rank: 2 }), samples: 12, noise: 0.1 }),
      network: linear({ depth }),
      init: { kind: init },
      dynamics: { kind: 'gradientFlow' },
      probes: [{ kind: 'loss' }],
      until: { time: 1 },
      record: { samples: 2 },
      seed,
    })
    const { loss } = prepare(config, engine, new Map()).objective
    if (loss.quadratic?.kind !== 'sensing') throw new Error('sensing has a quadratic form of its own kind')
    const { measurements, observations } = loss.quadratic
    return [loss.truth!, measurements, observations].map((matrix) => Array.from(matrix.data))
  }

  it('stay when depth or initial weights change, and change with the seed', () => {
    const before = data(2, 'orthogonal', 1)
    expect(data(5, 'orthogonal', 1)).toEqual(before)
    expect(data(2, 'gaussian', 1)).toEqual(before)
    for (const [k, matrix] of data(2, 'orthogonal', 2).entries()) expect(matrix).not.toEqual(before[k])
  })
})
