import type { Axis } from './figure.ts'
import { plainNumber, powerOfTen } from './lettering.ts'

export interface Tick {
  readonly at: number
  readonly text: string
}

/** About `count` ticks at round numbers (1, 2, 5 times powers of ten), or at powers of ten on a logarithmic axis. */
export function ticksOf(axis: Axis, domain: readonly [number, number], count: number): Tick[] {
  return axis.scale === 'log' ? logarithmic(domain, count) : linear(domain, count)
}

/** 10^exponent, exact where a double can be. */
function tenTo(exponent: number): number {
  return Number(`1e${exponent}`)
}

/** The exponent of `value` in scientific notation. */
function magnitude(value: number): number {
  return Number(value.toExponential().split('e')[1])
}

/** The powers of ten around an interval; on an interval that fills less than two decades, the interval itself with a margin. */
export function decadesAround(low: number, high: number): [number, number] {
  if (high < 100 * low) return [low / 1.2, high * 1.2]
  const top = tenTo(magnitude(high))
  return [tenTo(magnitude(low)), high <= 1.2 * top ? high : 10 * top]
}

const roundSteps = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10]

/** The least round number (1, 1.2, …, 2, 2.5, …, 4, 5, …, 9 times a power of ten) that is not below a positive `value`. */
export function roundAbove(value: number): number {
  return roundSteps.map((step) => times(step, magnitude(value))).find((round) => round >= value)!
}

/** 1, 2 or 5 times a power of ten, not above a positive `value`. */
export function roundBelow(value: number): number {
  return [5, 2, 1].map((step) => times(step, magnitude(value))).find((round) => round <= value)!
}

/** factor·10^exponent, as near as a double can be. */
function times(factor: number, exponent: number): number {
  return Number(`${factor}e${exponent}`)
}

function linear([low, high]: readonly [number, number], count: number): Tick[] {
  const span = high - low
  if (!(span > 0)) return [{ at: low, text: plainNumber(low) }]
  const step = stepOf(low, high, count)
  const ticks: Tick[] = []
  for (let i = Math.ceil(low / step); i * step <= high * (1 + Number.EPSILON); i++) {
    const at = Number((i * step).toPrecision(12))
    ticks.push({ at, text: plainNumber(at) })
  }
  return ticks
}

/** The least of 1, 2, 5, 10 times a power of ten that is long enough; where it misses the end, one near it that does not. */
function stepOf(low: number, high: number, count: number): number {
  const span = high - low
  const unit = tenTo(magnitude(span / count))
  const usual = [1, 2, 5, 10].find((factor) => span / (factor * unit) <= count) ?? 10
  const others = [2.5, 3, 4, 6].filter((factor) => factor < 2 * usual && span / (factor * unit) <= count)
  const ends = [usual, ...others].find(
    (factor) => isWhole(low / (factor * unit)) && isWhole(high / (factor * unit)),
  )
  return Number(((ends ?? usual) * unit).toPrecision(12))
}

function isWhole(ratio: number): boolean {
  return Math.abs(ratio - Math.round(ratio)) < 1e-9
}

function logarithmic([low, high]: readonly [number, number], count: number): Tick[] {
  const first = magnitude(low)
  const last = magnitude(high)
  const decades = last - first + 1
  const factors = decades <= 1 ? [1, 2, 3, 5, 7] : decades <= 2 ? [1, 2, 5] : [1]
  const stride = Math.max(1, Math.ceil(decades / count))
  const ticks: Tick[] = []
  for (let exponent = first; exponent <= last; exponent++) {
    if (exponent % stride !== 0) continue
    for (const factor of factors) {
      const at = times(factor, exponent)
      if (at < low || at > high) continue
      ticks.push({ at, text: factor === 1 ? powerOfTen(exponent) : plainNumber(at) })
    }
  }
  return ticks
}
