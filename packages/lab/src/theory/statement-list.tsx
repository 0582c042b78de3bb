import { type Statement, theory } from 'linnet'
import { useEffect, useRef } from 'preact/hooks'
import { Formula } from '../elements/formula.tsx'
import { WholeWords } from '../elements/whole-words.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { Store } from '../store/store.ts'
import { SignMark } from './sign.tsx'
import { type LaneStanding, laneStandings, tally } from './standing.ts'

interface Props {
  readonly store: Store
  /** The statement whose page was just left: the keyboard goes on from there. */
  readonly returnTo: string | undefined
}

/** Every statement of the registry, a row each: how it stands with every lane, in words for the chosen one. */
export function StatementList({ store, returnTo }: Props) {
  const chosen = theory.statements.entries.map((statement) => {
    const standings = laneStandings(store.staged.value, statement.kind)
    return { statement, standings, shown: ofLane(standings, store.state.value.view.lane) }
  })
  return (
    <>
      <output class="tally">{tally(chosen.flatMap(({ shown }) => shown ?? []))}</output>
      <ol class="statements">
        {chosen.map(({ statement, standings, shown }) => (
          <li key={statement.kind}>
            <Row
              statement={statement}
              standings={standings}
              shown={shown}
              focused={statement.kind === returnTo}
              open={() => store.setView({ statement: statement.kind })}
            />
          </li>
        ))}
      </ol>
    </>
  )
}

/** The standing with a lane; with the first one where there is no such lane. */
export function ofLane(standings: readonly LaneStanding[], lane: number): LaneStanding | undefined {
  return standings.find((one) => one.lane === lane) ?? standings[0]
}

interface RowProps {
  readonly statement: Statement
  readonly standings: readonly LaneStanding[]
  readonly shown: LaneStanding | undefined
  readonly focused: boolean
  readonly open: () => void
}

function Row({ statement, standings, shown, focused, open }: RowProps) {
  const button = useRef<HTMLButtonElement>(null)
  // Only when the list appears: later the focus is the reader's.
  useEffect(() => {
    if (focused) button.current?.focus()
  }, [])
  return (
    <button ref={button} type="button" class="statement" onClick={open} title={statement.help}>
      <span class="name">
        <WholeWords text={statement.title} />
      </span>
      <Signs standings={standings} shown={shown} />
      {/* Its page reads the theorem out. */}
      <span class="symbol" aria-hidden="true">
        <Formula latex={statement.symbol} />
      </span>
      {shown && <StandingLine standing={shown} />}
    </button>
  )
}

/** One sign a lane; what they say is read out, too. */
function Signs({ standings, shown }: Pick<RowProps, 'standings' | 'shown'>) {
  return (
    <span class="signs">
      {standings.map((standing) => (
        <span
          key={standing.lane}
          class={standing.lane === shown?.lane && standings.length > 1 ? 'chosen' : ''}
          title={`${standing.label}: ${standing.word}`}
        >
          <SignMark sign={standing.sign} />
          {standings.length > 1 && (
            <span class="unseen">
              {standing.label}: {standing.word};{' '}
            </span>
          )}
        </span>
      ))}
    </span>
  )
}

/** *holds* · residual 1.6e-15 of ‖Ẇ‖ (1.6e-12 allowed). */
export function StandingLine({ standing }: { readonly standing: LaneStanding }) {
  const { sign, word, detail, seeds } = standing
  const where = sign === 'holds' && isPointwise(standing) ? ' at each snapshot' : ''
  return (
    <span class="standing">
      <em class={`word ${sign.replaceAll(' ', '-')}`}>{word}</em>
      {where}
      {seeds && ` (${seeds})`}
      {sign === 'does not apply' ? ', ' : ' · '}
      <WithIndices text={detail} />
    </span>
  )
}

/** Whether the statement is about gradient flow from each of the weights that a run passed, and the run itself did not follow it. */
function isPointwise({ certificate, run }: LaneStanding): boolean {
  const { kind } = run.planned.config.dynamics
  return (
    kind !== 'gradientFlow' &&
    certificate !== undefined &&
    theory.statements.get(certificate.statement).scope === 'point'
  )
}
