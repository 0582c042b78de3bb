import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, linnet, smallConfig } from './linnet.ts'

const stackTrace = /\n\s+at /

test.each<[string[], RegExp]>([
  [['reproduce', 'figure-33'], /figure-33.*figure-3/],
  [['run', 'nowhere.json'], /nowhere\.json/],
  [['complete', 'nowhere.csv'], /nowhere\.csv/],
  [['run'], /config\.json/],
  [['rum', 'x.json'], /run/],
  [['reproduce', 'figure-3', '--seed', '-1'], /whole number/],
  [['reproduce', 'figure-3', '--seed', '1e400'], /whole number/],
  [['reproduce', 'figure-3', '--engine', 'gpu'], /strict.*fma.*blas/],
  [['complete', 'x.csv', '--depth', '0'], /from 1 to 20/],
  [['complete', 'x.csv', '--matrix', '--triplets'], /matrix.*triplets|triplets.*matrix/],
  [['run', 'x.json', '--ot', 'y'], /--out/],
])('%j: a sentence, exit code 2, nothing written', async (args, sentence) => {
  const cwd = folder()
  const { code, stdout, stderr } = await linnet(args, { cwd })
  expect(stderr).toMatch(sentence)
  expect(code).toBe(2)
  expect(stderr + stdout).not.toMatch(stackTrace)
  expect(readdirSync(cwd)).toEqual([])
})

const { loss } = smallConfig
const badConfigs: [string, string | Uint8Array, RegExp][] = [
  ['not JSON', '{"seed": 1,', /line|position/i],
  ['empty', '', /breaks off/],
  ['not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), /UTF-8/],
  [
    'of an unknown loss',
    JSON.stringify({ ...smallConfig, loss: { kind: 'completionn' } }),
    /loss.*completionn.*completion/s,
  ],
  ['with an unknown key', JSON.stringify({ ...smallConfig, sead: 3 }), /sead.*seed/s],
  [
    'of negative rank',
    JSON.stringify({ ...smallConfig, loss: { ...loss, truth: { ...loss.truth, rank: -2 } } }),
    /loss\.truth\.rank.*-2/s,
  ],
  ['on the wrong clock', JSON.stringify({ ...smallConfig, until: { steps: 5 } }), /until.*time/s],
  [
    'observing more than there is',
    JSON.stringify({ ...smallConfig, loss: { ...loss, observed: 121 } }),
    /observed.*121|121.*observed/s,
  ],
  ['an array', '[1, 2, 3]', /object/],
  ['null', 'null', /object/],
]

test.each(badConfigs)('a config %s', async (_name, content, sentence) => {
  const cwd = folder()
  writeFileSync(join(cwd, 'bad.json'), content)
  const { code, stderr } = await linnet(['run', 'bad.json'], { cwd })
  expect(stderr).toMatch(sentence)
  expect(stderr).not.toMatch(stackTrace)
  expect(code).toBe(2)
  expect(readdirSync(cwd)).toEqual(['bad.json'])
})

test.each([
  [[]],
  [['run']],
  [['reproduce']],
  [['complete']],
  [['lab']],
  [['studies']],
  [['engines']],
  [['schema']],
])('%j --help prints usage and ends with 0', async (command) => {
  const { code, stdout } = await linnet([...command, '--help'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/Usage: linnet/)
})

test('the lists: studies, engines, schema', async () => {
  const told = (args: string[]) => linnet(args).then(({ stdout }) => JSON.parse(stdout) as unknown)
  expect(await told(['studies', '--json'])).toContainEqual(expect.objectContaining({ id: 'figure-3' }))
  expect(await told(['engines', '--json'])).toContainEqual(
    expect.objectContaining({ name: 'strict', available: true }),
  )
  expect(await told(['schema'])).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
  expect((await linnet(['engines'])).stdout).toMatch(/strict {2}available/)
})

test.each<[string, RegExp]>([
  ['bad.json', /bad\.json is a file/],
  [join('bad.json', 'inside'), /bad\.json/],
  ['/proc/linnet', /\/proc\/linnet/],
])('a folder that cannot be written, %s: a sentence, exit code 2', async (out, sentence) => {
  const cwd = folder()
  writeFileSync(join(cwd, 'bad.json'), JSON.stringify(smallConfig))
  const { code, stderr } = await linnet(['run', 'bad.json', '--out', out], { cwd })
  expect(stderr).toMatch(sentence)
  expect(stderr).not.toMatch(stackTrace)
  expect(code).toBe(2)
})
