import type { Store } from '../store/store.ts'

/** Name of the lab, and the ways into gallery, tour and sharing. */
export function Header(_: { readonly store: Store }) {
  return (
    <header class="masthead">
      <h1>Linnet</h1>
      <p>A laboratory for linear neural networks</p>
    </header>
  )
}
