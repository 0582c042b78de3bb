import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as linnet from 'linnet'
import { describe, expect, test } from 'vitest'

// These tests look at what was built: `npm test` builds first.
const root = new URL('../', import.meta.url)
const node = (code: string, ...flags: string[]) =>
  execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', code], {
    cwd: root,
    encoding: 'utf8',
  })

type Target = string | { readonly [condition: string]: string }
const manifestOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`packages/${name}/package.json`, root), 'utf8')) as {
    name: string
    exports?: Record<string, Target>
    keywords?: readonly string[]
    publishConfig?: { readonly access: string }
  }

describe('export maps', () => {
  const targets = ['kernels', 'linnet', 'studies'].flatMap((name) =>
    Object.entries(manifestOf(name).exports ?? {}).flatMap(([entry, target]) =>
      Object.entries(typeof target === 'string' ? { default: target } : target).map(
        ([condition, path]) =>
          [`${manifestOf(name).name} ${entry}`, condition, `packages/${name}/${path}`] as const,
      ),
    ),
  )
  test.each(targets)('%s, condition %s: %s exists', (_, __, path) => {
    expect(existsSync(new URL(path, root))).toBe(true)
  })

  test('the built library has the names that its sources have', () => {
    const built = node("console.log(JSON.stringify(Object.keys(await import('linnet')).sort()))")
    expect(JSON.parse(built)).toEqual(Object.keys(linnet).sort())
  })
})

test('importing the library reads no clock, makes no engine and costs little', () => {
  const code = `
    const forbidden = (name) => () => { throw new Error(name + ' at import') }
    Date.now = performance.now = Math.random = forbidden('clock or chance')
    WebAssembly.compile = WebAssembly.instantiate = forbidden('an engine')
    await import('linnet')
    console.log('imported')
  `
  expect(node(code)).toBe('imported\n')
})

test('the example of the README runs with the built library and certifies every statement', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8')
  const taste = readFileSync(new URL('taste.ts', import.meta.url), 'utf8')
  expect(readme).toContain(`\`\`\`ts\n${taste}\`\`\``)
  const lines = node(taste).trimEnd().split('\n')
  expect(lines).toHaveLength(linnet.statements.entries.length)
  for (const { title } of linnet.statements.entries)
    expect(lines.filter((line) => line.includes(`${title} `))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('violated'))).toEqual([])
})

describe('what is published', () => {
  const license = readFileSync(new URL('LICENSE', root), 'utf8')
  test.each(['kernels', 'linnet', 'studies', 'lab', 'cli'])(
    '%s has its license, its readme and keywords',
    (name) => {
      const text = (file: string) => readFileSync(new URL(`packages/${name}/${file}`, root), 'utf8')
      const manifest = manifestOf(name)
      expect(text('LICENSE')).toBe(license)
      expect(text('README.md')).toMatch(new RegExp(`^# ${manifest.name}\n`))
      expect(manifest.keywords?.length).toBeGreaterThan(0)
      expect(manifest.publishConfig?.access).toBe(manifest.name.startsWith('@') ? 'public' : undefined)
    },
  )

  test.each(['kernels', 'linnet', 'studies'])('the example in the readme of %s runs', (name) => {
    const readme = readFileSync(new URL(`packages/${name}/README.md`, root), 'utf8')
    const [, example] = readme.match(/```ts\n([\s\S]*?)```/)!
    node(example!)
  })
})

describe('examples', () => {
  const examples = readdirSync(new URL('examples/', root)).filter((name) => name.endsWith('.json'))
  test('there are some', () => expect(examples).not.toEqual([]))
  test.each(examples)('%s is a config', (name) => {
    const config = linnet.parseConfigText(readFileSync(new URL(`examples/${name}`, root)), name)
    expect(linnet.parseConfig(config)).toEqual(config)
  })
})
