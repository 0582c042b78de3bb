import type { Comparison, Reproduced, Study } from '@linnet/studies'
import { useComputed, useSignal } from '@preact/signals'
import { loadEngine } from 'linnet'
import { Fragment } from 'preact'
import { useEffect } from 'preact/hooks'
import { measuredNumber } from '../elements/numbers.ts'
import type { Store } from '../store/store.ts'
import type { Preset } from './preset.ts'
import { presetNumbers } from './preset-numbers.ts'
import { compared, studyRuns } from './reproduced.ts'
import './published-numbers.css'

type Row = Comparison['rows'][number]
type Engine = Awaited<ReturnType<typeof loadEngine>>

interface Props {
  readonly store: Store
  readonly study: Study
}

/** What was published beside what the runs of a study on the stage give, as soon as they have ended. */
export function StudyNumbers({ store, study }: Props) {
  const engine = useSignal<Engine | undefined>(undefined)
  useEffect(() => {
    void loadEngine('strict').then((loaded) => {
      engine.value = loaded
    })
  }, [engine])
  const runs = useComputed(() => studyRuns(study, store.staged.value))
  const comparison = useComputed(() => compared(study, engine.value ? runs.value : [], engine.value ?? never))
  return (
    <PublishedNumbers
      claim={study.claim}
      notes={study.notes}
      {...comparison.value}
      ended={runs.value.length}
      missing={study.plan({ quick: true }).length - runs.value.length}
      closing="numbers of the lab are of gradient flow unless it says otherwise."
    />
  )
}

/** The same for a preset that is no study. */
export function PresetNumbers({ store, preset }: { readonly store: Store; readonly preset: Preset }) {
  const numbers = useComputed(() => presetNumbers(preset, store.staged.value))
  return (
    <PublishedNumbers
      claim={preset.claim}
      notes={preset.published?.notes ?? []}
      {...numbers.value}
      closing="their numbers stand beside the published ones."
    />
  )
}

interface NumbersProps {
  readonly claim: string
  readonly notes: readonly string[]
  readonly rows: readonly Row[]
  /** Why nothing could be measured. */
  readonly fault?: string
  readonly ended: number
  readonly missing: number
  readonly closing: string
}

function PublishedNumbers({ claim, notes, rows, fault, ended, missing, closing }: NumbersProps) {
  return (
    <div class="published">
      <p>{claim}</p>
      <p class="note" role="status">
        {missing > 0
          ? `Of these runs ${ended} ${ended === 1 ? 'has' : 'have'} ended and ${missing} ${missing === 1 ? 'is' : 'are'} still under way, or changed; their numbers appear when they end.`
          : `All runs have ended; ${closing}`}
      </p>
      {fault !== undefined && <p class="note">{fault}</p>}
      <Numbers rows={rows} />
      <h3>Where the published numbers come from</h3>
      <Points texts={sourcesOf(rows)} />
      <h3>To keep in mind</h3>
      <Points texts={notes} />
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
function sourcesOf(rows: readonly Row[]): string[] {
  const sentences = rows.flatMap(({ published }) =>
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
  const found = rows.flatMap(({ reproduced }) => reproduced)
  const isForetold = rows.some(({ prediction }) => prediction !== undefined)
  const isMixed = new Set(found.map(({ form }) => form)).size > 1
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
          {isForetold && (
            <th scope="col" class="number">
              Theory
            </th>
          )}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr>
            <th scope="rowgroup" colSpan={isForetold ? 4 : 3} class="group">
              {group}
            </th>
          </tr>
          {rows
            .filter((row) => row.group === group)
            .map((row) => (
              <NumberRow key={row.id} row={row} isForetold={isForetold} isMixed={isMixed} />
            ))}
        </tbody>
      ))}
    </table>
  )
}

interface NumberRowProps {
  readonly row: Row
  readonly isForetold: boolean
  /** Whether flows and descents stand in one table: then each says which it is. */
  readonly isMixed: boolean
}

function NumberRow({ row, isForetold, isMixed }: NumberRowProps) {
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
        {published ? grouped(published.value) : '–'}
        {published && <span class="detail">{published.evidence}</span>}
      </td>
      <td class="number">
        {reproduced.length === 0 && '–'}
        {reproduced.map((one) => (
          <Measured key={one.form} one={one} isMixed={isMixed} />
        ))}
      </td>
      {isForetold && (
        <td class="number" title={prediction}>
          {reproduced.every(({ predicted }) => !predicted) && '–'}
          {reproduced.map(({ form, predicted }) => (
            <Fragment key={form}>{predicted && grouped(predicted.median)}</Fragment>
          ))}
        </td>
      )}
    </tr>
  )
}

function Measured({ one, isMixed }: { readonly one: Reproduced; readonly isMixed: boolean }) {
  const { form, measured, ratio } = one
  const told = ratio !== undefined && Number.isFinite(ratio)
  return (
    <span class="measured">
      {measured.reached > 0 ? grouped(measured.median) : 'not reached'}
      <span class="detail">
        {isMixed && form === 'descent' && 'descent; '}
        {measured.seeds > 1 && `median of ${measured.seeds} seeds; `}
        {told && `${Number(ratio.toPrecision(3))} × published`}
      </span>
    </span>
  )
}

/** As everywhere in the lab, but large whole numbers in groups of three digits. */
function grouped(value: number): string {
  const isLong = Number.isInteger(value) && Math.abs(value) >= 1e4 && Math.abs(value) < 1e9
  return isLong ? value.toLocaleString('en').replaceAll(',', '\u202f') : measuredNumber(value)
}
