// Contestants are processes of their own, one thread each, that take a task as JSON and answer with JSON. They run one after
// the other, several times over, and each figure is the best one: what else a machine does only ever makes it slower.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const MOST_OUTPUT = 2 ** 26
const ONE_THREAD = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
}
// Node 20 has relaxed SIMD (the fma engine) behind this flag; later versions take it and ignore it.
const NODE_FLAGS = ['--experimental-wasm-relaxed-simd']

function answer(command, args, task) {
  const { status, stdout, stderr, error } = spawnSync(command, [...args, JSON.stringify(task)], {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
    env: { ...process.env, ...ONE_THREAD },
  })
  if (error) return { absent: error.message }
  if (status !== 0) return { absent: stderr.trim().split('\n').at(-1) || `ended with ${status}` }
  return JSON.parse(stdout)
}

/** Runs bench/ours/<name>.js. */
export function ours(name, task) {
  return answer(process.execPath, [...NODE_FLAGS, join(here, 'ours', `${name}.js`)], task)
}

function findPython() {
  const candidates = [process.env.LINNET_PYTHON, '/usr/bin/python3', 'python3'].filter(Boolean)
  const found = (modules) =>
    candidates.find((python) => spawnSync(python, ['-c', `import ${modules}`]).status === 0)
  return found('numpy, torch') ?? found('numpy')
}

let python

/** Runs bench/peers/<name>.py with the first Python that has NumPy and PyTorch, or else NumPy. */
export function peer(name, task) {
  python ??= findPython() ?? ''
  if (python === '') return { absent: 'no Python with NumPy was found (set LINNET_PYTHON to one)' }
  return answer(python, [join(here, 'peers', `${name}.py`)], task)
}

/**
 * Runs every contestant (name → function that gives an answer) `rounds` times in turn, and keeps of all answers of one the
 * best figure for each key of `figures`: the largest, or the smallest where `better` is 'less'.
 */
export function contest(contestants, rounds, better = 'more') {
  const results = {}
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(contestants)) {
      if (results[name]?.absent) continue
      process.stderr.write(`  ${name}, round ${round + 1} of ${rounds}\n`)
      const given = run()
      const before = results[name]
      results[name] = given.absent || before === undefined ? given : merged(before, given, better)
    }
  return results
}

function merged(before, given, better) {
  const choose = better === 'less' ? Math.min : Math.max
  const figures = {}
  for (const key of Object.keys(given.figures)) figures[key] = choose(before.figures[key], given.figures[key])
  return { ...given, figures, peakMemory: Math.max(before.peakMemory, given.peakMemory) }
}
