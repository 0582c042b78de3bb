import { problemSentence } from '../experiment/problem-sentence.ts'
import type { Store } from '../store/store.ts'
import { useUnchanged } from './use-unchanged.ts'

/** Why what is shown is not what was asked for: the last good runs stay, with this sentence at the foot of the stage. */
export function Faults({ store }: { readonly store: Store }) {
  const failures = useUnchanged(() => whatFailed(store), [store])
  const problems = store.problems.value.map(problemSentence)
  const sentences = [...problems, ...failures.value]
  return (
    <div class="faults" role="alert">
      {sentences.length > 0 && (
        <div>
          <p>
            {problems.length > 0
              ? 'This cannot be run; what is drawn is the last that could:'
              : 'Not everything could be run:'}
          </p>
          <ul>
            {sentences.slice(0, 3).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** Each sentence once, after the lanes that it is about; what is true of all of them needs no names. */
function whatFailed({ staged }: Store): string[] {
  const lanes = new Map<string, Set<string>>()
  for (const { planned, live } of staged.value) {
    const status = live.status.value
    if (status.kind !== 'failed') continue
    const labels = lanes.get(status.sentence) ?? new Set()
    lanes.set(status.sentence, labels.add(planned.label))
  }
  const all = new Set(staged.value.map(({ planned }) => planned.label))
  return [...lanes].map(([sentence, labels]) =>
    labels.size === all.size ? sentence : `${[...labels].join(', ')}: ${sentence}`,
  )
}
