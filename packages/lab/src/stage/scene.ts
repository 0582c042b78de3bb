import { type Figure, positionsAt, type RunsFigureOptions, runsFigure, type ShownRun } from '@linnet/studies'
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { browserScreen } from '../elements/browser-screen.ts'
import { DrawingQueue } from '../elements/drawing-queue.ts'
import { shownRun } from '../store/shown-run.ts'
import type { StagedRun, Store } from '../store/store.ts'
import { expectedTrajectory } from './expected-columns.ts'
import { heldRuns, withoutLateSeeds } from './held-runs.ts'
import { stabilityOf, withStabilityLines } from './stability-lines.ts'

/** What the panels of the stage share. */
export interface Scene {
  readonly store: Store
  readonly queue: DrawingQueue
  /** The runs that are shown: those that were asked for, or those before them until these have something to show. */
  readonly held: ReadonlySignal<readonly StagedRun[]>
  /** Those of them that figures draw, as figures take them. */
  readonly runs: ReadonlySignal<readonly ShownRun[]>
  /** All panels of curves as data, made anew as often as they are drawn. */
  readonly figure: ReadonlySignal<Figure>
  /** Where the playhead stands in `figure`: share of the time axis, and the position of a run on its own clock. */
  readonly share: ReadonlySignal<number>
  position(run: StagedRun): number
}

export function makeScene(store: Store): Scene {
  const queue = new DrawingQueue(browserScreen)
  const held = holding(store)
  const told = computed(() => withoutLateSeeds(held.value))
  const runs = computed(() => told.value.map(shown))
  const wanted = computed(() => ({ runs: runs.value, options: optionsOf(store) }))
  const { playhead } = store.playback
  const draw = () => {
    const { runs, options } = wanted.peek()
    return withStabilityLines(runsFigure(runs, options), told.peek().map(stabilityOf))
  }
  const standing = () => {
    const { runs, options } = wanted.peek()
    const positions = positionsAt(runs, options)
    return new Map(told.peek().map(({ planned }, i) => [planned.id, positions[i]!]))
  }
  const figure = signal(draw())
  const share = signal(playhead.peek())
  const positions = signal(standing())
  const position = ({ planned }: StagedRun) => positions.value.get(planned.id) ?? Number.POSITIVE_INFINITY
  effect(() => {
    void wanted.value
    queue.put(figure, () => {
      batch(() => {
        figure.value = draw()
        share.value = playhead.peek()
        positions.value = standing()
      })
    })
  })
  return { store, queue, held, runs, figure, share, position: position }
}

function holding({ staged }: Store): ReadonlySignal<readonly StagedRun[]> {
  let held: readonly StagedRun[] = []
  return computed(() => {
    const next = heldRuns(held, staged.value, ({ live }) => live.measured.value !== undefined)
    if (next.length !== held.length || next.some((run, i) => run !== held[i])) held = next
    return held
  })
}

function shown(run: StagedRun): ShownRun {
  const { live, planned } = run
  const measured = live.measured.value
  return shownRun(run, measured ?? expectedTrajectory(planned.config, live.beginning.value?.columns))
}

function optionsOf({ state, playback }: Store): RunsFigureOptions {
  const { view, experiment } = state.value
  const { title } = experiment.config
  return {
    title: typeof title === 'string' ? title : 'Runs',
    x: view.x,
    y: view.y,
    clock: view.clock,
    reach: view.whole ? 'all' : 'lanes',
    until: playback.playhead.value,
  }
}
