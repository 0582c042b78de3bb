import type { Store } from '../store/store.ts'

/** Why what is shown is not what was asked for: the last good runs stay, with this sentence above them. */
export function Faults({ store }: { readonly store: Store }) {
  const problems = store.problems.value
  const failed = store.staged.value.flatMap(({ planned, live }) => {
    const status = live.status.value
    return status.kind === 'failed' && live.measured.value === undefined
      ? [`${planned.label}: ${status.sentence}`]
      : []
  })
  const sentences = [
    ...problems.map(
      ({ field, given, expected, remedy }) =>
        `${field}: ${given} was given, but ${expected} is expected; ${remedy}.`,
    ),
    ...failed,
  ]
  if (sentences.length === 0) return null
  return (
    <div class="faults" role="alert">
      <p>
        {problems.length > 0 ? 'These are the last runs that could be run:' : 'Not everything could be run:'}
      </p>
      <ul>
        {sentences.slice(0, 3).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
