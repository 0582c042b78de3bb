import type { ConfigProblem } from 'linnet'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Experiment, LabState } from '../experiment/experiment.ts'
import type { Field } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
import type { LiveRun } from '../running/live-run.ts'
import type { Failure } from '../store/failures.ts'
import type { Store } from '../store/store.ts'
import type { Act } from './remedy.ts'
import { edited, ownerOf, withoutChange } from './variation.ts'

/** What every control works on: the store, as seen from the lane that is looked at. */
export interface Desk {
  readonly store: Store
  readonly experiment: Experiment
  readonly lane: number
  /** The first run of that lane. */
  readonly live: LiveRun | undefined
  readonly drafts: Readonly<Record<Field, string>>
  /** What is to be said beside the control of a field. */
  problemsAt(field: Field): readonly ConfigProblem[]
  failuresAt(field: Field): readonly Failure[]
  /** Writes a value; a text that stood there as a draft is forgotten. */
  edit(field: Field, value: Json | undefined): void
  /** Keeps a text that is no value; `undefined` forgets it. */
  draft(field: Field, text: string | undefined): void
  /** Does what a remedy says, in whichever of the lanes compared it is about. */
  mend(act: Act): void
  change(experiment: Experiment): void
}

const context = createContext<Desk | undefined>(undefined)

export const DeskOf = context.Provider

export function useDesk(): Desk {
  const desk = useContext(context)
  if (!desk) throw new Error('a control stands outside the setup')
  return desk
}

/** The lane that is looked at, kept within those that there are. */
export function laneInView({ experiment, view }: LabState): number {
  return Math.min(Math.max(view.lane, 0), experiment.lanes.length - 1)
}

/** `fields` are those that have a control. */
export function makeDesk(store: Store, fields: readonly Field[], failures: readonly Failure[]): Desk {
  const { experiment, drafts } = store.state.value
  const lane = laneInView(store.state.value)
  const problems = store.problems.value
  const edit = (field: Field, value: Json | undefined, inLane = lane) => {
    // Several events may come before the next drawing: always from the present state.
    const { experiment: present, drafts: texts } = store.state.value
    if (Object.hasOwn(texts, field)) store.setDraft(field, undefined)
    store.setExperiment(edited(present, inLane, field, value))
  }
  const change = (changed: Experiment) => {
    store.setExperiment(changed)
    if (store.state.value.view.lane >= changed.lanes.length) store.setView({ lane: changed.lanes.length - 1 })
  }
  return {
    store,
    experiment,
    lane,
    live: store.staged.value.find(({ planned, pinned }) => !pinned && planned.lane === lane)?.live,
    drafts,
    problemsAt: (field) => problems.filter((problem) => ownerOf(problem.field, fields) === field),
    failuresAt: (field) =>
      failures.filter(({ place }) => place !== undefined && ownerOf(place, fields) === field),
    edit,
    mend: ({ field, value }) => {
      const present = store.state.value.experiment
      if (value === undefined && present.lanes.some(({ changes }) => Object.hasOwn(changes, field)))
        change(withoutChange(present, field))
      else edit(field, value, store.plan.value.lane)
    },
    draft: (field, text) => store.setDraft(field, text),
    change,
  }
}

/** The `id` of the input of a field: labels and sentences are tied to it. */
export function idOf(field: Field): string {
  return `setup-${field.replace(/[^\w]+/g, '-')}`
}
