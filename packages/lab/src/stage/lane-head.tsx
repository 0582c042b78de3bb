import type { StagedRun, Store } from '../store/store.ts'
import { EnlargeButton } from './enlarge-button.tsx'
import { Icon } from './icon.tsx'
import { type StatusLine, statusLines } from './status-lines.ts'
import { useUnchanged } from './use-unchanged.ts'

/** A lane's name, how its runs stand in plain words, and the buttons that pin and enlarge it. */
export function LaneHead(props: {
  readonly store: Store
  readonly lane: number
  readonly label: string
  /** The panel below, if there is one. */
  readonly panel?: string | undefined
}) {
  const { store, lane, label, panel } = props
  const runs = store.staged.value.filter(({ planned, pinned }) => !pinned && planned.lane === lane)
  return (
    <header class="lane-head">
      <h3>{label}</h3>
      <button
        type="button"
        class="small"
        aria-label={`Pin ${label}`}
        title="Pin: keep this run to compare the next ones with it"
        onClick={() => store.pin(lane)}
      >
        <Icon name="pin" />
      </button>
      {panel && <EnlargeButton store={store} id={panel} title={label} />}
      <Standing runs={runs} />
    </header>
  )
}

function Standing({ runs }: { readonly runs: readonly StagedRun[] }) {
  const lines = useUnchanged(() => linesOf(runs), [runs])
  return (
    <div class="standing">
      {lines.value.map(({ tone, text }) => (
        <p key={text} class={tone}>
          {text}
        </p>
      ))}
    </div>
  )
}

/** Of several seeds the first speaks, with how many of them are done. */
function linesOf(runs: readonly StagedRun[]): StatusLine[] {
  const [first] = runs
  if (!first) return []
  const ended = runs.filter(({ live }) => live.status.value.kind === 'ended').length
  const seeds: StatusLine[] =
    ended < runs.length ? [{ tone: 'plain', text: `${ended} of ${runs.length} seeds done` }] : []
  return [...(runs.length > 1 ? seeds : []), ...statusLines(standingOf(first))]
}

function standingOf({ live }: StagedRun) {
  const { status, config, measured, accounts, sharpness } = live
  return {
    status: status.value,
    config,
    measured: measured.value,
    accounts: accounts.value,
    sharpness: sharpness.value,
  }
}
