import type { Store } from '../store/store.ts'

/** The statements as a live list. */
export function Theory({ store }: { readonly store: Store }) {
  const { lane } = store.state.value.view
  const run = store.staged.value.find(({ planned }) => planned.lane === lane)
  if (!run) return null
  return (
    <ul>
      {[...run.live.certificates.value.values()].map(({ certificate }) => (
        <li key={certificate.statement}>{certificate.summary}</li>
      ))}
    </ul>
  )
}
