import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { StagedRun } from './store.ts'
import { fromAxis, type TimeScale, toAxis } from './time-axis.ts'

/** What the timeline moves: how much of what was computed is shown. */
export interface Playback {
  /** Share of the longest horizon that is shown, 0 … 1. */
  readonly playhead: Signal<number>
  readonly playing: Signal<boolean>
  /** Lengths of the time axis a second. */
  readonly speed: Signal<number>
  /** Share of the longest horizon that every run has computed, 0 … 1. */
  readonly computed: ReadonlySignal<number>
  /** Horizon of the longest run, on its own clock. */
  readonly horizon: ReadonlySignal<number>
  /** Plays from where it stands, or from the start when it stands at the end. */
  play(): void
  pause(): void
  /** Shows everything up to this share of the horizon. */
  seek(share: number): void
}

/** What moves the playhead: the browser's animation frames, or a clock of the tests. */
export type Animate = (tick: (milliseconds: number) => void) => () => void

/** A quarter of the axis a second: the opening takes four seconds. */
const usualSpeed = 0.25

/** Longest leap of the playhead, in milliseconds: a page that was hidden goes on where it was. */
const longestTick = 100

export function makePlayback(
  staged: ReadonlySignal<readonly StagedRun[]>,
  scale: ReadonlySignal<TimeScale>,
  animate: Animate,
): Playback {
  const playhead = signal(1)
  const playing = signal(false)
  const speed = signal(usualSpeed)
  const done = computed(() => computedShare(staged.value))
  const horizon = computed(() => Math.max(0, ...staged.value.map(({ planned }) => horizonOf(planned))) || 1)
  effect(() => {
    if (!playing.value) return
    return animate((milliseconds) => {
      untracked(() => {
        const moved =
          toAxis(playhead.value, scale.value) + (speed.value * Math.min(milliseconds, longestTick)) / 1000
        // It waits for what is not computed yet.
        playhead.value = Math.min(fromAxis(moved, scale.value), Math.max(playhead.value, done.value))
        if (playhead.value >= 1) playing.value = false
      })
    })
  })
  return {
    playhead,
    playing,
    speed,
    computed: done,
    horizon,
    play() {
      if (playhead.value >= 1) playhead.value = 0
      playing.value = true
    },
    pause() {
      playing.value = false
    },
    seek(share) {
      playing.value = false
      playhead.value = Math.min(1, Math.max(0, share))
    },
  }
}

function horizonOf({ config: { until } }: StagedRun['planned']): number {
  return (until.time ?? until.steps)!
}

/** The least share that a run of the lanes has computed; runs that failed or ended early keep nobody waiting. */
function computedShare(staged: readonly StagedRun[]): number {
  const shares = staged.map(({ live: { status } }) => {
    const { value } = status
    if (value.kind === 'running') return value.fraction
    return value.kind === 'waiting' ? 0 : 1
  })
  return Math.min(1, ...shares)
}
