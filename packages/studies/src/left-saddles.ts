import type { RunRecord } from 'linnet'
import { firstReached } from './polygon.ts'

/** A saddle that a run has left. */
export interface LeftSaddle {
  /** Where it was left, on the clock of the trajectory. */
  readonly position: number
  /** The loss where the weights moved slowest beside it: the height of the plateau. */
  readonly loss: number
}

/** A descent whose loss falls by less than Ση‖∇φ‖² over this does not move as the flow. */
const mostShortfall = 2

/** A plateau is as slow as this share of the fastest that follows it, or slower. */
const slow = 0.5

/** A fall of the loss below this share of its whole fall leaves no saddle. */
const least = 0.01

/** On a plateau the loss may rise by so small a share of itself. */
const roundOff = 1e-9

/**
 * The saddles that a run of gradient flow or gradient descent left, in order of time; none where no loss was recorded.
 *
 * Along gradient flow −dφ/dt = ‖∇φ‖² = ‖dθ/dt‖² is the squared speed of the weights, and its rate is −2⟨∇φ, ∇²φ ∇φ⟩. Where the
 * landscape is convex it never rises; where it rises, the weights go down along negative curvature. So a saddle is a minimum of
 * −dφ/dt, on the samples, with more than twice as much after it, while the loss falls by a hundredth of its whole fall; it is *left*
 * where −dφ/dt first reaches half of the maximum that follows. Started small, the first saddle is the origin.
 *
 * For one mode s from σ ≪ s at depth 2, −dφ/dt = 2σ(s − σ)² is largest at s/3, and the origin is left at σ = 0.089 s.
 *
 * Of descents only those are read whose loss fell by at least half of Ση‖∇φ‖², as it does with steps up to 1/λ: on a convex φ ‖∇φ‖
 * falls then (Nesterov 2004, section 2.1.5), and no step gains more than twice what one before it gained. Longer steps overshoot at
 * first and gain more later, saddle or not. Nothing is said of momentum, of steps that adapt, and after the loss has risen.
 *
 * Saddles whose plateaus overlap, or lie between two samples, are one.
 *
 * Source: Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120), section 3; Jacot, Ged, Şimşek, Hongler, Gabriel 2021 (arXiv 2106.15933),
 * on paths from saddle to saddle. The threshold is ours, the same half as of `learnedAt`.
 *
 *     leftSaddles(run) // [{ position: 6.2, loss: 10.5 }, { position: 9.4, loss: 2.5 }]
 */
export function leftSaddles(run: Pick<RunRecord, 'config' | 'trajectory' | 'accounts'>): LeftSaddle[] {
  const { trajectory } = run
  if (!trajectory.columns.some(({ name }) => name === 'loss')) return []
  const losses = untilItRises(trajectory.column('loss'))
  if (!movesAsTheFlow(run)) return []
  const { xs, speeds } = speedsOf(trajectory.positions, losses)
  const whole = losses[0]! - losses.at(-1)!
  const turns = turnsOf(speeds)
  const saddles: LeftSaddle[] = []
  for (let turn = 0; turn + 1 < turns.length; turn += 2) {
    const [valley, peak, next = losses.length - 1] = turns.slice(turn, turn + 3) as [number, number, number?]
    if (losses[valley]! - losses[next]! < least * whole) continue
    const [from, to] = [valley, peak + 1]
    const position = firstReached(xs.slice(from, to), speeds.slice(from, to), slow * speeds[peak]!)
    saddles.push({ position, loss: losses[valley]! })
  }
  return saddles
}

function movesAsTheFlow({
  config,
  trajectory,
  accounts,
}: Pick<RunRecord, 'config' | 'trajectory' | 'accounts'>): boolean {
  const { kind, stepSize } = config.dynamics as { readonly kind: string; readonly stepSize?: unknown }
  if (kind === 'gradientFlow') return true
  if (kind !== 'gradientDescent' || typeof stepSize !== 'number') return false
  const losses = trajectory.column('loss')
  const fallen = losses[0]! - losses.at(-1)!
  const foretold = accounts.stepSquares.reduce((sum, squares) => sum + squares, 0) / stepSize
  return foretold <= mostShortfall * fallen
}

function untilItRises(losses: Float64Array): Float64Array {
  // Negated: what is not a number falls no more.
  const rise = losses.findIndex((loss, i) => i > 0 && !(loss <= (1 + roundOff) * losses[i - 1]!))
  return rise < 0 ? losses : losses.subarray(0, rise)
}

/** −dφ/dt between samples, and the middles where it holds. */
function speedsOf(positions: Float64Array, losses: Float64Array) {
  const xs: number[] = []
  const speeds: number[] = []
  for (let i = 1; i < losses.length; i++) {
    const [before, after] = [positions[i - 1]!, positions[i]!]
    xs.push((before + after) / 2)
    speeds.push((losses[i - 1]! - losses[i]!) / (after - before))
  }
  return { xs, speeds }
}

/**
 * Where the speed is by turns slowest and fastest, slowest first, as indices: every one at least twice, or at most half, the one before;
 * after the last fastest comes the slowest until the end, if it slowed down at all.
 */
function turnsOf(speeds: readonly number[]): number[] {
  const turns = [0]
  let isRising = false
  for (const [i, speed] of speeds.entries()) {
    const last = speeds[turns.at(-1)!]!
    if (isRising ? speed > last : speed < last) turns[turns.length - 1] = i
    else if (isRising ? speed < slow * last : slow * speed > last) {
      turns.push(i)
      isRising = !isRising
    }
  }
  return turns
}
