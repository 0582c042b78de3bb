import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformWithOxc } from 'vite'
import { describe, expect, test } from 'vitest'
import * as zod from 'zod'
import * as linnet from '../src/index.ts'

// Every fenced ```ts example in the docstrings of the library runs, with everything that linnet exports at hand.

interface Example {
  /** File and line of the fence. */
  readonly where: string
  readonly code: string
}

const FENCED = /^[ \t]*\* ```ts\n((?:[ \t]*\*(?! ```).*\n)*)[ \t]*\* ```$/gm

function examplesIn(file: string, source: string): Example[] {
  return [...source.matchAll(FENCED)].map((found) => ({
    where: `${file}:${source.slice(0, found.index).split('\n').length}`,
    code: found[1]!.replace(/^[ \t]*\* ?/gm, ''),
  }))
}

/** What an example may import besides the names of linnet, which it need not. */
const MODULES: Readonly<Record<string, object>> = { linnet, zod }
const IMPORT = /^import (\{[^}]*\}) from '([^']*)'$/gm

type Body = (names: object, modules: object) => Promise<void>
const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Body

/** Runs an example: types stripped, imports from MODULES, the names of linnet in scope (an example may declare its own). */
async function run({ where, code }: Example): Promise<void> {
  const named = code.replace(IMPORT, (_, names: string, from: string) => {
    if (!(from in MODULES)) throw new Error(`${where} imports from ${from}`)
    return `const ${names} = modules[${JSON.stringify(from)}]`
  })
  const all = `const { ${Object.keys(linnet).join(', ')} } = names`
  const wrapped = `${all}\nexport async function example() {\n${named}\n}`
  const { code: plain } = await transformWithOxc(wrapped, `${where.replace(/:\d+$/, '')}`)
  const body = plain.replace('export async function example', 'async function example')
  await new AsyncFunction('names', 'modules', `${body}\nawait example()`)(linnet, MODULES)
}

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
)
const texts = files.map((file) => ({ file, text: readFileSync(SOURCES + file, 'utf8') }))

describe('the examples of the docstrings', () => {
  for (const { file, text } of texts)
    for (const example of examplesIn(file, text)) test(example.where, () => run(example))
})

test('no fence is overlooked', () => {
  const fences = texts.flatMap(({ text }) => text.match(/```ts/g) ?? [])
  expect(fences.length).toBeGreaterThan(0)
  expect(texts.flatMap(({ file, text }) => examplesIn(file, text)).length).toBe(fences.length)
})

describe('an example that does not work is found out', () => {
  const docstring = (...lines: string[]) =>
    `/**\n * Before.\n *\n * \`\`\`ts\n${lines.map((line) => ` * ${line}\n`).join('')} * \`\`\`\n */\n`
  const only = (...lines: string[]) => examplesIn('some.ts', docstring(...lines))[0]!

  test('one that works', async () => {
    const example = only(
      "import { z } from 'zod'",
      'const kind: string = linear().kind',
      'z.string().parse(kind)',
    )
    expect(example.where).toBe('some.ts:4')
    await run(example)
  })

  test.each([
    ['throws', ["throw new Error('as it must')"], 'as it must'],
    ['throws later', ['await simulate({ loss: whitened })'], 'expected'],
    ['needs a name that nobody has', ['simulate(config)'], 'config is not defined'],
    ['imports from elsewhere', ["import { x } from 'elsewhere'"], 'some.ts:4 imports from elsewhere'],
    ['is no TypeScript', ['const = 1'], 'Unexpected token'],
  ])('one that %s', async (_, lines, message) => {
    await expect(run(only(...lines))).rejects.toThrow(message)
  })
})
