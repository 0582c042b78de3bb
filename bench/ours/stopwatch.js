/** How long a measurement lasts at least, and how many there are of each thing. */
const LEAST_SECONDS = 0.1
const REPEATS = 5

/** Seconds that one call of `body` takes, the best of several measurements; `run(n)` may stand for n calls. */
export function seconds(run) {
  let count = 1
  for (;;) {
    const taken = time(run, count)
    if (taken >= LEAST_SECONDS) break
    count = Math.max(count + 1, Math.ceil((count * LEAST_SECONDS * 1.2) / Math.max(taken, 1e-4)))
  }
  let best = Number.POSITIVE_INFINITY
  for (let repeat = 0; repeat < REPEATS; repeat++) best = Math.min(best, time(run, count) / count)
  return best
}

function time(run, count) {
  const start = processorSeconds()
  run(count)
  return processorSeconds() - start
}

/** Processor time of this process: what the clock would show if nothing else ran on the machine. */
export function processorSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The same of a function that does one thing. */
export function secondsOf(body) {
  return seconds((count) => {
    for (let i = 0; i < count; i++) body()
  })
}

/** Writes the answer of a contestant. */
export function answer(figures, rest = {}) {
  const peakMemory = process.resourceUsage().maxRSS * 1024
  process.stdout.write(JSON.stringify({ figures, peakMemory, ...rest }))
}

/** Loads the engine that the task names, or says why it cannot. */
export async function engineOf(loadEngine, { engine }) {
  try {
    return await loadEngine(engine)
  } catch (error) {
    process.stdout.write(JSON.stringify({ absent: error.message }))
    process.exit(0)
  }
}
