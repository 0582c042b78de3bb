// GFLOP/s of C = A·B, float64.
import { loadEngine } from 'linnet'
import { answer, engineOf, secondsOf } from './stopwatch.js'

const task = JSON.parse(process.argv[2])
const engine = await engineOf(loadEngine, task)

function normal(size) {
  const matrix = engine.matrix(size, size)
  engine.random(1).normalInto(matrix)
  return matrix
}

const figures = {}
for (const { key, size } of task.cases) {
  const [a, b, c] = [normal(size), normal(size), engine.matrix(size, size)]
  figures[key] = (2 * size * size * size) / secondsOf(() => engine.multiplyInto(c, a, b)) / 1e9
}
answer(figures)
