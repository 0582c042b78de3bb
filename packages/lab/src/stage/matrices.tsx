import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { twoDigits } from '../elements/numbers.ts'
import type { StagedRun } from '../store/store.ts'
import { Choice } from './choice.tsx'
import { ColourBar } from './colour-bar.tsx'
import { type Entry, Heatmap } from './heatmap.tsx'
import { endToEndOf, pictureAt } from './matrix-at.ts'
import { limitOf, minus, type Shown } from './pixels.ts'
import { PanelFrame } from './plot-panel.tsx'
import type { Scene } from './scene.ts'
import './matrices.css'

/** Entries of a matrix in which the observed ones can be marked. */
const mostMarked = 10_000

/** The end-to-end matrix of one lane, as it is at the playhead. */
interface LaneMatrix {
  readonly label: string
  readonly matrix: ReadonlySignal<Shown | undefined>
  /** W − W*. */
  readonly difference: ReadonlySignal<Shown | undefined>
}

interface Matrices {
  readonly shape: readonly [number, number]
  /** Until the runs have begun one is taken to be there, so that its place is kept. */
  readonly hasTruth: boolean
  readonly truth: ReadonlySignal<Shown | undefined>
  readonly observed: ArrayLike<number> | undefined
  readonly lanes: readonly LaneMatrix[]
  readonly limit: ReadonlySignal<number>
}

/** W(t) of every lane beside the ground truth, all in the same colours, and what they still lack. */
export function MatricesPanel({ scene }: { readonly scene: Scene }) {
  const firsts = scene.held.value.filter(({ planned, pinned }) => !pinned && planned.repetition === 0)
  const known = firsts.every(({ live }) => live.beginning.value !== undefined)
  const matrices = useMemo(
    () => matricesOf(scene, firsts),
    [known, ...firsts.flatMap(({ live, planned }) => [live, planned.label])],
  )
  const pointed = useMemo(() => signal<Entry | undefined>(undefined), [])
  const marking = useMemo(() => signal<'none' | 'observed'>('none'), [])
  const marked = useMemo(
    () => computed(() => (marking.value === 'observed' ? matrices.observed : undefined)),
    [marking, matrices],
  )
  return (
    <PanelFrame
      scene={scene}
      id="matrices"
      title="The matrices"
      subtitle="End-to-end matrix at the playhead, beside the ground truth"
    >
      <Maps {...{ scene, matrices, pointed, marked }} />
      <div class="below-maps">
        {matrices.observed && (
          <Choice
            label="Entries"
            options={[
              { value: 'none', text: 'all alike' },
              { value: 'observed', text: 'mark the observed' },
            ]}
            value={marking.value}
            onChange={(chosen) => {
              marking.value = chosen
            }}
          />
        )}
        <Readout matrices={matrices} pointed={pointed} />
      </div>
    </PanelFrame>
  )
}

function Maps(props: {
  readonly scene: Scene
  readonly matrices: Matrices
  readonly pointed: Signal<Entry | undefined>
  readonly marked: ReadonlySignal<ArrayLike<number> | undefined>
}) {
  const { scene, matrices, pointed, marked } = props
  const { shape, hasTruth, truth, lanes, limit } = matrices
  const common = { queue: scene.queue, shape, limit, pointed, marked, colours: 'diverging' as const }
  return (
    <div class={lanes.length === 1 ? 'maps alone' : 'maps'}>
      <div class="pair">
        {hasTruth && (
          <figure>
            <figcaption>ground truth W*</figcaption>
            <Heatmap {...common} label="ground truth" matrix={truth} first />
          </figure>
        )}
        <div class="scale">
          <ColourBar queue={scene.queue} colours="diverging" limit={limit} />
          {!hasTruth && <p>This loss knows no ground truth to compare with.</p>}
        </div>
      </div>
      {lanes.map(({ label, matrix, difference }, i) => (
        <div class="pair" key={`${i} ${label}`}>
          <figure>
            <figcaption>{label}</figcaption>
            <Heatmap {...common} label={`W of ${label}`} matrix={matrix} first={!hasTruth && i === 0} />
          </figure>
          {hasTruth && (
            <figure>
              <figcaption>W − W*, {label}</figcaption>
              <Heatmap {...common} label={`W less truth, ${label}`} matrix={difference} first={false} />
            </figure>
          )}
        </div>
      ))}
    </div>
  )
}

/** The values of the entry that is pointed at, in all matrices. */
function Readout(props: { readonly matrices: Matrices; readonly pointed: Signal<Entry | undefined> }) {
  const { truth, lanes, shape } = props.matrices
  const entry = props.pointed.value
  const at = (shown: Shown | undefined) =>
    shown && entry ? twoDigits(Number(shown.data[entry.row * shape[1] + entry.column])) : '—'
  return (
    <output class="readout" aria-live="polite">
      {entry ? (
        <>
          <b>
            row {entry.row + 1}, column {entry.column + 1}
          </b>
          {truth.value && <span>W* {at(truth.value)}</span>}
          {lanes.map(({ label, matrix }, i) => (
            <span key={`${i} ${label}`}>
              {label} {at(matrix.value)}
            </span>
          ))}
        </>
      ) : (
        'Point at an entry to read its values.'
      )}
    </output>
  )
}

function matricesOf({ position }: Scene, runs: readonly StagedRun[]): Matrices {
  const beginnings = runs.flatMap(({ live }) => live.beginning.peek() ?? [])
  const truth = beginnings.find((beginning) => beginning.truth)?.truth
  const hasTruth = truth !== undefined || beginnings.length === 0
  // Dots on every entry of a large matrix are a grey veil.
  const observed = truth && truth.data.length <= mostMarked ? beginnings[0]?.observed : undefined
  const shape = beginnings[0]?.shape ?? [1, 1]
  const lanes = runs.map((run): LaneMatrix => {
    const { planned, live } = run
    const matrix = computed(() => matrixAt(live, position(run)))
    const difference = computed(() => matrix.value && truth && minus(matrix.value, truth))
    return { label: planned.label, matrix, difference }
  })
  const last = () => runs.flatMap(({ live }) => matrixAt(live, Number.POSITIVE_INFINITY) ?? [])
  const limit = computed(() => limitOf(truth ? [truth] : last()))
  return { shape, hasTruth, truth: signal(truth), observed, lanes, limit }
}

function matrixAt(live: StagedRun['live'], position: number): Shown | undefined {
  const [rows, columns] = live.beginning.value?.shape ?? [0, 0]
  // Pictures come with the measurements, final weights with the end.
  void live.measured.value
  void live.status.value.kind
  const picture = pictureAt(live.pictures, position)
  if (picture) return { rows, columns, data: picture.values }
  return live.weights && endToEndOf(live.weights)
}
