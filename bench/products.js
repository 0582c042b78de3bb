// Products of square matrices, float64.
import { contest, ours, peer } from './contest.js'

const SIZES = [4, 16, 32, 100, 256, 512]
const cases = SIZES.map((size) => ({ key: `d=${size}`, size }))

export function run(rounds) {
  const results = contest(
    {
      strict: () => ours('products', { cases, engine: 'strict' }),
      fma: () => ours('products', { cases, engine: 'fma' }),
      blas: () => ours('products', { cases, engine: 'blas' }),
      NumPy: () => peer('products', { cases }),
    },
    rounds,
  )
  return {
    title: 'Matrix products, float64, one thread',
    unit: 'GFLOP/s',
    rows: cases.map(({ key }) => key),
    results,
    targets: [],
  }
}
