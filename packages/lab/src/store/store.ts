import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { ConfigProblem } from 'linnet'
import type { Experiment, LabState, View } from '../experiment/experiment.ts'
import { type Field, withValue } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
import { openingState } from '../experiment/opening.ts'
import { laneConfig, type Plan, type PlannedRun, planOf, runId } from '../experiment/plan.ts'
import { mostLanes, mostPins, mostSeeds } from '../experiment/state-schema.ts'
import { withKind } from '../experiment/with-kind.ts'
import type { LiveRun } from '../running/live-run.ts'
import type { Runner } from '../running/runner.ts'
import type { Offer } from '../running/saved-runs.ts'
import { type Failure, failuresOf } from './failures.ts'
import { History } from './history.ts'
import { knownOfRun } from './known-of-run.ts'
import { type Animate, makePlayback, type Playback } from './playback.ts'

/** A run on the stage: which lane it belongs to (a pinned one to none), and what is known of it. */
export interface StagedRun {
  readonly planned: PlannedRun
  readonly live: LiveRun
  readonly pinned: boolean
}

/** The one state of the lab; everything on the page follows from it. */
export interface Store {
  readonly state: Signal<LabState>
  readonly plan: ReadonlySignal<Plan>
  /** What is wrong with the config, to be said beside its control. */
  readonly problems: ReadonlySignal<readonly ConfigProblem[]>
  /** Runs that could not be done, and where in the config the reason stands. */
  readonly failures: ReadonlySignal<readonly Failure[]>
  /** The runs of the last plan that could be run, pinned ones after them: a bad value leaves them as they are. */
  readonly staged: ReadonlySignal<readonly StagedRun[]>
  /** Runs from folders, staged after all others; no part of a link. */
  readonly saved: Signal<readonly StagedRun[]>
  /** Runs from folders that can be drawn; those in `saved` are. */
  readonly offers: Signal<readonly Offer[]>
  /** Why some of them are not there, a sentence each. */
  readonly savedFaults: Signal<readonly string[]>
  readonly playback: Playback
  /** Something to be said once: that a link or a file cannot be read, what was made of one. */
  readonly notice: Signal<string | undefined>
  /** Why the link in the address bar is not one to hand on. */
  readonly linkProblem: Signal<string | undefined>
  /** Shows another state: a preset, a link, a dropped config. */
  open(state: LabState): void
  setExperiment(change: Partial<Experiment>): void
  /** Writes a value of the config; `undefined` removes it. */
  setField(field: Field, value: Json | undefined): void
  /** Exchanges the entry at a field for another kind, as seen from the lane that is looked at; `notice` says what else changed. */
  changeKind(field: Field, kind: string): void
  /** Keeps a text that is no value yet; `undefined` forgets it. */
  setDraft(field: Field, text: string | undefined): void
  /** Changes how the stage is looked at; `undefined` closes what was open. */
  setView(change: { readonly [K in keyof View]?: View[K] | undefined }): void
  /** Pins the first run of a lane. */
  pin(lane: number): void
  unpin(index: number): void
  renamePin(index: number, label: string): void
  /** Goes back to the experiment before the last change, and forth again; false when there is none. */
  undo(): boolean
  redo(): boolean
  /** κ_n(σ_i, σ_j), the kernel of the preconditioner at depth n over all pairs of `sigmas`, row by row. */
  kernel(depth: number, sigmas: readonly number[]): Promise<Float64Array>
}

/** Lane of pinned runs: beside all others. */
export const pinnedLane = -1

/** The store of a lab that begins with `initial`; where that cannot be run, the runs of `runnable` are staged. */
export function makeStore(
  runner: Runner,
  animate: Animate,
  initial: LabState = openingState,
  runnable: LabState = openingState,
): Store {
  const state = signal(initial)
  const experiment = computed(() => state.value.experiment)
  const pins = computed(() => state.value.pins)
  const plan = computed(() => planOf(experiment.value))
  const pinned = computed(() => pins.value.flatMap(pinnedRun))
  const alive = signal<readonly StagedRun[]>([])
  const saved = signal<readonly StagedRun[]>([])
  const staged = computed(() => [...alive.value, ...saved.value])
  const playback = makePlayback(
    staged,
    computed(() => state.value.view),
    animate,
  )
  let isBegun = false
  effect(() => {
    const runs = plan.value.runs.length > 0 || isBegun ? plan.value.runs : planOf(runnable.experiment).runs
    if (runs.length === 0) return
    isBegun = true
    const wanted = [...runs, ...pinned.value]
    // What the runner looks up about its runs is no reason to ask for them again.
    const live = untracked(() => runner.want(wanted))
    alive.value = wanted.map((planned, i) => ({
      planned,
      live: live[i]!,
      pinned: planned.lane === pinnedLane,
    }))
  })
  const notice = signal<string | undefined>(undefined)
  const history = new History()
  const problems = computed(() => plan.value.problems)
  const failures = computed(() => failuresOf(staged.value))
  const show = (next: LabState) => {
    state.value = withinLimits(next)
  }
  const change = (part: Partial<LabState>) => show({ ...state.value, ...part })
  const setExperiment = (part: Partial<Experiment>) => {
    history.note(experiment.value)
    change({ experiment: { ...experiment.value, ...part } })
  }
  const goTo = (found: Experiment | undefined) => {
    if (found) change({ experiment: found, drafts: {} })
    return found !== undefined
  }
  return {
    state,
    plan,
    problems,
    failures,
    staged,
    saved,
    offers: signal<readonly Offer[]>([]),
    savedFaults: signal<readonly string[]>([]),
    playback,
    notice,
    linkProblem: signal<string | undefined>(undefined),
    open: (opened) => {
      history.note(experiment.value, true)
      notice.value = undefined
      // What is new is shown whole, wherever the playhead stood.
      if (opened.experiment !== experiment.value) playback.seek(1)
      show(opened)
    },
    setExperiment,
    setField: (field, value) => setExperiment({ config: withValue(experiment.value.config, field, value) }),
    changeKind: (field, kind) => {
      const { lane } = state.value.view
      const seen = alive.value.find(({ planned }) => planned.lane === lane)?.live
      const changed = withKind(experiment.value, lane, field, kind, knownOfRun(seen, field))
      setExperiment(changed.experiment)
      notice.value = changed.note
    },
    setDraft: (field, text) => {
      const { [field]: _, ...rest } = state.value.drafts
      change({ drafts: text === undefined ? rest : { ...rest, [field]: text } })
    },
    setView: (part) => change({ view: withoutUndefined({ ...state.value.view, ...part }) }),
    pin: (lane) => {
      const { lanes, engine } = experiment.value
      const kept = lanes[lane]
      if (!kept) return
      const pin = {
        label: `pinned ${kept.label}`,
        config: laneConfig(experiment.value, lane),
        engine,
      }
      change({ pins: [...pins.value, pin] })
    },
    renamePin: (index, label) =>
      change({ pins: pins.value.map((pin, i) => (i === index ? { ...pin, label } : pin)) }),
    unpin: (index) => change({ pins: pins.value.filter((_, i) => i !== index) }),
    undo: () => goTo(history.back(experiment.value)),
    redo: () => goTo(history.forth(experiment.value)),
    kernel: (depth, sigmas) => runner.kernel(depth, sigmas),
  }
}

/** As much as a link holds: of pins the last, of lanes the first. */
function withinLimits(state: LabState): LabState {
  const { experiment, pins, view } = state
  const lanes = experiment.lanes.slice(0, mostLanes)
  const seeds = Math.min(mostSeeds, Math.max(1, Math.round(experiment.seeds)))
  const lane = Math.min(view.lane, lanes.length - 1)
  const fits = seeds === experiment.seeds && lanes.length === experiment.lanes.length
  return {
    ...state,
    experiment: fits ? experiment : { ...experiment, lanes, seeds },
    pins: pins.length <= mostPins ? pins : pins.slice(-mostPins),
    view: lane === view.lane ? view : { ...view, lane },
  }
}

/** What is undefined is absent: states travel as JSON. */
function withoutUndefined(view: { readonly [K in keyof View]?: View[K] | undefined }): View {
  return Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== undefined),
  ) as unknown as View
}

function pinnedRun({ label, config, engine }: LabState['pins'][number]): PlannedRun[] {
  const { runs } = planOf({ config, engine, lanes: [{ label, changes: {} }], seeds: 1 })
  return runs.map((run) => ({ ...run, id: runId(run.config, engine), lane: pinnedLane }))
}
