import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folder, linnet } from './linnet.ts'

const employment = fileURLToPath(
  new URL('../../../node_modules/vega-datasets/data/us-employment.csv', import.meta.url),
)

interface Told {
  readonly sizes: { readonly training: number; readonly test: number; readonly missing: number }
  readonly methods: readonly {
    readonly name: string
    readonly errors: { readonly test: { readonly rootMeanSquare: number } }
  }[]
}

/** Test errors by method. */
function errorsOf({ methods }: Told): Record<string, number> {
  return Object.fromEntries(methods.map(({ name, errors }) => [name, errors.test.rootMeanSquare]))
}

/** A rank-2 matrix with 40 % of its cells empty; entries are sums of products, so nothing is random. */
function matrixWithHoles(rows: number, columns: number) {
  const truth = (i: number, j: number) => (1 + (i % 5)) * (1 + (j % 3)) + (i % 7) * ((j % 4) - 1)
  const empty = (i: number, j: number) => (i * 7 + j * 11 + ((i * j) % 5)) % 5 < 2
  const lines = [`row,${Array.from({ length: columns }, (_, j) => `c${j}`)}`]
  for (let i = 0; i < rows; i++)
    lines.push(`r${i},${Array.from({ length: columns }, (_, j) => (empty(i, j) ? '' : truth(i, j)))}`)
  return { text: `${lines.join('\n')}\n`, truth, empty }
}

test('a matrix with empty cells: observed cells stay, missing ones are found, labels are kept', async () => {
  const cwd = folder()
  const { text, truth, empty } = matrixWithHoles(40, 24)
  writeFileSync(join(cwd, 'holes.csv'), text)
  const { code, stdout, stderr } = await linnet(['complete', 'holes.csv', '--out', 'a', '--json'], { cwd })
  expect(stderr).not.toMatch(/linnet:/)
  expect(code).toBe(0)
  const errors = errorsOf(JSON.parse(stdout) as Told)
  expect(errors['deep factorisation']).toBeLessThan(0.1 * errors['column means']!)
  const lines = readFileSync(join(cwd, 'a', 'completed.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(lines[0]!.split(',').slice(1)).toEqual(Array.from({ length: 24 }, (_, j) => `c${j}`))
  const cells = lines.slice(1).map((line) => line.split(','))
  expect(cells.map((row) => row[0])).toEqual(Array.from({ length: 40 }, (_, i) => `r${i}`))
  let squares = 0
  let missing = 0
  cells.forEach((row, i) => {
    row.slice(1).forEach((cell, j) => {
      if (!empty(i, j)) expect(Number(cell)).toBe(truth(i, j))
      else {
        missing++
        squares += (Number(cell) - truth(i, j)) ** 2
      }
    })
  })
  expect(Math.sqrt(squares / missing)).toBeLessThan(1)
})

test('real employment figures: deep factorisation beats column means on held-out cells', async () => {
  const { code, stdout } = await linnet(['complete', employment, '--matrix', '--out', 'a', '--json'])
  expect(code).toBe(0)
  const errors = errorsOf(JSON.parse(stdout) as Told)
  expect(errors['deep factorisation']).toBeLessThan(errors['column means']!)
})

test('triplets, tab-separated with time stamps as in MovieLens', async () => {
  const cwd = folder()
  const lines: string[] = []
  for (let i = 1; i <= 30; i++)
    for (let j = 1; j <= 20; j++)
      if ((i * 2 + j * 7) % 3 !== 0) lines.push(`${i}\t${j}\t${1 + (i % 3) + (j % 2)}\t88125094${i % 10}`)
  writeFileSync(join(cwd, 'u.data'), `${lines.join('\n')}\n`)
  const { code, stdout } = await linnet(['complete', 'u.data', '--out', 'a', '--json'], { cwd })
  expect(code).toBe(0)
  const told = JSON.parse(stdout) as Told
  expect(told.sizes.missing).toBe(600 - lines.length)
  expect(readdirSync(join(cwd, 'a')).sort()).toEqual(
    ['completed.csv', 'figures', 'model.csv', 'report.html', 'result.json', 'weights.safetensors'].sort(),
  )
})

test.each<[string, string | Uint8Array, RegExp]>([
  ['empty', '', /empty/],
  ['only a header', 'row,column,value\n', /header|no (entries|rows|data)/],
  ['not UTF-8', Uint8Array.of(0x61, 0x2c, 0xff, 0xff, 0x0a), /UTF-8/],
  ['a cell twice', 'row,column,value\n1,1,3\n2,1,4\n1,2,5\n1,1,9\n', /twice|line/],
  ['words for values', 'row,column,value\na,b,3\na,c,good\n', /good/],
  ['infinite values', '1,1,3\n1,2,1e999\n', /line 2|finite/],
  ['too little', '1,1,3\n2,2,4\n', /at least/],
])('a table that is %s: a sentence, exit code 2, nothing written', async (_name, content, sentence) => {
  const cwd = folder()
  writeFileSync(join(cwd, 'bad.csv'), content)
  const { code, stderr } = await linnet(['complete', 'bad.csv'], { cwd })
  expect(stderr).toMatch(sentence)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(code).toBe(2)
  expect(readdirSync(cwd)).toEqual(['bad.csv'])
})

test('Ctrl-C: the best weights so far are written, exit code 130', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'holes.csv'), matrixWithHoles(300, 200).text)
  const { code, stderr } = await linnet(['complete', 'holes.csv', '--out', 'a', '--depth', '6'], {
    cwd,
    interrupt: true,
  })
  expect(stderr).toMatch(/interrupted/)
  expect(code).toBe(130)
  expect(readdirSync(join(cwd, 'a'))).toContain('completed.csv')
})
