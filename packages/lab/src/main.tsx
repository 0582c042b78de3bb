import { render } from 'preact'
import { animationFrames } from './page/animate.ts'
import { Page } from './page/page.tsx'
import './page/page.css'
import './page/forced-colors.css'
import { playOnce } from './page/play-once.ts'
import { Runner } from './running/runner.ts'
import { offersAt } from './running/saved-runs.ts'
import { workersOf } from './running/start-worker.ts'
import { keepInAddress, stateAtStart } from './store/address.ts'
import { offerSaved } from './store/saved.ts'
import { makeStore } from './store/store.ts'
import { undoByKeys } from './store/undo-by-keys.ts'

async function begin(root: HTMLElement): Promise<void> {
  const { state, runnable, notice } = await stateAtStart(window)
  const store = makeStore(new Runner(workersOf(document)), animationFrames, state, runnable)
  store.notice.value = notice
  keepInAddress(store, window)
  undoByKeys(store, window)
  render(<Page store={store} />, root)
  // Who asked for less motion sees it whole.
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches)
    playOnce(store.playback, root.querySelector('.stage')!)
  // The single file names no list: there is nobody to ask.
  const { runs } = root.dataset
  if (runs !== undefined) await offerSaved(store, await offersAt(runs))
}

/** Opens the lab in its page. */
export function openLab(): void {
  const root = document.getElementById('lab')
  if (root) void begin(root)
}
