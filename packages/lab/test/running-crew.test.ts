import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Crew, type Job } from '../src/running/crew.ts'
import type { Told } from '../src/running/protocol.ts'
import { type ScriptedThread, scriptedThreads, small } from './running-experiments.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

/** A job that writes down what it hears. */
function written(seed: number, type: 'run' | 'predict' = 'run') {
  const heard: string[] = []
  const job: Job = {
    work: { type, config: small({ seed }), engine: 'strict' },
    rank: type === 'run' ? 0 : 1,
    hear: (told: Told) => heard.push(told.type),
    restart: () => heard.push('restart'),
  }
  return { job, heard }
}

const seeds = (thread: ScriptedThread | undefined) =>
  thread!.open().flatMap((one) => (one.type === 'kernel' ? [] : [`${one.type} ${one.config.seed}`]))

const claim = { type: 'predicting', claim: '', clock: 'time', columns: [] } as const

describe('a thread that does not let go of what was cancelled', () => {
  /** A thread that is up, with one job cancelled in it and another one handed to it. */
  function stuck() {
    const { threads, start } = scriptedThreads()
    const crew = new Crew(start, 1)
    const [old, next] = [written(1), written(2)]
    crew.add(old.job)
    const thread = threads[0]!
    const { id } = thread.asked[0]!
    thread.tell({ id, ...claim })
    crew.cancel(old.job)
    crew.add(next.job)
    return { crew, threads, thread, id, next }
  }

  it('is replaced after a moment, and what waited behind it begins in the new one', () => {
    const { threads, thread } = stuck()
    vi.advanceTimersByTime(140)
    expect(threads).toHaveLength(1)
    vi.advanceTimersByTime(20)
    expect([thread.isEnded, threads.length, seeds(threads[1])]).toEqual([true, 2, ['run 2']])
  })

  it('is given as long as it took to start: on a busy machine another one would be no faster', () => {
    const { threads, start } = scriptedThreads()
    const crew = new Crew(start, 1)
    const [old, next] = [written(1), written(2)]
    crew.add(old.job)
    vi.advanceTimersByTime(2000)
    threads[0]!.begin()
    crew.cancel(old.job)
    crew.add(next.job)
    vi.advanceTimersByTime(1990)
    expect(threads).toHaveLength(1)
    vi.advanceTimersByTime(20)
    expect([threads.length, seeds(threads[1])]).toEqual([2, ['run 2']])
  })

  it('is kept when it lets go in time', () => {
    const { threads, thread, id } = stuck()
    thread.tell({ id, type: 'cancelled' })
    vi.advanceTimersByTime(1000)
    expect([threads.length, seeds(thread)]).toEqual([1, ['run 2']])
  })

  it('is kept when it had finished before it was told', () => {
    const { threads, thread, id } = stuck()
    thread.tell({ id, type: 'finished' })
    vi.advanceTimersByTime(1000)
    expect(threads).toHaveLength(1)
  })

  it('is kept for the sake of another run that is under way in it', () => {
    const { threads, thread, next } = stuck()
    thread.tell({ id: thread.asked.at(-1)!.id, ...claim })
    vi.advanceTimersByTime(1000)
    expect([threads.length, next.heard]).toEqual([1, ['predicting']])
  })

  it('is not mistaken for one that has not started yet', () => {
    const { threads, start } = scriptedThreads()
    const crew = new Crew(start, 1)
    const { job } = written(1)
    crew.add(job)
    crew.cancel(job)
    crew.add(written(2).job)
    vi.advanceTimersByTime(1000)
    expect([threads.length, seeds(threads[0])]).toEqual([1, ['run 2']])
  })
})

it('gives predictions to threads without runs', () => {
  const { threads, start } = scriptedThreads()
  const crew = new Crew(start, 2)
  crew.add(written(1, 'predict').job, written(1).job, written(2, 'predict').job, written(2).job)
  expect(threads.map(seeds)).toEqual([['run 1'], ['run 2']])
  threads[1]!.tell({ id: threads[1]!.asked[0]!.id, type: 'finished' })
  expect(seeds(threads[1]).slice(1)).toEqual(['predict 1', 'predict 2'])
})

it('tells a job nothing after it was cancelled, and nothing after its last word', () => {
  const { threads, start } = scriptedThreads()
  const crew = new Crew(start, 2)
  const [one, two] = [written(1), written(2)]
  crew.add(one.job, two.job)
  const [first, second] = threads.map(({ asked }) => asked[0]!.id)
  crew.cancel(one.job)
  threads[0]!.tell({ id: first!, ...claim })
  threads[1]!.tell({ id: second!, type: 'finished' })
  threads[1]!.tell({ id: second!, ...claim })
  expect([one.heard, two.heard]).toEqual([[], ['finished']])
})

it('tries runs whose thread broke under several one by one, with nothing beside them', () => {
  const { threads, start } = scriptedThreads()
  const crew = new Crew(start, 1)
  const [one, two, three] = [written(1), written(2), written(3)]
  crew.add(one.job, two.job)
  threads[0]!.crash('')
  crew.add(three.job)
  expect([one.heard, two.heard, threads.slice(1).map(seeds)]).toEqual([['restart'], ['restart'], [['run 1']]])
  threads[1]!.tell({ id: threads[1]!.asked[0]!.id, type: 'finished' })
  expect(seeds(threads[1]).slice(1)).toEqual(['run 2'])
  threads[1]!.crash('')
  expect([two.heard.at(-1), seeds(threads[2])]).toEqual(['failed', ['run 3']])
})

it('lets no picture wait for runs, however many there are', () => {
  const { threads, start } = scriptedThreads()
  const crew = new Crew(start, 1)
  const picture: Job = {
    work: { type: 'kernel', depth: 2, sigmas: [1] },
    rank: -1,
    hear: () => {},
    restart: () => {},
  }
  crew.add(...[1, 2, 3, 4, 5].map((seed) => written(seed).job))
  crew.add(picture)
  expect(threads[0]!.open().map(({ type }) => type)).toEqual(['run', 'run', 'run', 'run', 'kernel'])
})
