import { describe, expect, test } from 'vitest'
import {
  ConfigError,
  type ConfigInput,
  completion,
  configHash,
  filesNamedIn,
  gradientFlow,
  InputError,
  identity,
  linear,
  lowRank,
  type PlainMatrix,
  parseConfigText,
  probes,
  readMatrixFile,
  simulate,
  weightsFile,
  weightsToSafetensors,
} from '../src/index.ts'

const written: ConfigInput = {
  loss: completion({ truth: lowRank({ rows: 5, columns: 4, rank: 1 }), observed: 12 }),
  network: linear,
  init: identity({ scale: 0.1 }),
  dynamics: gradientFlow,
  probes: [probes.loss, probes.singularValues(2), probes.reconstructionError],
  until: { time: 3 },
  record: { samples: 5 },
}

describe('one config, several ways to write it', () => {
  test('entries, its JSON, the config of its run: the same bits and the same hash', async () => {
    const run = await simulate(written)
    const text = JSON.stringify(run.config)
    const again = await simulate(parseConfigText(text))
    expect(again.weights).toEqual(run.weights)
    expect(again.trajectory.column('loss')).toEqual(run.trajectory.column('loss'))
    expect(configHash(again.config)).toBe(configHash(run.config))
    const other = await simulate({ ...written, seed: 1 })
    expect(other.weights).not.toEqual(run.weights)
  })

  test('weights by file: where one run ends the next begins', async () => {
    const first = await simulate(written)
    const bytes = weightsToSafetensors(first.weights)
    const files = new Map<string, PlainMatrix>()
    const config = { ...first.config, init: weightsFile({ path: 'w.safetensors' }) }
    for (const file of filesNamedIn(config))
      for (const [key, matrix] of readMatrixFile(file, bytes)) files.set(key, matrix)
    const next = await simulate(config, { files })
    expect(next.snapshots[0]!.layers).toEqual(first.weights)
  })
})

describe('refused, with a sentence', () => {
  test.each([
    [
      { ...written, until: { steps: 3 } },
      'until.steps: 3 was given, but until.time (flow time, the clock of gradientFlow) is expected; give until.time instead.',
    ],
    [
      { ...written, probes: [probes.singularValues(2), probes.loss, probes.singularValues(3)] },
      'probes[2]: singularValues was given, but a probe that shares no column with probes[0], which has singularValue1 too, is expected; remove one of the two.',
    ],
  ])('%#', async (config, sentence) => {
    await expect(simulate(config)).rejects.toThrow(ConfigError)
    await expect(simulate(config)).rejects.toThrow(sentence)
  })

  test('a file that was not read', async () => {
    const config = { ...written, init: weightsFile({ path: 'w.safetensors' }) }
    await expect(simulate(config)).rejects.toThrow(InputError)
    await expect(simulate(config)).rejects.toThrow('w.safetensors has not been read')
  })
})
