import type { ConfigProblem } from 'linnet'
import { useEffect, useState } from 'preact/hooks'
import { laneConfig } from '../experiment/plan.ts'
import type { Store } from '../store/store.ts'
import { AnyControl } from './any-control.tsx'
import { catalogue } from './catalogue.ts'
import type { Control } from './control.ts'
import { type Desk, DeskOf, makeDesk } from './desk.ts'
import { DrawnBy } from './drawn.tsx'
import { sectionOfFailure } from './failure.ts'
import { sentenceOf } from './remedy.ts'
import { EngineChoice, Runs } from './runs.tsx'
import { type Section, sectionsOf } from './sections.ts'
import { Parameters, SpecInput } from './spec-control.tsx'
import { isWithin } from './variation.ts'
import './setup.css'

/** On a narrow page the stage comes first, and the setup is a table of contents of itself. */
const roomy = globalThis.matchMedia?.('(min-width: 60.01rem)').matches ?? true

/** What is run: problem, network, initialisation, dynamics, seed; every control from the schema of its entry. */
export function Setup({ store }: { readonly store: Store }) {
  const desk = makeDesk(store)
  const sections = sectionsOf(laneConfig(desk.experiment, desk.lane), catalogue)
  const failure = failureOf(desk)
  const astray = store.problems.value.filter(({ field }) => !sections.some(({ id }) => isWithin(field, id)))
  return (
    <DeskOf value={desk}>
      <DrawnBy value={AnyControl}>
        <h2 class="unseen">Setup</h2>
        {astray.map((problem) => (
          <p class="wrong" key={problem.field}>
            {sentenceOf(problem)}
          </p>
        ))}
        {failure && !failure.section && <p class="wrong">{failure.sentence}</p>}
        {sections.map((section) => (
          <SectionOf
            key={section.id}
            section={section}
            problems={store.problems.value}
            failure={failure?.section === section.id ? failure.sentence : undefined}
          />
        ))}
      </DrawnBy>
    </DeskOf>
  )
}

function failureOf({ live, experiment }: Desk) {
  const status = live?.status.value
  if (status?.kind !== 'failed') return undefined
  return { sentence: status.sentence, section: sectionOfFailure(status.sentence, experiment.config) }
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
