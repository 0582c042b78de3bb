import { Guide } from '../gallery/guide.tsx'
import { Setup } from '../setup/setup.tsx'
import { Stage } from '../stage/stage.tsx'
import type { Store } from '../store/store.ts'
import { Theory } from '../theory/theory.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { Header } from './header.tsx'
import { Notice } from './notice.tsx'
import { Saved } from './saved.tsx'

/** The whole page: setup, stage, theory, timeline. */
export function Page({ store }: { readonly store: Store }) {
  return (
    <div class="lab" data-state={isSettled(store) ? 'settled' : 'busy'}>
      <Header store={store} />
      <Guide store={store} />
      <main class="stage" aria-label="Stage">
        <Notice store={store} />
        <Saved store={store} />
        <Stage store={store} />
      </main>
      <section class="setup" aria-label="Setup">
        <Setup store={store} />
      </section>
      <section class="theory" aria-label="Theory">
        <Theory store={store} />
      </section>
      <section class="timeline" aria-label="Timeline">
        <Timeline store={store} />
      </section>
    </div>
  )
}

/** Whether every run has ended and everything has been said about it, predictions included; a run that failed will say no more. */
function isSettled({ staged }: Store): boolean {
  return staged.value.every(
    ({ live }) => (live.isFinished && live.isForeseen) || live.status.value.kind === 'failed',
  )
}
