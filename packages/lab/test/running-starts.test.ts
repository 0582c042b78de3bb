import { describe, expect, it } from 'vitest'
import { Crew, type Job } from '../src/running/crew.ts'
import type { Told } from '../src/running/protocol.ts'
import { type ScriptedThread, scriptedThreads, small } from './running-experiments.ts'

/** Jobs that write down what they hear, and a crew whose threads do as the test says. */
function crewOf(size: number, jobs: number) {
  const heard: string[] = []
  const { threads, start } = scriptedThreads()
  const crew = new Crew(start, size)
  const add = () =>
    crew.add(
      ...Array.from(
        { length: jobs },
        (_, seed): Job => ({
          work: { type: 'run', config: small({ seed }), engine: 'strict' },
          rank: 0,
          hear: (told: Told) => heard.push(told.type === 'failed' ? told.sentence : told.type),
          restart: () => heard.push('restart'),
        }),
      ),
    )
  add()
  return { threads, heard, add }
}

/** Lets no thread start, until none is asked for any more; returns how many were. */
function startNone(threads: readonly ScriptedThread[]): number {
  for (let i = 0; i < threads.length; i++) threads[i]!.notStart('forbidden')
  return threads.length
}

describe('where no thread starts', () => {
  it('a few are tried, then every job is told so, and nothing is tried until somebody asks again', () => {
    const { threads, heard, add } = crewOf(3, 40)
    expect(startNone(threads)).toBe(4)
    expect(heard).toHaveLength(40)
    expect(new Set(heard)).toEqual(
      new Set([
        'This browser does not start the threads that compute (forbidden): reload the page, or open it in another browser.',
      ]),
    )
    add()
    expect(startNone(threads)).toBe(5)
    expect(heard).toHaveLength(80)
  })

  it('and then one does, it does everything', () => {
    const { threads, heard } = crewOf(1, 3)
    threads[0]!.notStart('')
    expect([threads.length, threads[1]!.open().length]).toEqual([2, 3])
    threads[1]!.tell({ id: threads[1]!.open()[0]!.id, type: 'finished' })
    expect(heard).toEqual(['finished'])
  })
})

it('where one of several threads does not start, the others do its jobs, and no other is tried', () => {
  const { threads, heard } = crewOf(3, 3)
  threads[1]!.notStart('')
  expect(threads.map((thread) => thread.open().length)).toEqual([2, 1, 1])
  expect([threads.length, heard]).toEqual([3, []])
})

it('a thread that broke once it had started is replaced once for each of its jobs, at most', () => {
  const { threads, heard } = crewOf(1, 4)
  for (let i = 0; i < threads.length && i < 100; i++) threads[i]!.crash('out of memory')
  expect(threads).toHaveLength(1 + 4)
  expect(heard.filter((one) => one === 'restart')).toHaveLength(4)
  expect(heard.filter((one) => one.includes('out of memory'))).toHaveLength(4)
})

it('what a thread told before it broke, and is heard of later, is nothing to anybody', () => {
  const { threads, heard } = crewOf(1, 1)
  const { id } = threads[0]!.open()[0]!
  threads[0]!.crash('out of memory')
  threads[0]!.tell({ id, type: 'finished' })
  expect(heard).toEqual([expect.stringContaining('out of memory')])
})
