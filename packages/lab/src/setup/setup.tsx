import './inputs.css'
import { useComputed } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { isWithin } from '../experiment/field.ts'
import { laneConfig } from '../experiment/plan.ts'
import type { Failure } from '../store/failures.ts'
import type { Store } from '../store/store.ts'
import { AnyControl } from './any-control.tsx'
import { catalogue } from './catalogue.ts'
import type { Control } from './control.ts'
import { DeskOf, laneInView, makeDesk } from './desk.ts'
import { DrawnBy } from './drawn.tsx'
import { FailureNote, ProblemNote } from './problem-notes.tsx'
import { EngineChoice, Runs } from './runs.tsx'
import { fieldsOf, type Section, sectionsOf } from './sections.ts'
import { Parameters, SpecInput } from './spec-control.tsx'
import { ownerOf } from './variation.ts'
import './setup.css'

/** On a narrow page the stage comes first, and the setup is a table of contents of itself. */
const roomy = globalThis.matchMedia?.('(min-width: 60.01rem)').matches ?? true

/** What is run: problem, network, initialisation, dynamics, seed; every control from the schema of its entry. */
export function Setup({ store }: { readonly store: Store }) {
  const { experiment } = store.state.value
  const sections = sectionsOf(laneConfig(experiment, laneInView(store.state.value)), catalogue)
  const fields = sections.flatMap(({ controls }) => fieldsOf(controls))
  const failures = useFailures(store)
  const desk = makeDesk(store, fields, failures)
  const astray = store.problems.value.filter(({ field }) => ownerOf(field, fields) === undefined)
  return (
    <DeskOf value={desk}>
      <DrawnBy value={AnyControl}>
        <h2 class="unseen">Setup</h2>
        {astray.map((problem) => (
          <ProblemNote key={problem.field} problem={problem} />
        ))}
        {failures
          .filter(({ place }) => place === undefined || ownerOf(place, fields) === undefined)
          .map((failure) => (
            <FailureNote key={failure.sentence} failure={failure} />
          ))}
        {sections.map((one) => (
          <SectionOf
            key={one.id}
            section={one}
            wrong={[
              ...store.problems.value.map(({ field }) => field),
              ...failures.map(({ place }) => place),
            ].some((field) => field !== undefined && isWithin(field, one.id))}
          />
        ))}
      </DrawnBy>
    </DeskOf>
  )
}

/**
 * What failed, drawn anew only when that changes: how far the runs are changes thirty times a second. Nothing while the config itself
 * is wrong, for the runs are those of the last one that was right.
 */
function useFailures(store: Store): readonly Failure[] {
  const text = useComputed(() => JSON.stringify(store.problems.value.length > 0 ? [] : store.failures.value))
  return JSON.parse(text.value) as readonly Failure[]
}

function SectionOf(props: {
  readonly section: Section
  /** Something in it is. */
  readonly wrong: boolean
}) {
  const { section, wrong } = props
  const { id, title, open, controls } = section
  const [opened, setOpened] = useState(open && roomy)
  // What is wrong is seen; a section opened for that stays open when it is mended.
  useEffect(() => {
    if (wrong) setOpened(true)
  }, [wrong])
  return (
    <details class="section" open={opened} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
        <span class="gist">{gistOf(controls)}</span>
      </summary>
      <Inside controls={controls} title={title} />
      {id === 'loss' && (
        <p class="quiet own-data">Own data? Drop a table (CSV) or a config anywhere on the page.</p>
      )}
      {id === 'seed' && (
        <div class="parameters">
          <Runs />
          <EngineChoice />
        </div>
      )}
    </details>
  )
}

function Inside({ controls, title }: { readonly controls: readonly Control[]; readonly title: string }) {
  const [only] = controls
  if (controls.length === 1 && only?.kind === 'spec') return <SpecInput control={only} name={title} />
  if (controls.length === 1 && only?.kind === 'specs') return <AnyControl control={only} />
  return <Parameters controls={controls} of={title} />
}

/** What a closed section holds, in a word or two. */
function gistOf(controls: readonly Control[]): string {
  const [only] = controls
  if (only?.kind === 'spec') return only.current?.title ?? ''
  if (only?.kind === 'specs') return String(only.items.length)
  return controls
    .flatMap(({ value, label }) => (typeof value === 'number' ? [`${label} ${value}`] : []))
    .join(', ')
}
