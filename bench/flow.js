// Figure 3 by gradient flow against the 200 000 steps of gradient descent that the paper took.
import { contest, ours, peer } from './contest.js'

const DEPTHS = [2, 3]
const LEAST = { 2: 150, 3: 100 }
const STEPS = 5_000
const ALL_STEPS = 200_000
/** Samples at which the singular values are compared with those of a far finer tolerance. */
const SAMPLES = 20
const FINE = 1e-9
/** What the first eight singular values at the horizon may be off by, relative. */
const DEVIATION = 1e-4
const PEER = 'PyTorch, 200 000 steps (extrapolated)'

const key = (depth) => `depth ${depth}`

/** One engine's flows of both depths as one answer. */
function flows(engine) {
  const answers = DEPTHS.map((depth) =>
    ours('flow', { key: key(depth), engine, depth, samples: 1, repeats: 3 }),
  )
  const absent = answers.find((answer) => answer.absent)
  if (absent) return absent
  return {
    figures: Object.assign({}, ...answers.map(({ figures }) => figures)),
    peakMemory: Math.max(...answers.map(({ peakMemory }) => peakMemory)),
    gradients: answers.map(({ gradients }) => gradients),
  }
}

export function run(rounds) {
  const cases = DEPTHS.map((depth) => ({ key: key(depth), depth }))
  const results = contest(
    {
      strict: () => flows('strict'),
      fma: () => flows('fma'),
      blas: () => flows('blas'),
      [PEER]: () => peer('figure3_torch', { cases, steps: STEPS, extrapolated: ALL_STEPS }),
    },
    rounds,
    'less',
  )
  return {
    title: 'Figure 3 (100×100, rank 5, 2 000 observed) to the full horizon, one thread',
    unit: 's',
    better: 'less',
    rows: DEPTHS.map(key),
    results,
    targets: DEPTHS.flatMap((depth) =>
      ['strict', 'fma'].map((engine) => ({
        what: `${engine} by flow against PyTorch's steps`,
        key: key(depth),
        ours: engine,
        peer: PEER,
        least: LEAST[depth],
      })),
    ),
    ...compared(results),
  }
}

/** How far the flow at the default tolerance is from one at a far finer one. */
function compared(results) {
  const checks = []
  const notes = []
  for (const depth of DEPTHS) {
    const flow = (tolerance) =>
      ours('flow', { key: key(depth), engine: 'fma', depth, samples: SAMPLES, repeats: 1, tolerance })
    const [usual, fine] = [flow(undefined), flow(FINE)]
    if (usual.absent || fine.absent) continue
    const deviation = (sample) =>
      Math.max(...fine.values.map((values, r) => Math.abs(usual.values[r][sample] / values[sample] - 1)))
    const ending = deviation(fine.times.length - 1)
    const worst = Math.max(...fine.times.map((_, sample) => deviation(sample)))
    const counts = `${usual.gradients} gradients against ${fine.gradients}`
    checks.push({
      what: `depth ${depth}: deviation of σ_1 … σ_8 at the horizon from a flow at ${FINE}`,
      measured: ending,
      most: DEVIATION,
    })
    notes.push(
      `Depth ${depth}: σ_1 … σ_8 at ${SAMPLES} times are within ${worst.toExponential(1)} of a flow at tolerance ${FINE}, at the horizon within ${ending.toExponential(1)} (${counts}).`,
    )
  }
  for (const [name, { gradients }] of Object.entries(results))
    if (gradients)
      notes.push(`${name}: ${gradients.join(' and ')} gradient evaluations at depth ${DEPTHS.join(' and ')}.`)
  return { checks, notes }
}
