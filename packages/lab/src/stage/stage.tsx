import type { Store } from '../store/store.ts'

/** The trajectories of all lanes, as panels. */
export function Stage({ store }: { readonly store: Store }) {
  return (
    <ul>
      {store.staged.value.map(({ planned, live }) => (
        <li key={planned.id}>
          {planned.label}: {live.status.value.kind} {live.measured.value?.positions.length}
        </li>
      ))}
    </ul>
  )
}
