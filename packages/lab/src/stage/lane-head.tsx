import type { StagedRun, Store } from '../store/store.ts'
import { EnlargeButton } from './enlarge-button.tsx'
import { Icon } from './icon.tsx'
import { statusLines } from './status-lines.ts'

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
  const [first] = runs
  if (!first) return null
  const lines = statusLines(standingOf(first))
  const ended = runs.filter(({ live }) => live.status.value.kind === 'ended').length
  return (
    <div class="standing">
      {runs.length > 1 && ended < runs.length && (
        <p>
          {ended} of {runs.length} seeds done
        </p>
      )}
      {lines.map(({ tone, text }) => (
        <p key={text} class={tone}>
          {text}
        </p>
      ))}
    </div>
  )
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
