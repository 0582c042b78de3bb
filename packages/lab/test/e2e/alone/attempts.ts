import { setTimeout as sleep } from 'node:timers/promises'

/** Of a processor that is ours alone; below that others are at work, and timings say little. */
const quiet = 0.85
/** Longest wait for a quiet moment, in milliseconds. */
const patience = 5000

/** Share of a processor that this process gets when it wants one whole. */
function shareOfProcessor(): number {
  const began = performance.now()
  const before = process.cpuUsage()
  while (performance.now() - began < 60);
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / (performance.now() - began)
}

/** Waits, for a while, until this process gets a processor whole. */
export async function quietMoment(): Promise<void> {
  const end = performance.now() + patience
  while (shareOfProcessor() < quiet && performance.now() < end) await sleep(250)
}

/**
 * Measures until it is good, at most so often: what else a machine does only ever makes a page slower, so that the best of a
 * few attempts says most about the page. Returns the last measurement.
 */
export async function measured<T>(
  attempts: number,
  measure: () => Promise<T>,
  isGood: (value: T) => boolean,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await quietMoment()
    const value = await measure()
    console.log(`attempt ${attempt}:`, value)
    if (attempt === attempts || isGood(value)) return value
  }
}

export const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!
