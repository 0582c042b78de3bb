// The one script of the lab. In a page it opens the lab; in a worker, where there is no document, it computes. That the two are
// one file halves what is loaded, and lets a page that was opened from disk start workers.
import './page/no-evaluation.ts'
import { computeForPage } from './running/run-worker.ts'

if (typeof document === 'undefined') computeForPage()
else void import('./main.tsx').then(({ openLab }) => openLab())
