import type { Field } from '../experiment/field.ts'
import { idOf, useDesk } from './desk.ts'
import { actOf, besideControl } from './remedy.ts'

/** `id` of the element that says what is wrong at a field, for `aria-describedby`. */
export function noteId(field: Field): string {
  return `${idOf(field)}-note`
}

/** What is wrong at a field, a sentence each, with a button where the remedy needs no thought. */
export function ProblemNotes({ field, sentence }: { field: Field; sentence?: string | undefined }) {
  const desk = useDesk()
  const problems = desk.problemsAt(field)
  return (
    <div class="notes" id={noteId(field)} role="status">
      {sentence !== undefined && <p class="wrong">{sentence}</p>}
      {sentence === undefined &&
        problems.map((problem) => {
          const act = actOf(problem)
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
