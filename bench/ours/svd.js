// Milliseconds of a singular value decomposition, values only and thin, and how wrong it is in units of ε.
import { readFileSync } from 'node:fs'
import { loadEngine } from 'linnet'
import { answer, engineOf, secondsOf } from './stopwatch.js'

const task = JSON.parse(process.argv[2])
const engine = await engineOf(loadEngine, task)
const MILLISECONDS = 1e3

/** ‖A − U diag(s) Vᵀ‖_F / (ε‖A‖_F). */
function residual(a, { U, values, V }) {
  const scaled = engine.copyIn(U)
  const data = scaled.data
  for (let e = 0; e < data.length; e++) data[e] *= values[e % U.columns]
  const difference = engine.copyIn(a)
  engine.multiplyInto(difference, scaled, V, false, true, 1, -1)
  return engine.norm(difference) / engine.norm(a) / Number.EPSILON
}

const figures = {}
const errors = {}
const values = {}
for (const { key, size, file } of task.cases) {
  const bytes = readFileSync(file)
  const a = engine.matrix(size, size, new Float64Array(bytes.buffer, bytes.byteOffset, size * size))
  figures[`${key} values`] = MILLISECONDS * secondsOf(() => engine.scoped(() => engine.singularValues(a)))
  figures[`${key} full`] = MILLISECONDS * secondsOf(() => engine.scoped(() => engine.svd(a)))
  errors[key] = residual(a, engine.svd(a))
  values[key] = Array.from(engine.singularValues(a))
}
answer(figures, { errors, values })
