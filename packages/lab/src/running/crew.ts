import { sentenceOfCrash, sentenceOfNoThreads } from './fault.ts'
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
  /** Those of them that have told something. */
  readonly begun: Set<string>
  /** Cancelled, and not yet let go of. */
  readonly lingering: Set<string>
  readonly hiredAt: number
  /** How long it took until something was heard of it, in milliseconds. */
  startup?: number
}

/** Runs that take turns in one thread; further ones wait, so that not all are half done at once. */
const atOnce = 4

/**
 * How long a thread may take to let go of what was cancelled, in milliseconds, before another one takes its place; or as long as it took
 * to start, where that was longer: on a busy machine every thread is slow, and another one no faster.
 */
const patience = 150

/** So many threads may fail to start one after the other, while there is no other, before it is said that none does. */
const mostFailedStarts = 2

/** Hands jobs to threads, and to new ones where a thread breaks. */
export class Crew {
  readonly #start: StartThread
  #size: number
  readonly #members = new Set<Member>()
  readonly #waiting: Job[] = []
  /** Jobs that were under way when a thread broke with others in it: each is tried alone. */
  readonly #suspects = new WeakSet<Job>()
  #asked = 0
  #failedStarts = 0

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
    for (const member of this.#members)
      for (const [id, under] of member.jobs) if (under === job) this.#dismiss(member, id)
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
    const thread = this.#start({
      started: () => this.#greet(member),
      told: (answer) => this.#hear(member, answer),
      broke: (why) => (member.startup === undefined ? this.#doWithout(member, why) : this.#lose(member, why)),
    })
    const hiredAt = performance.now()
    const member: Member = { thread, jobs: new Map(), begun: new Set(), lingering: new Set(), hiredAt }
    this.#members.add(member)
    return member
  }

  #dismiss(member: Member, id: string): void {
    member.jobs.delete(id)
    member.begun.delete(id)
    member.lingering.add(id)
    member.thread.ask({ type: 'cancel', id })
    setTimeout(() => this.#replaceWhenStuck(member, id), Math.max(patience, member.startup ?? 0))
  }

  /** A large run may be seconds in one piece of work. What has not begun behind it is done by another thread. */
  #replaceWhenStuck(member: Member, id: string): void {
    const { thread, jobs, begun, lingering, startup } = member
    if (startup === undefined || !lingering.has(id) || begun.size > 0 || !this.#members.delete(member)) return
    thread.end()
    this.add(...jobs.values())
  }

  #greet(member: Member): void {
    member.startup ??= performance.now() - member.hiredAt
    this.#failedStarts = 0
  }

  #hear(member: Member, { id, ...told }: Answer): void {
    // A last word may be on its way when a thread is given up.
    if (!this.#members.has(member)) return
    const { jobs, begun, lingering } = member
    this.#greet(member)
    if (told.type === 'cancelled' || isLast(told)) lingering.delete(id)
    const job = jobs.get(id)
    if (!job || told.type === 'cancelled') return
    begun.add(id)
    if (isLast(told)) {
      jobs.delete(id)
      begun.delete(id)
    }
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

  /** A thread that does not start is no fault of its jobs: the others do them, or one more; where none starts, none is done. */
  #doWithout(member: Member, why: string): void {
    if (!this.#members.delete(member)) return
    member.thread.end()
    this.#size = Math.max(1, this.#members.size)
    this.#waiting.push(...member.jobs.values())
    const isHopeless = this.#members.size === 0 && ++this.#failedStarts >= mostFailedStarts
    if (isHopeless)
      for (const job of this.#waiting.splice(0))
        job.hear({ type: 'failed', sentence: sentenceOfNoThreads(why) })
    this.add()
  }
}
