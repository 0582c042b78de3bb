import { describe, expect, test } from 'vitest'
import { floorOf, importCycles, importsOf, misplacedImports, roomCycles } from './floors.ts'
import { IMPURE, IRREPRODUCIBLE, offences } from './purity.ts'
import { readSources } from './sources.ts'

const sources = readSources()
const LIBRARY = 'packages/linnet/src/'

describe('floors', () => {
  test('no file imports from a floor above its own, no face from the other', () => {
    expect(misplacedImports(sources)).toEqual([])
  })

  test('every import leads to a file', () => {
    const missing = importsOf(sources).filter(({ to }) => !sources.has(to) && !/\/build\/|\.css$/.test(to))
    expect(missing).toEqual([])
  })

  test('no import goes round in a circle', () => {
    expect(importCycles(sources)).toEqual([])
  })

  test('the rooms of the lab import one way', () => {
    expect(roomCycles(sources, 'packages/lab/src/')).toEqual([])
  })

  test('the check sees the house', () => {
    expect(new Set([...sources.keys()].map(floorOf))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
    expect(importsOf(sources).length).toBeGreaterThan(100)
  })

  test.each([
    [
      'losses/lp.ts',
      "import { simulate } from '../simulate/simulate.ts'",
      'floor 2) imports packages/linnet/src/simulate/simulate.ts (floor 3)',
    ],
    [
      'losses/lp.ts',
      "import type {\n  Run,\n} from '../simulate/run.ts'",
      'floor 2) imports packages/linnet/src/simulate/run.ts (floor 3)',
    ],
    ['losses/lp.ts', "export { simulate } from '../simulate/simulate.ts'", 'imports'],
    ['losses/lp.ts', "import '../theory/index.ts'", 'imports'],
    ['losses/lp.ts', "const late = await import('../theory/index.ts')", 'imports'],
    [
      'engine/wasm.ts',
      "import { simulate } from 'linnet'",
      'floor 1) imports packages/linnet/src/index.ts (floor 4)',
    ],
    [
      'theory/point.ts',
      "import { figure3 } from '@linnet/studies'",
      'floor 4) imports packages/studies/src/index.ts (floor 5)',
    ],
    [
      '../../lab/src/main.ts',
      "import '../../cli/src/main.ts'",
      'floor 6) imports packages/cli/src/main.ts (floor 6)',
    ],
    ['numerics/sum.ts', 'export {}', 'stands on no floor'],
  ])('negative control: %s with %j', (file, text, message) => {
    const path = new URL(file, `file:///${LIBRARY}`).pathname.slice(1)
    expect(misplacedImports(new Map([[path, text]])).join('\n')).toContain(message)
  })

  test('negative control: a circle of three', () => {
    const circle = new Map([
      ['a/x.ts', "import { y } from '../b/y.ts'"],
      ['b/y.ts', "import { z } from './z.ts'"],
      ['b/z.ts', "export * from '../a/x.ts'"],
    ])
    expect(importCycles(circle)).toEqual(['a/x.ts → b/y.ts → b/z.ts → a/x.ts'])
    const typesOnly = new Map([...circle, ['b/z.ts', "import type { X } from '../a/x.ts'"]])
    expect(importCycles(typesOnly)).toEqual([])
  })

  test('negative control: two rooms that know each other, by types alone', () => {
    const rooms = new Map([
      ['lab/a/x.ts', "import { y } from '../b/y.ts'\nimport { z } from './z.ts'"],
      ['lab/b/w.ts', "import type { X } from '../a/x.ts'"],
    ])
    expect(roomCycles(rooms, 'lab/')).toEqual(['a → b → a'])
    expect(roomCycles(rooms, 'elsewhere/')).toEqual([])
  })
})

describe('the library is pure and reproducible', () => {
  test('no clock, no chance, no outside, no arithmetic that differs between machines', () => {
    // The machine's own BLAS is looked for and opened through Node.
    expect(offences(sources, LIBRARY, IMPURE, [/\/engine\/blas[\w-]*\.ts$/])).toEqual([])
  })

  test('studies compute with the library: no arithmetic that differs between machines', () => {
    expect(offences(sources, 'packages/studies/src/', IRREPRODUCIBLE)).toEqual([])
  })

  test.each([
    'const x = Math.exp(1)',
    'const { log } = Math',
    'const m = Math',
    'apply(Math, 2)',
    "const x = Math['sin'](1)",
    'list.map(Math.cbrt)',
    'const seed = Math.random()',
    'const root = x ** 0.5',
    'const power = x ** y',
    'x **= y',
    'const start = Date.now()',
    'const start = performance.now()',
    "import { readFileSync } from 'node:fs'",
    'if (process.env.DEBUG) run()',
    "console.log('done')",
    "const url = 'https://example.org' + Math.tanh(1)",
    'names.sort((a, b) => a.localeCompare(b))',
  ])('negative control: %s', (line) => {
    const found = offences(new Map([[`${LIBRARY}losses/lp.ts`, `// a comment\n${line}\n`]]), LIBRARY, IMPURE)
    expect(found).toEqual([{ path: `${LIBRARY}losses/lp.ts`, line: 2, text: line }])
  })

  test.each([
    '// not Math.exp, which differs between machines',
    '/** Math.log(x) at Date.now() */',
    'const x = Math.max(0, Math.sqrt(2) * Math.PI)',
    'const limit = 2 ** 53',
    'const step = 2 ** -26',
    "source: 'J. Comput. Appl. Math. 88, 315',",
  ])('allowed: %s', (line) => {
    expect(offences(new Map([[`${LIBRARY}losses/lp.ts`, line]]), LIBRARY, IMPURE)).toEqual([])
  })
})
