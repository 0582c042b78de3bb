import type { Comparison, Reproduced, Study } from '@linnet/studies'
import { useComputed, useSignal } from '@preact/signals'
import { loadEngine } from 'linnet'
import { Fragment } from 'preact'
import { useEffect } from 'preact/hooks'
import { measuredNumber } from '../elements/numbers.ts'
import type { Store } from '../store/store.ts'
import { compared, studyRuns } from './reproduced.ts'
import './published-numbers.css'

type Row = Comparison['rows'][number]
type Engine = Awaited<ReturnType<typeof loadEngine>>

interface Props {
  readonly store: Store
  readonly study: Study
}

/** What was published beside what the runs on the stage give, as soon as they have ended. */
export function PublishedNumbers({ store, study }: Props) {
  const engine = useSignal<Engine | undefined>(undefined)
  useEffect(() => {
    void loadEngine('strict').then((loaded) => {
      engine.value = loaded
    })
  }, [engine])
  const runs = useComputed(() => studyRuns(study, store.staged.value))
  const numbers = useComputed(() => compared(study, engine.value ? runs.value : [], engine.value ?? never))
  const missing = study.plan({ quick: true }).length - runs.value.length
  return (
    <div class="published">
      <p>{study.claim}</p>
      <p class="note" role="status">
        {missing > 0
          ? `Of the runs of this study ${runs.value.length} have ended and ${missing} are still under way, or were changed; their numbers appear when they end.`
          : 'All runs have ended; numbers of the lab are of gradient flow unless it says otherwise.'}
      </p>
      {numbers.value.fault !== undefined && <p class="note">{numbers.value.fault}</p>}
      <Numbers rows={numbers.value.rows} />
      <h3>Where the published numbers come from</h3>
      <Points texts={sourcesOf(study)} />
      <h3>To keep in mind</h3>
      <Points texts={study.notes} />
    </div>
  )
}

function Points({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

/** Evidence and source of the published numbers, each once. */
function sourcesOf({ quantities }: Study): string[] {
  const sentences = quantities.flatMap(({ published }) =>
    published
      ? [`${published.evidence}: ${published.source}${published.note ? `; ${published.note}` : ''}.`]
      : [],
  )
  return [...new Set(sentences)].map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`)
}

/** Before the engine is there nothing is measured, and nothing is asked of it. */
const never = {
  log: () => Number.NaN,
  pow: () => Number.NaN,
}

function Numbers({ rows }: { readonly rows: readonly Row[] }) {
  const groups = [...new Set(rows.map(({ group }) => group))]
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Quantity</th>
          <th scope="col" class="number">
            Published
          </th>
          <th scope="col" class="number">
            Here
          </th>
          <th scope="col" class="number">
            Theory
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr>
            <th scope="colgroup" colSpan={4} class="group">
              {group}
            </th>
          </tr>
          {rows
            .filter((row) => row.group === group)
            .map((row) => (
              <NumberRow key={row.id} row={row} />
            ))}
        </tbody>
      ))}
    </table>
  )
}

function NumberRow({ row }: { readonly row: Row }) {
  const { quantity, definition, unit, published, prediction, reproduced } = row
  return (
    <tr>
      <th scope="row">
        {quantity}
        <span class="detail">
          {definition}
          {unit && ` (${unit})`}
        </span>
      </th>
      <td class="number" title={published?.source}>
        {published ? measuredNumber(published.value) : '–'}
        {published && <span class="detail">{published.evidence}</span>}
      </td>
      <td class="number">
        {reproduced.length === 0 && '–'}
        {reproduced.map((one) => (
          <Measured key={one.form} one={one} />
        ))}
      </td>
      <td class="number" title={prediction}>
        {reproduced.every(({ predicted }) => !predicted) && '–'}
        {reproduced.map(({ form, predicted }) => (
          <Fragment key={form}>{predicted && measuredNumber(predicted.median)}</Fragment>
        ))}
      </td>
    </tr>
  )
}

function Measured({ one }: { readonly one: Reproduced }) {
  const { form, measured, ratio } = one
  return (
    <span class="measured">
      {measured.reached > 0 ? measuredNumber(measured.median) : 'not reached'}
      <span class="detail">
        {form === 'descent' && 'descent; '}
        {measured.seeds > 1 && `median of ${measured.seeds} seeds; `}
        {ratio !== undefined && Number.isFinite(ratio) && `${measuredNumber(ratio)} × published`}
      </span>
    </span>
  )
}
