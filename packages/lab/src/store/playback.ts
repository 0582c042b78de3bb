import { type Reach, type ShownTime, type TimedRun, timesOf } from '@linnet/studies'
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { View } from '../experiment/experiment.ts'
import type { StagedRun } from './store.ts'
import { fromAxis, toAxis } from './time-axis.ts'

/** What the timeline moves: how much of what was computed is shown. */
export interface Playback {
  /** Share of the time axes that is shown, 0 … 1. */
  readonly playhead: Signal<number>
  readonly playing: Signal<boolean>
  /** Lengths of the time axis a second. */
  readonly speed: Signal<number>
  /** Share of the time axes that every run has computed, 0 … 1. */
  readonly computed: ReadonlySignal<number>
  /** How the time of every staged run is shown, in their order. */
  readonly times: ReadonlySignal<readonly ShownTime[]>
  /** Plays from where it stands, or from the start when it stands at the end. */
  play(): void
  pause(): void
  /** Shows everything up to this share of the time axes. */
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
  view: ReadonlySignal<Pick<View, 'x' | 'clock' | 'whole'>>,
  animate: Animate,
): Playback {
  const playhead = signal(1)
  const playing = signal(false)
  const speed = signal(usualSpeed)
  const scale = computed(() => view.value.x)
  const clock = computed(() => view.value.clock)
  const reach = computed(() => (view.value.whole ? 'all' : 'lanes'))
  const times = computed(() => timesOf(staged.value.map(timedRun), clock.value, reach.value))
  const done = computed(() => computedShare(staged.value, times.value, reach.value))
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
    times,
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

/** The clock is known before the run. */
function timedRun({ planned: { config }, pinned }: StagedRun): TimedRun {
  return { config, pinned, trajectory: { clock: config.until.time === undefined ? 'steps' : 'time' } }
}

/** The least share that a run which reaches has computed; runs that failed or ended early keep nobody waiting, nor do late seeds. */
function computedShare(staged: readonly StagedRun[], times: readonly ShownTime[], reach: Reach): number {
  const isAlone = staged.every(({ pinned }) => pinned)
  const ended = new Set(staged.filter(hasEnded).map(({ planned }) => planned.lane))
  const shares = staged.map(({ planned, live: { status }, pinned }, i) => {
    if (pinned && reach === 'lanes' && !isAlone) return 1
    if (!pinned && ended.has(planned.lane)) return 1
    const { value } = status
    const { factor, end } = times[i]!
    const { until } = planned.config
    const horizon = (until.time ?? until.steps)!
    if (value.kind === 'running') return (value.fraction * horizon * factor) / end
    return value.kind === 'waiting' ? 0 : 1
  })
  return Math.min(1, ...shares)
}

/** Of several seeds of a lane the stage draws those that have ended, as soon as there is one. */
export function hasEnded({ live }: StagedRun): boolean {
  return live.status.value.kind === 'ended'
}
