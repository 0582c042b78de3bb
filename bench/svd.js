// Singular value decompositions of Gaussian matrices against LAPACK.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadEngine } from 'linnet'
import { contest, ours, peer } from './contest.js'

const SIZES = [30, 100, 256]
const ENGINES = ['strict', 'fma', 'blas']
const PEER = 'LAPACK (NumPy)'

async function storeMatrices(folder) {
  const engine = await loadEngine()
  return SIZES.map((size) => {
    const matrix = engine.matrix(size, size)
    engine.random(1).normalInto(matrix)
    const file = join(folder, `${size}.float64`)
    writeFileSync(file, matrix.data)
    return { key: `d=${size}`, size, file }
  })
}

export async function run(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const cases = await storeMatrices(folder)
    const contestants = Object.fromEntries(
      ENGINES.map((engine) => [engine, () => ours('svd', { cases, engine })]),
    )
    const results = contest({ ...contestants, [PEER]: () => peer('svd', { cases }) }, rounds, 'less')
    const notes = accuracy(cases, results)
    for (const result of Object.values(results)) delete result.values // said in the notes
    return {
      title: 'Singular values and thin SVD, float64, one thread',
      unit: 'ms',
      better: 'less',
      rows: cases.flatMap(({ key }) => [`${key} values`, `${key} full`]),
      results,
      targets: targets(),
      notes,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function targets() {
  return ['strict', 'fma'].flatMap((engine) =>
    [100, 256].flatMap((size) => [
      {
        what: `${engine}, values only, against LAPACK`,
        key: `d=${size} values`,
        ours: engine,
        peer: PEER,
        least: 1 / 2.5,
      },
      {
        what: `${engine}, full, against LAPACK`,
        key: `d=${size} full`,
        ours: engine,
        peer: PEER,
        least: 1 / 5,
      },
    ]),
  )
}

function accuracy(cases, results) {
  const lapack = results[PEER]
  return cases.flatMap(({ key }) =>
    Object.entries(results)
      .filter(([, result]) => !result.absent)
      .map(([name, { errors, values }]) => {
        const residual = `${key}, ${name}: ‖A − UΣVᵀ‖ is ${errors[key].toFixed(1)} ε‖A‖`
        if (name === PEER || lapack.absent) return `${residual}.`
        const apart = Math.max(...values[key].map((value, r) => Math.abs(value - lapack.values[key][r])))
        const epsilons = apart / values[key][0] / Number.EPSILON
        return `${residual}; values within ${epsilons.toFixed(1)} ε·σ₁ of LAPACK's.`
      }),
  )
}
