import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { twoDigits } from '../elements/numbers.ts'
import { Choice } from './choice.tsx'
import { ColourBar } from './colour-bar.tsx'
import { type Entry, Heatmap } from './heatmap.tsx'
import { entryOf, type LaneMatrices, type LaneMatrix, laneMatrices } from './lane-matrices.ts'
import type { Shown } from './pixels.ts'
import { PanelFrame } from './plot-panel.tsx'
import type { Scene } from './scene.ts'
import './matrices.css'

/** Which entries are marked. */
type Marking = 'none' | 'observed'

/** W(t) of every lane beside the ground truth, all in the same colours, and what they still lack. */
export function MatricesPanel({ scene }: { readonly scene: Scene }) {
  const firsts = scene.held.value.filter(({ planned, pinned }) => !pinned && planned.repetition === 0)
  const known = firsts.every(({ live }) => live.beginning.value !== undefined)
  const matrices = useMemo(
    () => laneMatrices(firsts, scene.position),
    [known, ...firsts.flatMap(({ live, planned }) => [live, planned.label])],
  )
  const pointed = useMemo(() => signal<Entry | undefined>(undefined), [])
  const marking = useMemo(() => signal<Marking>('none'), [])
  return (
    <PanelFrame
      scene={scene}
      id="matrices"
      title="The matrices"
      subtitle="End-to-end matrix at the playhead, beside the ground truth"
    >
      <Maps {...{ scene, matrices, pointed, marking }} />
      <div class="below-maps">
        {matrices.lanes.some(({ observed }) => observed) && (
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
  readonly matrices: LaneMatrices
  readonly pointed: Signal<Entry | undefined>
  readonly marking: ReadonlySignal<Marking>
}) {
  const { scene, matrices, pointed, marking } = props
  const { hasTruth, first, isShared, lanes, limit } = matrices
  const marks = useMemo(() => new Map(lanes.map((lane) => [lane, marksOf(lane, marking)])), [lanes, marking])
  const truth = useMemo(() => signal(first?.truth), [first])
  const common = { queue: scene.queue, limit, pointed, colours: 'diverging' as const }
  return (
    <div class={lanes.length === 1 ? 'maps alone' : 'maps'}>
      <div class="pair">
        {hasTruth && (
          <figure>
            <figcaption>ground truth W*{first && !isShared && `, ${first.label}`}</figcaption>
            <Heatmap
              {...common}
              label="ground truth"
              shape={first?.shape ?? [1, 1]}
              matrix={truth}
              marked={first && marks.get(first)}
              first
            />
          </figure>
        )}
        <div class="scale">
          <ColourBar queue={scene.queue} colours="diverging" limit={limit} />
          {!hasTruth && <p>This loss knows no ground truth to compare with.</p>}
        </div>
      </div>
      {lanes.map((lane, i) => (
        <div class="pair" key={`${i} ${lane.label}`}>
          <figure>
            <figcaption>{lane.label}</figcaption>
            <Heatmap
              {...common}
              label={`W of ${lane.label}`}
              shape={lane.shape}
              matrix={lane.matrix}
              marked={marks.get(lane)}
              first={!hasTruth && i === 0}
            />
          </figure>
          {hasTruth && (
            <figure>
              <figcaption>W − W*, {lane.label}</figcaption>
              <Heatmap
                {...common}
                label={`W less truth, ${lane.label}`}
                shape={lane.shape}
                matrix={lane.difference}
                marked={marks.get(lane)}
                first={false}
              />
            </figure>
          )}
        </div>
      ))}
    </div>
  )
}

function marksOf({ observed }: LaneMatrix, marking: ReadonlySignal<Marking>) {
  return computed(() => (marking.value === 'observed' ? observed : undefined))
}

/** The values of the entry that is pointed at, in all matrices. */
function Readout(props: { readonly matrices: LaneMatrices; readonly pointed: Signal<Entry | undefined> }) {
  const { first, isShared, lanes } = props.matrices
  const entry = props.pointed.value
  if (!entry)
    return (
      <output class="readout" aria-live="polite">
        Point at an entry to read its values.
      </output>
    )
  const at = (shown: Shown | undefined) => {
    const value = entryOf(shown, entry)
    return value === undefined ? '—' : twoDigits(value)
  }
  return (
    <output class="readout" aria-live="polite">
      <b>
        row {entry.row + 1}, column {entry.column + 1}
      </b>
      {first && isShared && <span>W* {at(first.truth)}</span>}
      {lanes.map(({ label, matrix, truth }, i) => (
        <span key={`${i} ${label}`}>
          {label} {at(matrix.value)}
          {!isShared && truth && ` (W* ${at(truth)})`}
        </span>
      ))}
    </output>
  )
}
