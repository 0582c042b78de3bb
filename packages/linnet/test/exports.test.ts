import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as linnet from '../src/index.ts'

// The public surface, as intended: who adds or removes a name says so here.
const REGISTRIES =
  'dynamics inits integrators losses matrices networks probes statements theory registry entry specOf'
const ENTRIES = `
  completion logistic lp sensing squared whitened
  gaussianMatrix lowRank matrixFile spectrum values
  linear
  balanced gaussian identity orthogonal rooted weightsFile
  gradientDescent gradientFlow groupRMSprop heavyBall sgd`
const VERBS = `
  simulate follow prepare makeObjective composedObjective makeTrajectory sharpness
  complete makeCentring
  parseConfig parseConfigText configSchema canonicalJson configHash
  engines engineNames loadEngine makePattern copyOut`
const FILES = `
  fileKey layerKey filesNamedIn readMatrixFile
  readSafetensors readSafetensorsMetadata writeSafetensors weightsFromSafetensors weightsToSafetensors
  readTrajectoryCsv trajectoryCsv trajectoryParquet trajectoryHash readTable toObserved writeMatrixCsv`
const ERRORS = 'InputError ConfigError FileError TableError'

const words = (text: string) => text.trim().split(/\s+/)

test('the names are those intended', () => {
  const intended = [REGISTRIES, ENTRIES, VERBS, FILES, ERRORS].flatMap(words)
  expect(Object.keys(linnet).sort()).toEqual(intended.sort())
})

test('every loss, network, init, dynamics and matrix of the registries is there by name', () => {
  const { losses, networks, inits, dynamics, matrices } = linnet
  const exported = new Set<unknown>(Object.values(linnet))
  for (const { family, entries } of [losses, networks, inits, dynamics, matrices])
    for (const entry of entries)
      expect([family, entry.kind, exported.has(entry)]).toEqual([family, entry.kind, true])
})

test('probes and statements stand in one object each, by name', () => {
  for (const entry of linnet.probes.entries) expect(linnet.probes).toHaveProperty(entry.kind, entry)
  for (const entry of linnet.statements.entries) expect(Object.values(linnet.theory)).toContain(entry)
})

test('named re-exports only, but for the namespace of the theory', () => {
  const text = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8')
  expect(text.match(/export \*.*/g)).toEqual(["export * as theory from './theory/index.ts'"])
  expect(text.replace(/^export (?:type )?\{[^}]*\} from '.*'$|^export \* as theory .*$/gm, '').trim()).toBe(
    '',
  )
})
