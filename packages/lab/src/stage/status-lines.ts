import type { Accounts, Config, Trajectory } from 'linnet'
import { twoDigits } from '../elements/numbers.ts'
import { stabilityEdge } from '../experiment/stability-edge.ts'
import type { RunStatus, Sharpnesses } from '../running/live-run.ts'

/** A sentence beside a lane, and how it is meant. */
export interface StatusLine {
  readonly tone: 'plain' | 'done' | 'warning' | 'failed'
  readonly text: string
}

/** What the sentences are made of. */
export interface Standing {
  readonly status: RunStatus
  readonly config: Config
  readonly measured?: Trajectory | undefined
  readonly accounts?: Accounts | undefined
  /** λ, the largest eigenvalue of the Hessian, where it was found out. */
  readonly sharpness?: Sharpnesses | undefined
}

/** Relative unbalancedness from which the start is called unbalanced: far above round-off, far below what bends a curve. */
const balancedTo = 1e-6

/** How a run stands, in plain words: where it is, and what to be careful about. */
export function statusLines(standing: Standing): StatusLine[] {
  return [progress(standing.status), ...warnings(standing)]
}

function progress(status: RunStatus): StatusLine {
  switch (status.kind) {
    case 'waiting':
      return { tone: 'plain', text: 'waiting' }
    case 'running':
      return { tone: 'plain', text: `running, ${Math.floor(100 * status.fraction)} %` }
    case 'failed':
      // Why is said once, over the stage.
      return { tone: 'failed', text: 'could not be run' }
    case 'ended': {
      const { reason, message } = status.stopped
      const done = status.seconds === undefined ? 'done' : `done in ${seconds(status.seconds)}`
      if (reason === 'horizon') return { tone: 'done', text: `${done}: reached the horizon` }
      if (reason === 'diverged' || reason === 'stalled')
        return { tone: 'failed', text: `${reason === 'diverged' ? 'diverged' : 'stalled'}: ${message}` }
      if (reason === 'interrupted') return { tone: 'plain', text: message }
      return { tone: 'done', text: `${done}: ${message}` }
    }
  }
}

function warnings({ status, config, measured, accounts, sharpness }: Standing): StatusLine[] {
  if (!measured || measured.positions.length === 0) return []
  return [
    unbalanced(measured),
    // One that diverged has said so, and its last sharpness is that of nowhere.
    isDiverged(status) ? undefined : tooLongSteps(sharpestOf(measured, sharpness), config),
    // While it runs this would be looked through thirty times a second.
    status.kind === 'ended' ? unresolved(measured, config, accounts?.resolution) : undefined,
  ].flatMap((text) => (text === undefined ? [] : [{ tone: 'warning' as const, text }]))
}

function isDiverged(status: RunStatus): boolean {
  return status.kind === 'ended' && status.stopped.reason === 'diverged'
}

function unbalanced(measured: Trajectory): string | undefined {
  const relative = firstOf(measured, 'relativeUnbalancedness')
  const absolute = firstOf(measured, 'unbalancedness')
  if (relative === undefined || absolute === undefined || !(relative > balancedTo)) return undefined
  return `unbalanced start (unbalancedness ${twoDigits(absolute)}, ${twoDigits(100 * relative)} % of the layers)`
}

/** The largest of what was recorded and what was found out beside it; 0 where nothing is known. */
function sharpestOf(measured: Trajectory, { start = 0, end = 0 }: Sharpnesses = {}): number {
  let most = Math.max(start, end)
  if (has(measured, 'sharpness'))
    for (const value of measured.column('sharpness')) if (value > most) most = value
  return most
}

/** Of descents. */
function tooLongSteps(sharpest: number, { dynamics }: Config): string | undefined {
  const { stepSize } = dynamics as { readonly stepSize?: unknown }
  const edge = stabilityEdge(dynamics)
  if (!edge || typeof stepSize !== 'number' || !(sharpest * stepSize > edge.most)) return undefined
  const { most, symbol } = edge
  return `step above ${symbol}/λ: the sharpness λ reached ${twoDigits(sharpest)}, and ${symbol}/η is ${twoDigits(most / stepSize)}`
}

/**
 * Singular values of layers that the tolerance of the integrator drowns. Of balanced layers they are the n-th roots of those of W. At
 * depth 1 nothing grows out of what is lost: what tends to zero is zero to the tolerance.
 */
function unresolved(
  measured: Trajectory,
  config: Config,
  resolution: number | undefined,
): string | undefined {
  if (resolution === undefined) return undefined
  const { depth } = config.network as { readonly depth?: unknown }
  if (depth === 1) return undefined
  const ofLayers = leastOf(measured, /^layer\d+SingularValue\d+$/)
  const ofProduct =
    typeof depth === 'number' ? leastOf(measured, /^singularValue\d+$/) ** (1 / depth) : Infinity
  if (!(Math.min(ofLayers, ofProduct) < resolution)) return undefined
  return `singular values of a layer below ${twoDigits(resolution)} are under what the integrator resolves`
}

function leastOf(measured: Trajectory, names: RegExp): number {
  let least = Number.POSITIVE_INFINITY
  for (const { name } of measured.columns)
    if (names.test(name)) for (const value of measured.column(name)) if (value < least) least = value
  return least
}

function firstOf(measured: Trajectory, name: string): number | undefined {
  return has(measured, name) ? measured.column(name)[0] : undefined
}

function has({ columns }: Trajectory, wanted: string): boolean {
  return columns.some(({ name }) => name === wanted)
}

function seconds(time: number): string {
  return time < 100 ? `${Number(time.toPrecision(2))} s` : `${Math.round(time)} s`
}
