import { type Figure, type RunsFigureOptions, runsFigure, type ShownRun } from '@linnet/studies'
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { shownRun } from '../store/shown-run.ts'
import type { StagedRun, Store } from '../store/store.ts'
import { browserScreen } from './browser-screen.ts'
import { DrawingQueue } from './drawing-queue.ts'
import { expectedTrajectory } from './expected-columns.ts'
import { heldRuns } from './held-runs.ts'
import { withStabilityLines } from './stability-lines.ts'

/** What the panels of the stage share. */
export interface Scene {
  readonly store: Store
  readonly queue: DrawingQueue
  /** The runs that are shown: those that were asked for, or those before them until these have something to show. */
  readonly held: ReadonlySignal<readonly StagedRun[]>
  /** All panels of curves as data, made anew as often as they are drawn. */
  readonly figure: ReadonlySignal<Figure>
  /** Where the playhead stands in `figure`: share of the horizon, and position on the clock of the runs. */
  readonly share: ReadonlySignal<number>
  readonly position: ReadonlySignal<number>
}

export function makeScene(store: Store): Scene {
  const queue = new DrawingQueue(browserScreen)
  const held = holding(store)
  const wanted = computed(() => ({ runs: held.value.map(shown), options: optionsOf(store) }))
  const { playhead, horizon } = store.playback
  const draw = () => {
    const { runs, options } = wanted.peek()
    return withStabilityLines(runsFigure(runs, options), runs)
  }
  const figure = signal(draw())
  const share = signal(playhead.peek())
  const position = computed(() => share.value * horizon.value)
  effect(() => {
    void wanted.value
    queue.put(figure, () => {
      batch(() => {
        figure.value = draw()
        share.value = playhead.peek()
      })
    })
  })
  return { store, queue, held, figure, share, position }
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
    until: playback.playhead.value,
  }
}
