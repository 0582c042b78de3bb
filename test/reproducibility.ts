import { type Engine, parseConfig, type Run } from 'linnet'

const truth = { kind: 'lowRank', rows: 14, columns: 12, rank: 3 }
const completion = { kind: 'completion', truth, observed: 90, normalisation: 'mean' }
const shared = {
  seed: 7,
  loss: completion,
  network: { kind: 'linear', depth: 3 },
  init: { kind: 'rooted', scale: 1e-2 },
  probes: [
    { kind: 'loss' },
    { kind: 'singularValues', count: 5 },
    { kind: 'nuclearNorm' },
    { kind: 'effectiveRank' },
  ],
  record: { samples: 20 },
}

/** Small runs that together touch every kernel a run can touch: fused loops, products, SVD, random numbers, integrators. */
export const configs = Object.fromEntries(
  Object.entries({
    descent: { ...shared, dynamics: { kind: 'gradientDescent', stepSize: 0.2 }, until: { steps: 4000 } },
    groupRMSprop: { ...shared, dynamics: { kind: 'groupRMSprop', stepSize: 1e-3 }, until: { steps: 2000 } },
    sgd: { ...shared, dynamics: { kind: 'sgd', stepSize: 0.1, batchSize: 9 }, until: { steps: 500 } },
    tsit5: { ...shared, dynamics: { kind: 'gradientFlow', integrator: 'tsit5' }, until: { time: 300 } },
    dop853: { ...shared, dynamics: { kind: 'gradientFlow', integrator: 'dop853' }, until: { time: 300 } },
    rkc2: { ...shared, dynamics: { kind: 'gradientFlow', integrator: 'rkc2' }, until: { time: 300 } },
    logistic: {
      ...shared,
      loss: { kind: 'logistic', truth: { kind: 'gaussian', rows: 4, columns: 6 }, samples: 40 },
      dynamics: { kind: 'gradientFlow' },
      until: { time: 5 },
    },
  }).map(([name, config]) => [name, parseConfig(config)]),
)

function hex(values: Float64Array): string {
  return Array.from(new Uint32Array(values.buffer, values.byteOffset, 2 * values.length), (word) =>
    word.toString(16).padStart(8, '0'),
  ).join('')
}

/** Every number of a run, bit by bit. */
export function bitsOf(run: Run): string {
  const { trajectory, weights } = run
  const columns = trajectory.columns.map(({ name }) => trajectory.column(name))
  return [trajectory.positions, ...columns, ...weights.map(({ data }) => Float64Array.from(data))]
    .map(hex)
    .join('\n')
}

/** The scalar functions on a thousand random arguments. */
export function scalarBits(engine: Engine): string {
  const x = engine.matrix(1000, 1)
  engine.random(3).split('arguments').normalInto(x)
  const { exp, log, pow, expm1, log1p, sin, cos, kappa } = engine
  const values = Array.from(x.data, (a) => [
    exp(20 * a),
    log(Math.abs(a)),
    pow(Math.abs(a), 0.7),
    expm1(a),
    log1p(Math.abs(a)),
    sin(9 * a),
    cos(9 * a),
    kappa(3, Math.abs(a), 1),
  ])
  return hex(Float64Array.from(values.flat()))
}
