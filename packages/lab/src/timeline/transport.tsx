import type { Store } from '../store/store.ts'
import type { TimelineEvent } from './events.ts'
import { Icon } from './icon.tsx'
import { besides } from './neighbours.ts'

interface Props {
  readonly store: Store
  readonly events: readonly TimelineEvent[]
}

/** Axis lengths a second: the whole axis in sixteen seconds … in one. */
const speeds = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]

/** The buttons that move the playhead. */
export function Transport({ store, events }: Props) {
  const { playback } = store
  const playing = playback.playing.value
  const here = playback.playhead.value
  const samples = sampleShares(store)
  const marks = events.map(({ share }) => share)
  const go = (share: number | undefined) => share !== undefined && playback.seek(share)
  return (
    <fieldset class="transport">
      <legend class="unseen">Playback</legend>
      <Button name="Back to the start" icon="reset" act={() => playback.seek(0)} />
      <Button name="Previous mark" icon="previous-mark" act={() => go(besides(marks, here).before)} />
      <Button name="One sample back" icon="back" act={() => go(besides(samples, here).before)} />
      <button
        type="button"
        class="play"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={() => (playing ? playback.pause() : playback.play())}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <Button name="One sample on" icon="on" act={() => go(besides(samples, here).after)} />
      <Button name="Next mark" icon="next-mark" act={() => go(besides(marks, here).after)} />
      <label class="speed">
        <span class="unseen">Speed</span>
        <select
          value={String(playback.speed.value)}
          onChange={({ currentTarget }) => {
            playback.speed.value = Number(currentTarget.value)
          }}
        >
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed * 4}×
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  )
}

function Button({
  name,
  icon,
  act,
}: {
  readonly name: string
  readonly icon: string
  readonly act: () => void
}) {
  return (
    <button type="button" aria-label={name} title={name} onClick={act}>
      <Icon name={icon} />
    </button>
  )
}

/** The samples of the first run, as shares of its time axis. */
function sampleShares({ staged, playback }: Store): number[] {
  const positions = staged.value[0]?.live.measured.value?.positions ?? []
  const { factor, end } = playback.times.value[0] ?? { factor: 1, end: 1 }
  return Array.from(positions, (position) => (position * factor) / end)
}
