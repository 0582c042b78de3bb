// Steps per second of gradient descent on masked matrix completion, by an engine's own loop.
import { loadEngine, makePattern } from 'linnet'
import { answer, engineOf, seconds } from './stopwatch.js'

const task = JSON.parse(process.argv[2])
const engine = await engineOf(loadEngine, task)
const never = { loss: Number.NEGATIVE_INFINITY, gradientNorm: -1, divergence: Number.POSITIVE_INFINITY }

function descent({ size, depth, density }) {
  const random = engine.random(1)
  const chosen = random.sample(Math.round(density * size * size), size * size)
  const pattern = makePattern(engine, size, size, chosen.data)
  const values = engine.matrix(pattern.count, 1)
  random.normalInto(values)
  const objective = { kind: 'completion', pattern, values, factor: 1 / pattern.count }
  const chain = engine.chain(Array(depth + 1).fill(size), objective)
  const theta = engine.matrix(depth * size * size, 1)
  random.normalInto(theta)
  engine.scaleInto(theta, task.scale / Math.sqrt(size))
  return (steps) => chain.descend(theta, { kind: 'gradientDescent', stepSize: task.stepSize }, steps, never)
}

const figures = {}
for (const each of task.cases) figures[each.key] = 1 / seconds(descent(each))
answer(figures, { engineBytes: engine.bytes })
