import type { Field } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
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
        problems.map((problem) => {
          const act = actOf(problem, start)
          return (
            <p class="wrong" key={problem.expected}>
              {besideControl(problem)}{' '}
              {act && (
                <button type="button" class="link" onClick={() => desk.edit(act.field, act.value)}>
                  {act.label}
                </button>
              )}
            </p>
          )
        })}
    </div>
  )
}
