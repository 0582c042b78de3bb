import { simulate } from 'linnet'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveRun } from '../src/running/live-run.ts'
import { Runner } from '../src/running/runner.ts'
import { localThread, long, planned, scriptedThreads, small } from './running-experiments.ts'

const seeded = (seed: number, repetition = 0) => planned(small({ seed }), { repetition })
const kindsOf = (runs: readonly LiveRun[]) => runs.map(({ status }) => status.value.kind)

describe('a runner with scripted threads', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
  afterEach(() => vi.useRealTimers())
  const open = (threads: ReturnType<typeof scriptedThreads>['threads']) => threads.flatMap((t) => t.open())
  const seedsOf = (asked: ReturnType<typeof open>) =>
    asked.flatMap((one) => (one.type === 'run' ? [one.config.seed] : []))

  it('uses as many threads as there are runs and predictions, cores beside one, and four at most', () => {
    const used = (cores: number, runs: number) => {
      const { threads, start } = scriptedThreads()
      new Runner(start, { cores }).want(Array.from({ length: runs }, (_, i) => seeded(i)))
      return threads.length
    }
    expect([used(1, 3), used(2, 3), used(8, 1), used(4, 9), used(64, 50)]).toEqual([1, 1, 2, 3, 4])
  })

  it('begins the first seed of every lane before the second of any, and not all at once', () => {
    const { threads, start } = scriptedThreads()
    const runs = [0, 1, 2].flatMap((lane) => [0, 1, 2].map((seed) => seeded(10 * lane + seed, seed)))
    new Runner(start, { cores: 1 }).want(runs)
    expect(seedsOf(open(threads))).toEqual([0, 10, 20, 1])
    threads[0]!.tell({ id: threads[0]!.asked[1]!.id, type: 'finished' })
    expect(seedsOf(threads[0]!.asked as ReturnType<typeof open>)).toEqual([0, 10, 20, 1, 11])
  })

  it('predicts first seeds before others, and nothing of runs that failed', () => {
    const { threads, start } = scriptedThreads()
    const runs = [0, 1].flatMap((lane) => [0, 1].map((seed) => seeded(10 * lane + seed, seed)))
    new Runner(start, { cores: 1 }).want(runs)
    const [thread] = threads
    const [first, ...others] = thread!.asked.map(({ id }) => id)
    thread!.tell({ id: first!, type: 'failed', sentence: 'no' })
    for (const id of others) thread!.tell({ id, type: 'finished' })
    const foretold = open(threads).flatMap((one) => (one.type === 'predict' ? [one.config.seed] : []))
    expect(foretold).toEqual([10, 1, 11])
  })

  it('begins at most every 80 ms however fast it is asked: the last plan, never those in between', () => {
    const { threads, start } = scriptedThreads()
    const runner = new Runner(start, { cores: 1 })
    const begun: number[] = []
    for (let frame = 0; frame < 60; frame++) {
      runner.want([seeded(frame)])
      vi.advanceTimersByTime(16)
      // Whatever is not wanted any more has been cancelled at once.
      expect(seedsOf(open(threads)).every((seed) => seed === frame)).toBe(true)
    }
    vi.advanceTimersByTime(80)
    begun.push(...seedsOf(threads[0]!.asked as ReturnType<typeof open>))
    expect(begun[0]).toBe(0)
    expect(begun.at(-1)).toBe(59)
    expect(begun.length).toBeLessThanOrEqual(1 + (60 * 16) / 80 + 1)
    expect(begun.length).toBeGreaterThan(8)
  })

  it('gives the same run for the same id and begins it once', () => {
    const { threads, start } = scriptedThreads()
    const runner = new Runner(start, { cores: 4 })
    const [first] = runner.want([seeded(1)])
    const again = runner.want([seeded(1), seeded(1), seeded(2)])
    vi.advanceTimersByTime(100)
    expect([again[0] === first, again[1] === first, again[2] === first]).toEqual([true, true, false])
    expect(seedsOf(open(threads))).toEqual([1, 2])
  })

  it('does not mistake what a cancelled run tells late for the same run begun anew', () => {
    const { threads, start } = scriptedThreads()
    const runner = new Runner(start, { cores: 1 })
    runner.want([seeded(1)])
    const late = threads[0]!.asked[0]!.id
    runner.want([seeded(2)])
    const [again] = runner.want([seeded(1)])
    vi.advanceTimersByTime(100)
    threads[0]!.tell({ id: late, type: 'failed', sentence: 'late' })
    expect(again!.status.value.kind).toBe('waiting')
    threads[0]!.tell({ id: open(threads)[0]!.id, type: 'failed', sentence: 'now' })
    expect(again!.status.value).toEqual({ kind: 'failed', sentence: 'now' })
  })

  it('fails a run that breaks its thread, and goes on in another one', () => {
    const { threads, start } = scriptedThreads()
    const runner = new Runner(start, { cores: 1 })
    const [first] = runner.want([seeded(1)])
    threads[0]!.crash('out of memory')
    expect(first!.status.value).toMatchObject({ kind: 'failed' })
    expect(first!.status.value).toHaveProperty('sentence', expect.stringContaining('out of memory'))
    expect(threads[0]!.isEnded).toBe(true)
    vi.advanceTimersByTime(100)
    runner.want([seeded(1), seeded(2)])
    expect(threads).toHaveLength(2)
    expect(seedsOf(threads[1]!.open())).toEqual([2])
  })

  it('tries each of several runs alone when their thread breaks, and fails only the one that breaks it', () => {
    const { threads, start } = scriptedThreads()
    const runs = new Runner(start, { cores: 1 }).want([seeded(1), seeded(2), seeded(3)])
    threads[0]!.crash('')
    expect(kindsOf(runs)).toEqual(['waiting', 'waiting', 'waiting'])
    expect(seedsOf(threads[1]!.open())).toEqual([1])
    threads[1]!.tell({ id: threads[1]!.asked[0]!.id, type: 'finished' })
    expect(seedsOf(threads[1]!.asked as ReturnType<typeof open>)).toEqual([1, 2])
    threads[1]!.crash('')
    expect(kindsOf(runs)).toEqual(['waiting', 'failed', 'waiting'])
    expect(seedsOf(threads[2]!.open())).toEqual([3])
  })

  it('keeps the kernel free of the queue, and answers it', async () => {
    const { threads, start } = scriptedThreads()
    const runner = new Runner(start, { cores: 1 })
    runner.want(Array.from({ length: 9 }, (_, i) => seeded(i)))
    const kernel = runner.kernel(2, [0, 1])
    const asked = threads[0]!.asked.find(({ type }) => type === 'kernel')!
    threads[0]!.tell({ id: asked.id, type: 'kernel', values: Float64Array.of(0, 1, 1, 2) })
    expect(Array.from(await kernel)).toEqual([0, 1, 1, 2])
  })
})

describe('a runner at work', () => {
  const settled = (runs: readonly LiveRun[]) =>
    vi.waitFor(() => expect(runs.every(({ isFinished }) => isFinished)).toBe(true), { timeout: 20_000 })

  it('does several runs in turns in one thread, each with the bits of simulate', async () => {
    const runner = new Runner(localThread, { cores: 1 })
    const wanted = [seeded(1), seeded(2), planned(small({ network: { kind: 'linear', depth: 2 } }))]
    const runs = runner.want(wanted)
    await settled(runs)
    for (const [i, { config }] of wanted.entries()) {
      const { trajectory } = await simulate(config)
      expect(runs[i]!.measured.value!.column('loss')).toEqual(trajectory.column('loss'))
    }
    runner.end()
  })

  it('shows a finished run at once when it comes back, as long as it is kept', async () => {
    const runner = new Runner(localThread, { cores: 1, pace: 0 })
    const first = runner.want([seeded(1)])
    await settled(first)
    await settled(runner.want([seeded(2)]))
    expect(runner.want([seeded(1)])[0] === first[0]).toBe(true)
    const forgetful = new Runner(localThread, { cores: 1, pace: 0, cacheBytes: 0 })
    const [run] = forgetful.want([seeded(1)])
    await settled([run!])
    forgetful.want([seeded(2)])
    const [again] = forgetful.want([seeded(1)])
    expect(again === run).toBe(false)
    runner.end()
    forgetful.end()
  })

  it('cancels a long run for a short one', async () => {
    const runner = new Runner(localThread, { cores: 1, pace: 0 })
    const [endless] = runner.want([planned(long)])
    await vi.waitFor(() => expect(endless!.status.value.kind).toBe('running'))
    await settled(runner.want([seeded(1)]))
    expect(endless!.status.value.kind).toBe('running')
    runner.end()
  })

  it('computes κ and refuses what is no depth and no singular value, in a sentence', async () => {
    const runner = new Runner(localThread, { cores: 1 })
    const sigmas = [0, 0.5, 2]
    // κ_2(s, t) = s + t, κ_1 = 1.
    expect(Array.from(await runner.kernel(2, sigmas))).toEqual(
      sigmas.flatMap((s) => sigmas.map((t) => s + t)),
    )
    expect(new Set(await runner.kernel(1, sigmas))).toEqual(new Set([1]))
    await expect(runner.kernel(0.5, sigmas)).rejects.toThrow(/depth 0.5 was given/)
    await expect(runner.kernel(Number.NaN, sigmas)).rejects.toThrow(/depth NaN/)
    await expect(runner.kernel(2, [1, -1])).rejects.toThrow(/singular value -1/)
    await expect(
      runner.kernel(
        2,
        Array.from({ length: 2000 }, () => 1),
      ),
    ).rejects.toThrow(/at most 1000/)
    runner.end()
  })
})
