import './inputs.css'
import { useComputed } from '@preact/signals'
import type { ConfigProblem } from 'linnet'
import { useEffect, useState } from 'preact/hooks'
import { laneConfig } from '../experiment/plan.ts'
import type { Store } from '../store/store.ts'
import { AnyControl } from './any-control.tsx'
import { catalogue } from './catalogue.ts'
import type { Control } from './control.ts'
import { DeskOf, laneInView, makeDesk } from './desk.ts'
import { DrawnBy } from './drawn.tsx'
import { sectionOfFailure } from './failure.ts'
import { ProblemNote } from './problem-notes.tsx'
import { EngineChoice, Runs } from './runs.tsx'
import { fieldsOf, type Section, sectionsOf } from './sections.ts'
import { Parameters, SpecInput } from './spec-control.tsx'
import { isWithin, ownerOf } from './variation.ts'
import './setup.css'

/** On a narrow page the stage comes first, and the setup is a table of contents of itself. */
const roomy = globalThis.matchMedia?.('(min-width: 60.01rem)').matches ?? true

/** What is run: problem, network, initialisation, dynamics, seed; every control from the schema of its entry. */
export function Setup({ store }: { readonly store: Store }) {
  const { experiment } = store.state.value
  const sections = sectionsOf(laneConfig(experiment, laneInView(store.state.value)), catalogue)
  const fields = sections.flatMap(({ controls }) => fieldsOf(controls))
  const desk = makeDesk(store, fields)
  // A signal of its own: how far a run is changes thirty times a second, and none of the controls with it.
  const sentence = useComputed(() => failureIn(store)).value
  const section = sentence && sectionOfFailure(sentence, experiment.config)
  const astray = store.problems.value.filter(({ field }) => ownerOf(field, fields) === undefined)
  return (
    <DeskOf value={desk}>
      <DrawnBy value={AnyControl}>
        <h2 class="unseen">Setup</h2>
        {astray.map((problem) => (
          <ProblemNote key={problem.field} problem={problem} />
        ))}
        {sentence && !section && <p class="wrong">{sentence}</p>}
        {sections.map((one) => (
          <SectionOf
            key={one.id}
            section={one}
            problems={store.problems.value}
            failure={section === one.id ? sentence : undefined}
          />
        ))}
      </DrawnBy>
    </DeskOf>
  )
}

/** Why the run of the lane that is looked at could not be. */
function failureIn(store: Store): string | undefined {
  const lane = laneInView(store.state.value)
  const { live } = store.staged.value.find(({ planned, pinned }) => !pinned && planned.lane === lane) ?? {}
  const status = live?.status.value
  return status?.kind === 'failed' ? status.sentence : undefined
}

function SectionOf(props: {
  readonly section: Section
  readonly problems: readonly ConfigProblem[]
  readonly failure: string | undefined
}) {
  const { section, problems, failure } = props
  const { id, title, open, controls } = section
  const wrong = failure !== undefined || problems.some(({ field }) => isWithin(field, id))
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
      {failure !== undefined && (
        <p class="wrong" role="status">
          {failure}
        </p>
      )}
      <Inside controls={controls} title={title} />
      {id === 'seed' && (
        <>
          <Runs />
          <EngineChoice />
        </>
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
