import type { ConfigProblem } from 'linnet'
import { type Field, isWithin } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
import { problemSentence } from '../experiment/problem-sentence.ts'
import type { Failure } from '../store/failures.ts'
import { idOf, useDesk } from './desk.ts'
import { actOf, besideControl } from './remedy.ts'

/** `id` of the element that says what is wrong at a field, for `aria-describedby`. */
export function noteId(field: Field): string {
  return `${idOf(field)}-note`
}

/** What is wrong at a field, a sentence each, with a button where the remedy needs no thought. */
export function ProblemNotes(props: {
  readonly field: Field
  /** Of the text in the control; then nothing else is said. */
  readonly sentence?: string | undefined
  /** What the control would be set to. */
  readonly start?: Json | undefined
}) {
  const { field, sentence, start } = props
  const desk = useDesk()
  const problems = desk.problemsAt(field)
  return (
    <div class="notes" id={noteId(field)} role="status">
      {sentence !== undefined && <p class="wrong">{sentence}</p>}
      {sentence === undefined &&
        problems.map((problem) => (
          <ProblemNote key={problem.field} problem={problem} beside={field} start={start} />
        ))}
      {desk.failuresAt(field).map((failure) => (
        <FailureNote key={failure.sentence} failure={failure} />
      ))}
    </div>
  )
}

/** Why a run could not be done, in the library's words. */
export function FailureNote({ failure: { sentence, lane, label } }: { readonly failure: Failure }) {
  const desk = useDesk()
  return (
    <p class="wrong">
      {lane !== desk.lane && <b>{label}: </b>}
      {sentence}
    </p>
  )
}

/** One sentence; of which of the runs compared, where that is not the one that is looked at. */
export function ProblemNote(props: {
  readonly problem: ConfigProblem
  /** The field whose control it stands beside. */
  readonly beside?: Field
  readonly start?: Json | undefined
}) {
  const { problem, beside, start } = props
  const desk = useDesk()
  const { lane } = desk.store.plan.value
  const { lanes } = desk.experiment
  // What all lanes share is wrong in all of them.
  const differs = lanes.some(({ changes }) =>
    Object.keys(changes).some(
      (changed) => isWithin(problem.field, changed) || isWithin(changed, problem.field),
    ),
  )
  const other = differs && lane !== undefined && lane !== desk.lane ? lanes[lane] : undefined
  const isOwn = problem.field === beside
  const act = actOf(problem, isOwn ? start : undefined)
  return (
    <p class="wrong">
      {other && <b>{other.label}: </b>}
      {isOwn ? besideControl(problem) : problemSentence(problem)}{' '}
      {act && (
        <button type="button" class="link" onClick={() => desk.mend(act)}>
          {act.label}
        </button>
      )}
    </p>
  )
}
