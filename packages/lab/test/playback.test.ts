import { signal } from '@preact/signals'
import { describe, expect, test } from 'vitest'
import type { Animate } from '../src/store/playback.ts'
import { makePlayback } from '../src/store/playback.ts'
import type { StagedRun } from '../src/store/store.ts'
import { fromAxis, type TimeScale, toAxis } from '../src/store/time-axis.ts'
import { clustered } from '../src/timeline/clusters.ts'
import { besides } from '../src/timeline/neighbours.ts'

/** A clock that ticks when it is told to. */
function makeClock() {
  let tick: ((milliseconds: number) => void) | undefined
  const animate: Animate = (given) => {
    tick = given
    return () => {
      tick = undefined
    }
  }
  return {
    animate,
    pass: (milliseconds: number) => tick?.(milliseconds),
    isRunning: () => tick !== undefined,
  }
}

function runAt(fraction: number, time = 40) {
  const status = signal(
    fraction < 1 ? { kind: 'running', fraction } : { kind: 'ended', stopped: {}, seconds: 1 },
  )
  const run = { planned: { config: { until: { time } } }, live: { status }, pinned: false }
  return run as unknown as StagedRun & { live: { status: typeof status } }
}

function playbackOf(runs: readonly StagedRun[], scale: TimeScale = 'linear') {
  const clock = makeClock()
  return { clock, playback: makePlayback(signal(runs), signal(scale), clock.animate) }
}

describe('playback', () => {
  test('plays a quarter of the axis a second, from the start when it stands at the end, and stops there', () => {
    const { clock, playback } = playbackOf([runAt(1)])
    playback.play()
    expect(playback.playhead.value).toBe(0)
    clock.pass(100)
    expect(playback.playhead.value).toBeCloseTo(0.025, 12)
    for (let i = 0; i < 40; i++) clock.pass(100)
    expect(playback.playhead.value).toBe(1)
    expect(clock.isRunning()).toBe(false)
  })

  test('waits for the slowest run, and goes on when it has', () => {
    const slow = runAt(0.01)
    const { clock, playback } = playbackOf([runAt(1), slow])
    playback.play()
    for (let i = 0; i < 5; i++) clock.pass(100)
    expect(playback.playhead.value).toBe(0.01)
    slow.live.status.value = { kind: 'running', fraction: 0.5 }
    clock.pass(100)
    expect(playback.playhead.value).toBeCloseTo(0.035, 12)
  })

  test('a page that was hidden for a minute does not leap', () => {
    const { clock, playback } = playbackOf([runAt(1)])
    playback.play()
    clock.pass(60_000)
    expect(playback.playhead.value).toBeCloseTo(0.025, 12)
  })

  test('on a logarithmic axis equal times pass equal lengths of the axis', () => {
    const { clock, playback } = playbackOf([runAt(1)], 'log')
    playback.play()
    clock.pass(100)
    const first = playback.playhead.value
    clock.pass(100)
    expect(toAxis(playback.playhead.value, 'log') - toAxis(first, 'log')).toBeCloseTo(0.025, 12)
    expect(playback.playhead.value / first).toBeGreaterThan(1.3)
  })

  test('seeking pauses and stays within the horizon', () => {
    const { clock, playback } = playbackOf([runAt(1), runAt(1, 60)])
    playback.play()
    playback.seek(1.7)
    expect([playback.playhead.value, clock.isRunning(), playback.horizon.value]).toEqual([1, false, 60])
  })
})

describe('the time axis', () => {
  test.each(['linear', 'log'] as const)('%s: there and back', (scale) => {
    for (const share of [0, 1e-5, 0.003, 0.5, 1])
      expect(fromAxis(toAxis(share, scale), scale)).toBeCloseTo(share, 12)
  })

  test('six decades and no more', () => {
    expect([toAxis(1e-6, 'log'), toAxis(1e-9, 'log'), toAxis(1e-3, 'log')]).toEqual([0, 0, 0.5])
  })
})

test('the places beside: nearest below and above, never here', () => {
  expect(besides([0.1, 0.4, 0.2, 0.9], 0.2 + 1e-12)).toEqual({ before: 0.1, after: 0.4 })
  expect(besides([], 0.2)).toEqual({ before: undefined, after: undefined })
})

test('marks that would cover each other become one, in order of time', () => {
  const event = (mark: string, share: number) => ({ lane: 0, share, label: `σ${mark}`, mark })
  const marks = clustered([event('2', 0.301), event('1', 0.3), event('3', 0.5)], (share) => share)
  expect(marks.map(({ mark }) => mark)).toEqual(['1–2', '3'])
  expect(marks[0]!.labels).toEqual(['σ1', 'σ2'])
  expect(clustered([event('6', 0.3), event('4', 0.3)], (share) => share)[0]!.mark).toBe('4, 6')
  expect(clustered([event('1', 0.3), event('2', 0.32)], (share) => share)).toHaveLength(2)
})
