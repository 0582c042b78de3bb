import type { Recording } from '../config/config.ts'
import type { Clock } from '../dynamics/dynamics.ts'
import type { Engine } from '../engine/engine.ts'

/** A logarithmic schedule of a flow begins at this share of the horizon: six decades hold every plateau of interest. */
const FIRST_SHARE = 1e-6

/** Positions after the first (which is 0), ascending, the last one the horizon; whole and without repetition for steps. */
export function samplePositions(
  engine: Pick<Engine, 'exp' | 'log'>,
  clock: Clock,
  horizon: number,
  { samples, spacing }: Recording,
): number[] {
  const first = clock === 'steps' ? 1 : FIRST_SHARE * horizon
  const share = (k: number) => (samples === 1 ? 1 : (k - 1) / (samples - 1))
  const logarithmic = (k: number) => first * engine.exp(share(k) * engine.log(horizon / first))
  const place = spacing === 'linear' ? (k: number) => (k / samples) * horizon : logarithmic
  const positions = Array.from({ length: samples }, (_, i) => (i === samples - 1 ? horizon : place(i + 1)))
  if (clock === 'time') return positions
  return [...new Set(positions.map((position) => Math.min(horizon, Math.max(1, Math.round(position)))))]
}

/** Which of `count` samples to keep the weights of: `snapshots` of them, evenly, the first and the last included. */
export function snapshotIndices(count: number, snapshots: number): ReadonlySet<number> {
  const kept = Math.min(count, Math.max(2, snapshots))
  const indices = new Set<number>([0, count - 1])
  for (let k = 0; k < kept; k++) indices.add(Math.round((k * (count - 1)) / Math.max(1, kept - 1)))
  return indices
}
