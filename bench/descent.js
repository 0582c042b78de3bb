// Gradient descent on masked matrix completion: 20 % of the entries seen, mean squared loss, float64.
import { contest, ours, peer } from './contest.js'

const SIZES = [10, 30, 100, 256]
const DEPTHS = [2, 3]
const DENSITY = 0.2

const key = (depth, size) => `depth ${depth}, d=${size}`
const cases = DEPTHS.flatMap((depth) =>
  SIZES.map((size) => ({ key: key(depth, size), depth, size, density: DENSITY })),
)
const task = { cases, scale: 1, stepSize: 0.1 }

export function run(rounds) {
  const results = contest(
    {
      strict: () => ours('descent', { ...task, engine: 'strict' }),
      fma: () => ours('descent', { ...task, engine: 'fma' }),
      blas: () => ours('descent', { ...task, engine: 'blas' }),
      'PyTorch autograd': () => peer('descent_torch', task),
      'NumPy by hand': () => peer('descent_numpy', task),
    },
    rounds,
  )
  return {
    title: 'Gradient descent on masked completion, 20 % observed, float64, one thread',
    unit: 'steps/s',
    rows: cases.map((each) => each.key),
    results,
    targets: targets(),
  }
}

function targets() {
  const against = (ours, size, least) => ({
    what: `${ours} against PyTorch autograd`,
    key: key(3, size),
    ours,
    peer: 'PyTorch autograd',
    least,
  })
  return [
    against('fma', 10, 30),
    against('fma', 30, 4),
    against('fma', 100, 0.9),
    against('blas', 100, 1.5),
    against('blas', 256, 1.3),
    // strict within 1.4× of fma
    ...SIZES.map((size) => ({
      what: 'strict against fma',
      key: key(3, size),
      ours: 'strict',
      peer: 'fma',
      least: 1 / 1.4,
    })),
  ]
}
