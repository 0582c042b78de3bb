import { computed, type ReadonlySignal } from '@preact/signals'
import type { LiveRun } from '../running/live-run.ts'
import { endToEndOf } from '../store/end-to-end.ts'
import type { StagedRun } from '../store/store.ts'
import { pictureAt } from './matrix-at.ts'
import { limitOf, minus, type Shown } from './pixels.ts'
import { same } from './same.ts'

/** Entries of a matrix in which the observed ones can be marked. */
const mostMarked = 10_000

/** The end-to-end matrix of one lane, as it is at the playhead. */
export interface LaneMatrix {
  readonly label: string
  readonly shape: readonly [number, number]
  readonly matrix: ReadonlySignal<Shown | undefined>
  /** W*, which may be another in every lane. */
  readonly truth: Shown | undefined
  /** W − W*. */
  readonly difference: ReadonlySignal<Shown | undefined>
  /** Row-major places of the entries that the loss observes. */
  readonly observed: ArrayLike<number> | undefined
}

export interface LaneMatrices {
  readonly lanes: readonly LaneMatrix[]
  /** Until the runs have begun one is taken to be there, so that its place is kept. */
  readonly hasTruth: boolean
  /** The first lane whose truth is known. */
  readonly first: LaneMatrix | undefined
  /** Its truth is that of all lanes. */
  readonly isShared: boolean
  /** Where the colours of all end. */
  readonly limit: ReadonlySignal<number>
}

/** The matrices of the first seeds of all lanes; `position` is where the playhead stands in a run. Of runs that have begun. */
export function laneMatrices(runs: readonly StagedRun[], position: (run: StagedRun) => number): LaneMatrices {
  const lanes = runs.map((run) => laneMatrix(run, position))
  const truths = lanes.flatMap(({ truth }) => truth ?? [])
  const last = () => runs.flatMap(({ live }) => matrixAt(live, Number.POSITIVE_INFINITY) ?? [])
  return {
    lanes,
    hasTruth: truths.length > 0 || runs.every(({ live }) => live.beginning.peek() === undefined),
    first: lanes.find(({ truth }) => truth),
    isShared: truths.every((truth) => same(truth, truths[0])),
    limit: computed(() => limitOf(truths.length > 0 ? truths : last())),
  }
}

function laneMatrix(run: StagedRun, position: (run: StagedRun) => number): LaneMatrix {
  const { planned, live } = run
  const { shape = [1, 1], truth, observed } = live.beginning.peek() ?? {}
  const matrix = computed(() => matrixAt(live, position(run)))
  return {
    label: planned.label,
    shape,
    matrix,
    truth,
    difference: computed(() => matrix.value && truth && minus(matrix.value, truth)),
    // Dots on every entry of a large matrix are a grey veil.
    observed: truth && truth.data.length <= mostMarked ? observed : undefined,
  }
}

function matrixAt(live: LiveRun, position: number): Shown | undefined {
  const [rows, columns] = live.beginning.value?.shape ?? [0, 0]
  // Pictures come with the measurements, final weights with the end.
  void live.measured.value
  void live.status.value.kind
  const picture = pictureAt(live.pictures, position)
  if (picture) return { rows, columns, data: picture.values }
  return live.weights && endToEndOf(live.weights)
}

/** An entry of a matrix; `undefined` where it has none there. */
export function entryOf(
  shown: Shown | undefined,
  { row, column }: { readonly row: number; readonly column: number },
): number | undefined {
  return shown && row < shown.rows && column < shown.columns
    ? shown.data[row * shown.columns + column]
    : undefined
}
