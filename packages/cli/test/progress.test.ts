import { expect, test } from 'vitest'
import { duration, rate } from '../src/terminal/duration.ts'
import { makeProgress } from '../src/terminal/progress.ts'

function sink(isTTY: boolean) {
  let text = ''
  return {
    isTTY,
    columns: 80,
    write: (more: string) => {
      text += more
    },
    text: () => text,
  }
}

test('on a terminal: one line drawn over, with rate and time left, never wider than the terminal', () => {
  const out = sink(true)
  let now = 0
  const progress = makeProgress(out, () => now)
  for (let k = 0; k <= 10; k++) {
    now = k * 1000
    progress.update({ label: `depth 3 ${'x'.repeat(100)}`, fraction: k / 20, work: k * 2500, unit: 'steps' })
  }
  const last = out.text().split('\r').at(-1)!
  expect(last.length).toBeLessThan(80 + 4)
  expect(out.text()).not.toContain('\n')
})

test('rate and time left are those of the work done', () => {
  const out = sink(true)
  let now = 0
  const progress = makeProgress(out, () => now)
  progress.update({ label: 'run', fraction: 0, work: 0, unit: 'steps' })
  now = 10_000
  progress.update({ label: 'run', fraction: 0.25, work: 25_000, unit: 'steps' })
  expect(out.text()).toContain('2.50 ksteps/s')
  expect(out.text()).toContain('30 s left')
})

test('elsewhere: plain lines, at most one in ten seconds', () => {
  const out = sink(false)
  let now = 0
  const progress = makeProgress(out, () => now)
  for (let k = 0; k < 100; k++) {
    now = k * 500
    progress.update({ label: 'run', fraction: k / 100, work: k, unit: 'steps' })
  }
  expect(out.text().split('\n').length - 1).toBeLessThanOrEqual(5)
  expect(out.text()).not.toContain('\r')
  expect(out.text()).not.toContain(String.fromCharCode(27))
})

test('durations and rates as people read them', () => {
  expect([0.04, 9.96, 59.6, 61, 3725, Number.NaN].map(duration)).toEqual([
    '0.0 s',
    '10 s',
    '1 min 00 s',
    '1 min 01 s',
    '1 h 02 min',
    'unknown',
  ])
  expect([999.6, 12_345, 0].map((value) => rate(value, 'steps'))).toEqual([
    '1.00 ksteps/s',
    '12.3 ksteps/s',
    '– steps/s',
  ])
})
