import type { Store } from '../store/store.ts'

/** What is run: problem, network, initialisation, dynamics, seed; every control from the schema of its entry. */
export function Setup({ store }: { readonly store: Store }) {
  return <pre>{JSON.stringify(store.state.value.experiment.config, null, 1)}</pre>
}
