import fc from 'fast-check'
import { InputError } from 'linnet'
import { describe, expect, test } from 'vitest'
import { decodeState, encodeState, LinkError } from '../src/experiment/link.ts'
import { openingExperiment, openingState } from '../src/experiment/opening.ts'
import { compressed } from '../src/experiment/packing.ts'
import { planOf } from '../src/experiment/plan.ts'
import { readState } from '../src/experiment/state-schema.ts'
import { arbitraryJson, arbitraryState } from './states.ts'

const linkOf = async (json: unknown) => `#1=${await compressed(JSON.stringify(json))}`

/** What is wrong with a link; fails when it can be read. */
async function faultOf(fragment: string): Promise<string> {
  const error = await decodeState(fragment).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(LinkError)
  expect(error).toBeInstanceOf(InputError)
  return (error as Error).message
}

describe('links', () => {
  test('what was encoded is decoded, for any state', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryState, async (state) => {
        const fragment = await encodeState(state)
        expect(fragment).toMatch(/^1=[A-Za-z0-9_-]+$/)
        expect(await decodeState(fragment)).toEqual(state)
        expect(await decodeState(`#${fragment}`)).toEqual(state)
      }),
      { numRuns: 200 },
    )
  })

  test('the opening fits into 600 characters and plans the same runs', async () => {
    const fragment = await encodeState(openingState)
    expect(fragment.length).toBeLessThan(600)
    const { runs } = planOf((await decodeState(fragment)).experiment)
    expect(runs.map(({ id }) => id)).toEqual(planOf(openingExperiment).runs.map(({ id }) => id))
  })

  test('what has a default may be left out', async () => {
    const state = await decodeState(await linkOf({ experiment: { config: { seed: 3 } } }))
    expect(state).toEqual({
      experiment: {
        config: { seed: 3 },
        lanes: [{ label: 'run', changes: {} }],
        seeds: 1,
        engine: 'strict',
      },
      pins: [],
      view: { x: 'linear', y: 'linear', clock: 'own', lane: 0 },
      drafts: {},
    })
  })

  test('a lane that is no longer there: the last one is looked at', async () => {
    const state = await decodeState(await linkOf({ experiment: { config: {} }, view: { lane: 3 } }))
    expect(state.view.lane).toBe(0)
  })

  test('a link written by hand holds one config', async () => {
    const text = JSON.stringify({ $schema: 'x', ...openingExperiment.config })
    const { experiment } = await decodeState(`#config=${encodeURIComponent(text)}`)
    expect(experiment.config).toEqual(openingExperiment.config)
    expect(planOf(experiment).runs.length).toBe(1)
  })
})

describe('links that cannot be read: a sentence', () => {
  const good = { experiment: { config: {} } }
  test.each([
    [{ ...good, colour: 1 }, 'the state has the unknown key "colour"'],
    [{ experiment: { config: {}, lane: [] } }, 'experiment has the unknown key "lane"'],
    [{ experiment: { config: {}, lanes: [] } }, 'experiment.lanes'],
    [{ experiment: { config: {}, lanes: Array(13).fill({ label: '' }) } }, 'experiment.lanes'],
    [{ experiment: { config: [] } }, 'experiment.config: expected a config'],
    [{ experiment: { config: {}, seeds: 51 } }, 'experiment.seeds'],
    [{ experiment: { config: {}, engine: 'blas' } }, 'experiment.engine'],
    [{ ...good, pins: Array(21).fill({ label: '', config: {} }) }, 'pins'],
    [{ ...good, drafts: { seed: 3 } }, 'drafts.seed'],
    [{ experiment: { config: {}, lanes: [{ label: '', changes: { 'a.__proto__.b': 1 } }] } }, 'invalid key'],
    [null, 'the state'],
    [7, 'the state'],
  ])('%j', async (json, words) => {
    const sentence = await faultOf(await linkOf(json))
    expect(sentence).toContain(words)
    expect(sentence).toMatch(/^This link cannot be read: [^\n]*; the last good state is shown\.$/)
    expect(sentence).not.toMatch(/undefined|object Object/)
  })

  test('keys that change what an object is', async () => {
    const text = '{"experiment":{"config":{"loss":{"__proto__":{"polluted":1}}}}}'
    expect(await faultOf(`#1=${await compressed(text)}`)).toContain('experiment.config')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('nesting without end', async () => {
    const text = `{"experiment":{"config":{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}}}`
    expect(await faultOf(`#1=${await compressed(text)}`)).toMatch(/config|damaged/)
  })

  test('a bomb: nine megabytes in nine kilobytes', async () => {
    const bomb = await compressed(' '.repeat(9_000_000))
    expect(bomb.length).toBeLessThan(20_000)
    expect(await faultOf(`1=${bomb}`)).toContain('more than 8 MB')
  })

  test('another version, another beginning, nothing', async () => {
    expect(await faultOf('#2=abc')).toContain('another version of the lab (2, this one reads 1)')
    expect(await faultOf('#top')).toContain('does not begin with 1= or config=')
    expect(await faultOf('')).toContain('does not begin')
    expect(await faultOf('#1=')).toContain('damaged')
  })

  test('a config written by hand that is none', async () => {
    expect(await faultOf('#config=%')).toContain('not percent-encoded')
    expect(await faultOf('#config={"seed": }')).toContain('config, line 1, column 10')
    const sentence = await faultOf(`#config=${encodeURIComponent('{"seed":-1}')}`)
    expect(sentence).toContain('seed: -1 was given')
    expect(sentence.split('\n').length).toBe(1)
  })

  test('cut off anywhere', async () => {
    const fragment = await encodeState(openingState)
    for (let length = 2; length < fragment.length; length += 7)
      expect(await faultOf(fragment.slice(0, length))).toContain('damaged')
  })
})

describe('no fragment brings anything but a state or a sentence', () => {
  const isAnswered = async (fragment: string) => {
    try {
      // Whatever is taken for a state is one: it survives its own schema.
      const state = await decodeState(fragment)
      expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state)
    } catch (error) {
      expect(error).toBeInstanceOf(LinkError)
    }
  }

  test('arbitrary texts', async () => {
    const start = fc.constantFrom('', '#', '1=', '#1=', '#config=', 'config=%7B', '%')
    await fc.assert(
      fc.asyncProperty(start, fc.string({ unit: 'binary' }), (head, tail) => isAnswered(head + tail)),
      { numRuns: 500 },
    )
  })

  test('arbitrary bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        isAnswered(`1=${Buffer.from(bytes).toString('base64url')}`),
      ),
      { numRuns: 500 },
    )
  })

  test('good links with a letter changed', async () => {
    const fragment = await encodeState(openingState)
    await fc.assert(
      fc.asyncProperty(fc.nat(fragment.length - 1), fc.constantFrom(...'AZaz09-_=%#'), (at, letter) =>
        isAnswered(fragment.slice(0, at) + letter + fragment.slice(at + 1)),
      ),
      { numRuns: 500 },
    )
  })

  test('arbitrary JSON, alone and inside a state', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryJson, async (json) => {
        await isAnswered(await linkOf(json))
        await isAnswered(await linkOf({ experiment: { config: {}, lanes: json }, view: json, pins: json }))
        await isAnswered(`#config=${encodeURIComponent(JSON.stringify(json))}`)
      }),
      { numRuns: 150 },
    )
  })
})
