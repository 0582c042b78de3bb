import { signal } from '@preact/signals'
import { describe, expect, test } from 'vitest'
import type { View } from '../src/experiment/experiment.ts'
import type { Animate } from '../src/store/playback.ts'
import { makePlayback } from '../src/store/playback.ts'
import type { StagedRun } from '../src/store/store.ts'
import { fromAxis, type TimeScale, toAxis } from '../src/store/time-axis.ts'
import { besides } from '../src/timeline/neighbours.ts'
import { readingsOf } from '../src/timeline/readout.ts'

type ClockChoice = View['clock']

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

const flow = (time: number) => ({ dynamics: { kind: 'gradientFlow' }, until: { time } })
const descent = (stepSize: number, steps: number) => ({
  dynamics: { kind: 'gradientDescent', stepSize },
  until: { steps },
})

let lanes = 0

/** Alone in its lane, where none is given. */
function runAt(fraction: number, config: object = flow(40), lane = lanes++) {
  const status = signal(
    fraction < 1 ? { kind: 'running', fraction } : { kind: 'ended', stopped: {}, seconds: 1 },
  )
  const run = { planned: { config, lane }, live: { status }, pinned: false }
  return run as unknown as StagedRun & { live: { status: typeof status } }
}

function playbackOf(runs: readonly StagedRun[], x: TimeScale = 'linear', clock: ClockChoice = 'own') {
  const animation = makeClock()
  return { clock: animation, playback: makePlayback(signal(runs), signal({ x, clock }), animation.animate) }
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
    const { clock, playback } = playbackOf([runAt(1), runAt(1, flow(60))])
    playback.play()
    playback.seek(1.7)
    expect([playback.playhead.value, clock.isRunning()]).toEqual([1, false])
    expect(readingsOf(playback.times.value, 0.5)).toEqual([{ clock: 'flow time', at: 30, of: 60 }])
  })
})

describe('clocks that differ', () => {
  // The stop of the tour: a flow, 480 steps of 0.05 and 44 of 0.55.
  const runs = () => [runAt(1, flow(24)), runAt(1, descent(0.05, 480)), runAt(1, descent(0.55, 44))]
  const longest = 44 * 0.55

  test.each(['own', 'time'] as const)('%s: one reading, in flow time, to the longest horizon', (choice) => {
    const { times } = playbackOf(runs(), 'linear', choice).playback
    expect(readingsOf(times.value, 1)).toEqual([{ clock: 'flow time', at: longest, of: longest }])
    expect(readingsOf(times.value, 0.25)[0]!.at).toBeCloseTo(longest / 4, 12)
  })

  test('in steps, where no one size makes steps of a flow, each has its own reading', () => {
    const { times } = playbackOf(runs(), 'linear', 'steps').playback
    expect(readingsOf(times.value, 0.5)).toEqual([
      { clock: 'flow time', at: 12, of: 24 },
      { clock: 'step', at: 240, of: 480 },
    ])
  })

  test('descents alone are read in steps', () => {
    const { times } = playbackOf(runs().slice(1)).playback
    expect(readingsOf(times.value, 1)).toEqual([{ clock: 'step', at: 480, of: 480 }])
  })

  test('a run whose horizon is short is awaited only so far', () => {
    const half = runAt(0.5, descent(0.05, 240))
    expect(playbackOf([runAt(1, flow(24)), half]).playback.computed.value).toBeCloseTo(0.25, 12)
    const done = runAt(1, descent(0.05, 240))
    expect(playbackOf([runAt(1, flow(24)), done]).playback.computed.value).toBe(1)
  })
})

test('of several seeds the first is awaited, later ones keep nobody waiting', () => {
  const computedOf = (...fractions: number[]) =>
    playbackOf(fractions.map((fraction) => runAt(fraction, flow(40), 7))).playback.computed.value
  expect(computedOf(0.5, 0.2)).toBeCloseTo(0.2, 12)
  expect(computedOf(1, 0.2)).toBe(1)
  expect(playbackOf([runAt(1, flow(40), 7), runAt(0.3, flow(40), 8)]).playback.computed.value).toBe(0.3)
})

describe('a run that is beside the others', () => {
  const pinned = () => ({ ...runAt(0.1), pinned: true })
  const computedOf = (runs: readonly StagedRun[], whole: boolean) =>
    makePlayback(signal(runs), signal({ x: 'linear', clock: 'own', whole }), makeClock().animate).computed
      .value

  test('keeps the lanes waiting only where the axis goes as far as it', () => {
    expect(computedOf([runAt(1), pinned()], false)).toBe(1)
    expect(computedOf([runAt(1), pinned()], true)).toBeCloseTo(0.1, 12)
  })

  test('is awaited where there is no other', () => {
    expect(computedOf([pinned()], false)).toBeCloseTo(0.1, 12)
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
