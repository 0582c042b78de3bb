import { signal, useSignal } from '@preact/signals'
import { type Trajectory, trajectoryHash } from 'linnet'
import { useMemo } from 'preact/hooks'
import { Dialog } from '../elements/dialog.tsx'
import type { LabState } from '../experiment/experiment.ts'
import { encodeState } from '../experiment/link.ts'
import { endToEndOf } from '../store/end-to-end.ts'
import type { Store } from '../store/store.ts'
import { snippetOf } from './code.ts'
import { commandOf, fileName } from './command.ts'
import { configFiles } from './config-files.ts'
import { CopyButton } from './copy-button.tsx'
import { download, pngOf } from './download.ts'
import { drawnFigure } from './drawn-figure.ts'
import { matrixCsv } from './matrix-csv.ts'
import { runsCsv, type TabledRun } from './table.ts'
import './sharing.css'

const isOpen = signal(false)

/** The button in the header, and the dialog that it opens. */
export function Sharing({ store }: { readonly store: Store }) {
  return (
    <>
      <button type="button" class="quiet" onClick={() => (isOpen.value = true)}>
        Share
      </button>
      {isOpen.value && <Offers store={store} />}
    </>
  )
}

function Offers({ store }: { readonly store: Store }) {
  const { experiment } = store.state.value
  const runs = tabledRuns(store)
  // Of the state itself, for the address bar lags behind it; made before it is asked for, because browsers let pages copy only at once.
  const link = useMemo(() => linkTo(store.state.value), [store.state.value])
  return (
    <Dialog title="Share and take away" close={() => (isOpen.value = false)}>
      <div class="sharing">
        <section>
          <h3>Link</h3>
          <p>
            The address holds everything, seeds included: whoever opens it computes the same bits
            {experiment.engine === 'strict' ? '' : ' if their machine rounds as yours (engine fma)'}.
          </p>
          {store.linkProblem.value !== undefined && <p class="wrong">{store.linkProblem.value}</p>}
          <CopyButton text={() => link} what="link" />
        </section>
        <section>
          <h3>Figure</h3>
          <p>With title, axes, legend and caption.</p>
          <FigureButtons store={store} />
        </section>
        <section>
          <h3>Data and config</h3>
          <p>
            Every sample of every run; W as it was learned; and what <code>linnet run</code> takes.
          </p>
          <button
            type="button"
            class="quiet"
            onClick={() => download(`${name(store)}.csv`, new Blob([runsCsv(runs)], { type: 'text/csv' }))}
          >
            CSV
          </button>
          <Learned store={store} />
          {configFiles(experiment).map(({ file, text }) => (
            <button
              key={file}
              type="button"
              class="quiet"
              onClick={() => download(file, new Blob([text], { type: 'application/json' }))}
            >
              {file}
            </button>
          ))}
        </section>
        <Code title="Command line" text={commandOf(experiment)} what="command" />
        <Code title="TypeScript" text={snippetOf(experiment)} what="TypeScript" />
        <Fingerprints runs={runs} />
      </div>
    </Dialog>
  )
}

/** The end-to-end matrix at the end of the first run of the lane that is looked at. */
function Learned({ store }: { readonly store: Store }) {
  const { lane } = store.state.value.view
  const seen = store.staged.value.find(({ planned, pinned }) => !pinned && planned.lane === lane)
  // The weights come with the end.
  const weights = seen?.live.status.value.kind === 'ended' ? seen.live.weights : undefined
  const learned = weights && endToEndOf(weights)
  if (!seen || !learned) return null
  const save = () => download(`${name(store)}-w.csv`, new Blob([matrixCsv(learned)], { type: 'text/csv' }))
  return (
    <button type="button" class="quiet" onClick={save}>
      W of {seen.planned.label} (CSV)
    </button>
  )
}

function FigureButtons({ store }: { readonly store: Store }) {
  const fault = useSignal('')
  const save = async (kind: 'svg' | 'png') => {
    const svg = drawnFigure(store, document)
    try {
      const blob = kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg)
      download(`${name(store)}.${kind}`, blob)
      fault.value = ''
    } catch {
      fault.value = 'The browser cannot make a picture of this size; take the SVG.'
    }
  }
  return (
    <>
      <button type="button" class="quiet" onClick={() => save('svg')}>
        SVG
      </button>
      <button type="button" class="quiet" onClick={() => save('png')}>
        PNG
      </button>
      <p class="wrong" role="status">
        {fault.value}
      </p>
    </>
  )
}

async function linkTo(state: LabState): Promise<string> {
  return `${location.href.split('#')[0]}#${await encodeState(state)}`
}

interface CodeProps {
  readonly title: string
  readonly text: string
  readonly what: string
}

function Code({ title, text, what }: CodeProps) {
  return (
    <section class="code">
      <h3>{title}</h3>
      <CopyButton text={() => text} what={what} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" aria-label={`${title}, the text`} tabIndex={0}>
        <pre>
          <code>{text}</code>
        </pre>
      </section>
    </section>
  )
}

/** What to compare to know that two machines recorded the same bits. */
function Fingerprints({ runs }: { readonly runs: readonly TabledRun[] }) {
  return (
    <section class="code">
      <h3>Fingerprints</h3>
      <p>SHA-256 of each trajectory; the TypeScript above prints the same.</p>
      <dl>
        {runs.map(({ label, seed, trajectory }) => (
          <div key={`${label} ${seed}`}>
            <dt>
              {label}, seed {seed}
            </dt>
            <dd>
              <Fingerprint trajectory={trajectory} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Fingerprint({ trajectory }: { readonly trajectory: Trajectory }) {
  // Other runs may be under way, and with every sample of theirs all is drawn again.
  return <>{useMemo(() => trajectoryHash(trajectory), [trajectory])}</>
}

/** The runs of the lanes that have ended. */
function tabledRuns({ staged }: Store): TabledRun[] {
  return staged.value.flatMap(({ planned, live, pinned }) => {
    const trajectory = live.measured.value
    if (pinned || live.status.value.kind !== 'ended' || !trajectory) return []
    return { label: planned.label, seed: planned.config.seed, trajectory }
  })
}

function name({ state }: Store): string {
  const { title } = state.value.experiment.config
  return fileName(typeof title === 'string' ? title : 'linnet')
}
