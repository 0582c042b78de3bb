import { duration, rate } from './duration.ts'

/** How far one job is. */
export interface Step {
  /** What runs: `depth 3, gradient flow`. */
  readonly label: string
  /** Of this job, 0 … 1; absent where nobody can know the end, as when validation decides. */
  readonly fraction?: number
  /** Where it stands, in words that change. */
  readonly now?: string
  /** Work done so far, in `unit`s, for the rate. */
  readonly work: number
  readonly unit: string
}

export interface Progress {
  update(step: Step): void
  /** A lasting line. */
  say(line: string): void
  /** Clears what is not lasting. */
  end(): void
}

/** At most this often is the line of a terminal drawn anew, in ms: faster than eyes, slower than matters. */
const REDRAW_EVERY = 100
/** Without a terminal, a plain line at most this often, in ms, so that log files stay short. */
const LINE_EVERY = 10_000
const BAR_WIDTH = 24

interface Sink {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** Where a job stands now: started when, with how much work, so that rate and time left can be told. */
function tracker(now: () => number) {
  let label: string | undefined
  let since = 0
  return (step: Step): string => {
    if (step.label !== label) {
      label = step.label
      since = now()
    }
    const elapsed = (now() - since) / 1000
    const { fraction = 0 } = step
    const left = fraction > 0 && elapsed > 0.2 ? (elapsed * (1 - fraction)) / fraction : Number.NaN
    const speed = elapsed > 0.2 ? `  ${rate(step.work / elapsed, step.unit)}` : ''
    return `${step.now ? `: ${step.now}` : ''}${speed}${Number.isFinite(left) ? `  ${duration(left)} left` : ''}`
  }
}

/** `40 %  ` where the end is known. */
function percent({ fraction }: Step): string {
  return fraction === undefined ? '' : `${(100 * fraction).toFixed(0).padStart(3)} %  `
}

function bar({ fraction }: Step): string {
  if (fraction === undefined) return ''
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH)
  return `${'━'.repeat(full)}${'╌'.repeat(BAR_WIDTH - full)} `
}

function onTerminal(sink: Sink, now: () => number): Progress {
  const describe = tracker(now)
  let drawnAt = Number.NEGATIVE_INFINITY
  let drawn = false
  const clear = () => {
    if (drawn) sink.write('\r\u001b[2K')
    drawn = false
  }
  return {
    update(step) {
      const details = describe(step)
      if (now() - drawnAt < REDRAW_EVERY) return
      drawnAt = now()
      const line = `${bar(step)}${percent(step)}${step.label}${details}`
      sink.write(`\r\u001b[2K${line.slice(0, (sink.columns ?? 80) - 1)}`)
      drawn = true
    },
    say(line) {
      clear()
      sink.write(`${line}\n`)
    },
    end: clear,
  }
}

function onLines(sink: Sink, now: () => number): Progress {
  const describe = tracker(now)
  let saidAt = Number.NEGATIVE_INFINITY
  return {
    update(step) {
      const details = describe(step)
      if (now() - saidAt < LINE_EVERY) return
      saidAt = now()
      sink.write(`${percent(step)}${step.label}${details}\n`)
    },
    say: (line) => void sink.write(`${line}\n`),
    end: () => {},
  }
}

/** A bar with rate and time left on a terminal; plain lines, rarely, elsewhere. */
export function makeProgress(
  sink: Sink = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  return sink.isTTY ? onTerminal(sink, now) : onLines(sink, now)
}
