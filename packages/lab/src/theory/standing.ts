import type { Certificate } from 'linnet'
import { twoDigits } from '../elements/numbers.ts'
import type { Certified, RunStatus } from '../running/live-run.ts'
import type { StagedRun } from '../store/store.ts'

/** What a sign shows; by rising urgency, so that of several seeds the most urgent one stands for the lane. */
export const signs = ['waiting', 'holds', 'does not apply', 'running', 'violated', 'failed'] as const
export type Sign = (typeof signs)[number]

/** Where a statement stands with one run, in a sign, a word and the rest of a sentence. */
export interface Standing {
  readonly sign: Sign
  readonly word: string
  readonly detail: string
  readonly certificate?: Certificate
}

/** What a statement says of a run so far, or at last. */
export function standingOf(certified: Certified | undefined, status: RunStatus): Standing {
  if (!certified) return uncertified(status)
  const { certificate, final } = certified
  switch (certificate.verdict) {
    case 'does not apply':
      return {
        sign: 'does not apply',
        word: final ? 'does not apply' : 'does not apply so far',
        detail: `because ${reasonOf(certificate)}`,
        certificate,
      }
    case 'violated':
      return {
        sign: 'violated',
        word: final ? 'violated' : 'violated so far',
        detail: residualOf(certificate),
        certificate,
      }
    case 'holds':
      return final
        ? { sign: 'holds', word: 'holds', detail: residualOf(certificate), certificate }
        : {
            sign: 'running',
            word: 'running',
            detail: `${twoDigits(certificate.residual)} so far`,
            certificate,
          }
  }
}

function uncertified(status: RunStatus): Standing {
  switch (status.kind) {
    case 'failed':
      return { sign: 'failed', word: 'not run', detail: status.sentence }
    case 'waiting':
      return { sign: 'waiting', word: 'waiting', detail: 'the run has not begun' }
    default:
      return { sign: 'running', word: 'running', detail: 'nothing compared yet' }
  }
}

function residualOf({ residual, residualOf: of, tolerance }: Certificate): string {
  return `residual ${twoDigits(residual)} of ${of} (${twoDigits(tolerance)} allowed)`
}

/** Why a statement does not apply: the first assumption that fails, which says its measured number. */
function reasonOf({ assumptions }: Certificate): string {
  return assumptions.find(({ holds }) => !holds)?.explanation ?? 'there is nothing to compare'
}

/** Where a statement stands with a lane: its most urgent seed, and how many seeds stand alike. */
export interface LaneStanding extends Standing {
  readonly lane: number
  readonly label: string
  readonly run: StagedRun
  /** `3 of 5 seeds`, where there are several. */
  readonly seeds?: string
}

/** Where a statement stands with every lane. Reads signals: call it inside a component or a computed. */
export function laneStandings(staged: readonly StagedRun[], statement: string): LaneStanding[] {
  const lanes = new Map<number, LaneStanding[]>()
  for (const run of staged) {
    if (run.pinned) continue
    const { lane, label } = run.planned
    const { certificates, status } = run.live
    const standing = standingOf(certificates.value.get(statement), status.value)
    lanes.set(lane, [...(lanes.get(lane) ?? []), { ...standing, lane, label, run }])
  }
  return [...lanes.values()].map(mostUrgent)
}

function mostUrgent(seeds: readonly LaneStanding[]): LaneStanding {
  const urgency = ({ sign }: Standing) => signs.indexOf(sign)
  const worst = seeds.reduce((most, one) => (urgency(one) > urgency(most) ? one : most))
  if (seeds.length === 1) return worst
  const alike = seeds.filter(({ sign }) => sign === worst.sign).length
  return { ...worst, seeds: `${alike} of ${seeds.length} seeds` }
}

/** `4 hold · 1 does not apply`, over statements: what the lane has come to; words without a number are left out. */
export function tally(standings: readonly Standing[]): string {
  const count = (sign: Sign) => standings.filter((one) => one.sign === sign).length
  const [running, holding, violated, apart] = [
    count('running') + count('waiting'),
    count('holds'),
    count('violated'),
    count('does not apply'),
  ]
  return [
    running > 0 && `${running} running`,
    holding > 0 && `${holding} ${holding === 1 ? 'holds' : 'hold'}`,
    violated > 0 && `${violated} violated`,
    apart > 0 && `${apart} ${apart === 1 ? 'does' : 'do'} not apply`,
  ]
    .filter((part) => part !== false)
    .join(' · ')
}
