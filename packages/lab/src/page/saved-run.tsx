import { canonicalJson } from 'linnet'
import { WithIndices } from '../elements/with-indices.tsx'
import { openDropped } from '../store/open-dropped.ts'
import type { StagedRun, Store } from '../store/store.ts'
import { SignMark } from '../theory/sign.tsx'
import { standingOf, tally } from '../theory/standing.ts'

interface Props {
  readonly store: Store
  readonly run: StagedRun
  readonly remove: () => void
}

/** A saved run: who made it and what its certificates came to; unfolded, how it ended and each certificate in a sentence. */
export function SavedRunItem({ store, run, remove }: Props) {
  const { label } = run.planned
  const { config, engine, certificates, status } = run.live
  const certified = [...certificates.value.values()]
  const standings = certified.map((one) => standingOf(one, status.value))
  const repeat = () =>
    openDropped(store, [{ name: `${label}.json`, bytes: new TextEncoder().encode(canonicalJson(config)) }])
  return (
    <li>
      <details>
        <summary>
          <span class="label">{label}</span>{' '}
          <span class="said">
            engine {engine} · {tally(standings) || 'no certificates'}
          </span>
        </summary>
        {status.value.kind === 'ended' && <p>It ended: {status.value.stopped.message}.</p>}
        <ul>
          {certified.map(({ certificate }, i) => (
            <li key={certificate.statement}>
              <SignMark sign={standings[i]!.sign} />
              <span>
                <WithIndices text={certificate.summary} />
              </span>
            </li>
          ))}
        </ul>
        <button type="button" onClick={repeat}>
          Run its config here
        </button>
      </details>
      <button type="button" aria-label={`Take ${label} off the stage`} onClick={remove}>
        ×
      </button>
    </li>
  )
}
