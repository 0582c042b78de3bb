import './page/no-evaluation.ts'
import { render } from 'preact'
import { animationFrames } from './page/animate.ts'
import { Page } from './page/page.tsx'
import './page/page.css'
import { Runner } from './running/runner.ts'
import { loadSavedRuns } from './running/saved-runs.ts'
import { startWorker } from './running/start-worker.ts'
import { stageSaved } from './store/saved.ts'
import { makeStore } from './store/store.ts'

const store = makeStore(new Runner(startWorker), animationFrames)

/** The opening plays itself once, for those who only scroll; who asked for less motion sees it whole. */
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) store.playback.play()

const root = document.getElementById('lab')
if (root) render(<Page store={store} />, root)

/** The single file names no list: there is nobody to ask. */
const runs = root?.dataset.runs
if (runs !== undefined) void loadSavedRuns(runs).then((found) => stageSaved(store, found))
