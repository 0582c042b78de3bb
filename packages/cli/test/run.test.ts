import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSafetensors } from 'linnet'
import { expect, test } from 'vitest'
import { folder, linnet, smallConfig } from './linnet.ts'

/** What a run folder holds, always all of it. */
const whole = [
  'certificates.json',
  'config.json',
  'figures',
  'outcome.json',
  'report.html',
  'trajectory.csv',
  'trajectory.parquet',
  'weights.safetensors',
]

function place(config: object): string {
  const cwd = folder()
  writeFileSync(join(cwd, 'config.json'), JSON.stringify(config))
  return cwd
}

test('run writes the whole folder, named by the hash of the config, and the certificates hold', async () => {
  const cwd = place(smallConfig)
  const { code, stdout } = await linnet(['run', 'config.json', '--json'], { cwd })
  expect(code).toBe(0)
  const told = JSON.parse(stdout) as {
    folder: string
    certificates: { statement: string; verdict: string }[]
  }
  expect(told.folder).toMatch(/^runs.[0-9a-f]{12}$/)
  expect(readdirSync(join(cwd, told.folder)).sort()).toEqual(whole)
  const verdicts = told.certificates.map(({ verdict }) => verdict)
  expect(verdicts).not.toContain('violated')
  expect(verdicts.filter((verdict) => verdict === 'holds').length).toBeGreaterThanOrEqual(3)
  const weights = readSafetensors(readFileSync(join(cwd, told.folder, 'weights.safetensors')))
  expect(weights.size).toBe(3)
})

test('the written config gives the same bits again, and another seed does not', async () => {
  const cwd = place(smallConfig)
  await linnet(['run', 'config.json', '--out', 'a'], { cwd })
  await linnet(['run', join('a', 'config.json'), '--out', 'b'], { cwd })
  await linnet(['run', 'config.json', '--seed', '2', '--out', 'c'], { cwd })
  const csv = (name: string) => readFileSync(join(cwd, name, 'trajectory.csv'), 'utf8')
  expect(csv('b')).toBe(csv('a'))
  expect(csv('c')).not.toBe(csv('a'))
})

test('weights of one run start another where it ended', async () => {
  const cwd = place(smallConfig)
  await linnet(['run', 'config.json', '--out', 'a'], { cwd })
  const onward = { ...smallConfig, init: { kind: 'file', path: 'a/weights.safetensors' } }
  writeFileSync(join(cwd, 'onward.json'), JSON.stringify(onward))
  const { code, stderr } = await linnet(['run', 'onward.json', '--out', 'b'], { cwd })
  expect(stderr).not.toMatch(/linnet:/)
  expect(code).toBe(0)
  const rows = (name: string) =>
    readFileSync(join(cwd, name, 'trajectory.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
  const cells = (line: string) => line.split(',').slice(1).map(Number)
  const [ended, begun] = [cells(rows('a').at(-1)!), cells(rows('b')[1]!)]
  for (const [i, value] of ended.entries()) expect(begun[i]).toBeCloseTo(value, 12)
})

test('too large a step diverges: exit code 1, and the message says what to do', async () => {
  const config = {
    ...smallConfig,
    init: { kind: 'orthogonal', scale: 1 },
    dynamics: { kind: 'gradientDescent', stepSize: 50 },
    until: { steps: 2000 },
  }
  const { code, stdout } = await linnet(['run', 'config.json', '--out', 'a'], { cwd: place(config) })
  expect(code).toBe(1)
  expect(stdout).toMatch(/step/)
})

test('Ctrl-C: what was begun is finished and whole, exit code 130', async () => {
  const endless = {
    ...smallConfig,
    dynamics: { kind: 'gradientDescent', stepSize: 1e-3 },
    until: { steps: 2_000_000_000 },
  }
  const cwd = place(endless)
  const { code, stderr } = await linnet(['run', 'config.json', '--out', 'a'], { cwd, interrupt: true })
  expect(stderr).toMatch(/interrupted/)
  expect(code).toBe(130)
  expect(readdirSync(join(cwd, 'a')).sort()).toEqual(whole)
  expect(JSON.parse(readFileSync(join(cwd, 'a', 'outcome.json'), 'utf8'))).toMatchObject({
    stopped: { reason: 'interrupted' },
  })
})

test('piped progress is plain lines: no carriage return, no escape', async () => {
  const { stderr } = await linnet(['run', 'config.json', '--out', 'a'], { cwd: place(smallConfig) })
  expect(stderr).not.toContain('\r')
  expect(stderr).not.toContain(String.fromCharCode(27))
})
