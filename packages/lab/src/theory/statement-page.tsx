import type { Certificate, Statement } from 'linnet'
import { useEffect, useRef } from 'preact/hooks'
import { Cited } from '../elements/cited.tsx'
import { inWords } from '../elements/in-words.ts'
import { measuredNumber } from '../elements/numbers.ts'
import { Theorem } from '../elements/theorem.tsx'
import { WholeWords } from '../elements/whole-words.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { Store } from '../store/store.ts'
import { Assumptions } from './assumptions.tsx'
import { Failing } from './failing.tsx'
import { LaneChoice } from './lane-choice.tsx'
import { ResidualScale } from './residual-scale.tsx'
import { SignMark } from './sign.tsx'
import { laneStandings } from './standing.ts'
import { ofLane, StandingLine } from './statement-list.tsx'

const scopes: Readonly<Record<Statement['scope'], string>> = {
  point: 'True at every moment: held against the weights of each snapshot',
  path: 'True along the way: held against the whole path',
  instance: 'True of the problem: held against this instance',
}

interface Props {
  readonly store: Store
  readonly statement: Statement
  /** Whether the reader came here from the list. */
  readonly asked: boolean
}

/** A theorem typeset, and everything that was measured of it on the chosen lane. */
export function StatementPage({ store, statement, asked }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  // A page that was asked for takes the focus; one that a link brought along does not.
  useEffect(() => {
    if (asked) heading.current?.focus()
  }, [asked])
  const standings = laneStandings(store.staged.value, statement.kind)
  const standing = ofLane(standings, store.state.value.view.lane)
  return (
    <article class="page">
      <button type="button" class="quiet back" onClick={() => store.setView({ statement: undefined })}>
        ← All statements
      </button>
      <h2 ref={heading} tabIndex={-1}>
        <WholeWords text={statement.title} />
      </h2>
      <Theorem latex={statement.theorem} />
      <p class="help">{sentence(statement.help)}</p>
      <p class="scope">{scopes[statement.scope]}.</p>
      <LaneChoice store={store} />
      {standing && (
        <p class="verdict">
          <SignMark sign={standing.sign} />
          <StandingLine standing={standing} />
        </p>
      )}
      {standing?.certificate && (
        <Evidence certificate={standing.certificate} clock={clockOf(standing.run.live)} />
      )}
      <Failing store={store} statement={statement} />
      <h3>Source</h3>
      <p class="source">
        <Cited text={statement.source} />
      </p>
    </article>
  )
}

type Live = ReturnType<typeof laneStandings>[number]['run']['live']

function clockOf({ config }: Live): 'time' | 'steps' {
  return config.until.time === undefined ? 'steps' : 'time'
}

interface EvidenceProps {
  readonly certificate: Certificate
  readonly clock: 'time' | 'steps'
}

function Evidence({ certificate, clock }: EvidenceProps) {
  const { verdict, assumptions, residual, tolerance, toleranceBecause, worstAt, numbers } = certificate
  const at =
    clock === 'time' ? `at flow time ${measuredNumber(worstAt)}` : `after ${measuredNumber(worstAt)} steps`
  return (
    <>
      <ResidualScale residual={residual} tolerance={tolerance} isClaimed={verdict !== 'does not apply'} />
      {Number.isFinite(residual) && (
        <p class="because">
          {verdict === 'does not apply'
            ? 'Not claimed; measured all the same, and farthest off'
            : 'Closest to failing'}{' '}
          {at}. The tolerance: <WithIndices text={toleranceBecause} />.
        </p>
      )}
      <h3>Assumptions</h3>
      <Assumptions assumptions={assumptions} />
      <h3>Numbers</h3>
      <dl class="numbers">
        {Object.entries(numbers).map(([name, value]) => (
          <div key={name}>
            <dt>{inWords(name)}</dt>
            <dd>{measuredNumber(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Help texts are phrases; on a page of their own they are sentences. */
function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`
}
