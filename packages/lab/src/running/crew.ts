import { sentenceOfCrash } from './fault.ts'
import { type Answer, isLast, type Told, type Work } from './protocol.ts'
import type { StartThread, Thread } from './thread.ts'

/** A piece of work to be done by one of several threads. */
export interface Job {
  readonly work: Work
  /** Lower ones begin first. */
  readonly rank: number
  hear(told: Told): void
  /** It was under way in a thread that broke, and will begin anew. */
  restart(): void
}

/** A thread, and the jobs under way in it, by id. */
interface Member {
  readonly thread: Thread
  readonly jobs: Map<string, Job>
}

/** Runs that take turns in one thread; further ones wait, so that not all are half done at once. */
const atOnce = 4

/** Hands jobs to threads, and to new ones where a thread breaks. */
export class Crew {
  readonly #start: StartThread
  readonly #size: number
  readonly #members = new Set<Member>()
  readonly #waiting: Job[] = []
  /** Jobs that were under way when a thread broke with others in it: each is tried alone. */
  readonly #suspects = new WeakSet<Job>()
  #asked = 0

  constructor(start: StartThread, size: number) {
    this.#start = start
    this.#size = size
  }

  add(...jobs: readonly Job[]): void {
    this.#waiting.push(...jobs)
    this.#waiting.sort((a, b) => a.rank - b.rank)
    this.#handOut()
  }

  /** Nothing more is heard of the job. */
  cancel(job: Job): void {
    const place = this.#waiting.indexOf(job)
    if (place >= 0) this.#waiting.splice(place, 1)
    for (const { thread, jobs } of this.#members)
      for (const [id, under] of jobs)
        if (under === job) {
          jobs.delete(id)
          thread.ask({ type: 'cancel', id })
        }
    this.#handOut()
  }

  /** Ends all threads. */
  end(): void {
    this.#waiting.length = 0
    for (const { thread } of this.#members) thread.end()
    this.#members.clear()
  }

  #handOut(): void {
    for (const job of [...this.#waiting]) {
      const member = this.#placeFor(job)
      if (!member) continue
      this.#waiting.splice(this.#waiting.indexOf(job), 1)
      const id = `${++this.#asked}`
      member.jobs.set(id, job)
      member.thread.ask({ id, ...job.work })
    }
  }

  /** The thread with the least to do, a new one where all have something; none where all have enough. */
  #placeFor(job: Job): Member | undefined {
    // A prediction would only wait beside a run.
    const isKept = (other: Job) =>
      this.#suspects.has(other) || (job.work.type === 'predict' && other.work.type === 'run')
    const isFree = ({ jobs }: Member) => ![...jobs.values()].some(isKept)
    const [least] = [...this.#members].filter(isFree).sort((a, b) => a.jobs.size - b.jobs.size)
    if (least?.jobs.size === 0) return least
    if (this.#members.size < this.#size) return this.#hire()
    if (!least || this.#suspects.has(job)) return undefined
    return job.work.type === 'kernel' || least.jobs.size < atOnce ? least : undefined
  }

  #hire(): Member {
    const jobs = new Map<string, Job>()
    const thread = this.#start(
      (answer) => this.#hear(jobs, answer),
      (why) => this.#lose(member, why),
    )
    const member = { thread, jobs }
    this.#members.add(member)
    return member
  }

  #hear(jobs: Map<string, Job>, { id, ...told }: Answer): void {
    const job = jobs.get(id)
    if (!job) return
    if (isLast(told)) jobs.delete(id)
    job.hear(told)
    if (isLast(told)) this.#handOut()
  }

  /** Another thread takes over. Which of several runs broke it is not known: each begins anew, alone. */
  #lose(member: Member, why: string): void {
    if (!this.#members.delete(member)) return
    member.thread.end()
    const jobs = [...member.jobs.values()]
    if (jobs.length === 1) jobs[0]!.hear({ type: 'failed', sentence: sentenceOfCrash(why) })
    else
      for (const job of jobs) {
        this.#suspects.add(job)
        job.restart()
        this.#waiting.push(job)
      }
    this.add()
  }
}
