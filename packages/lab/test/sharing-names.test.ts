import * as linnet from 'linnet'
import { expect, test } from 'vitest'
import { exportName } from '../src/sharing/code.ts'

// The page does not look through all exports: it would have to carry all of the library.
test('every entry is named as the library exports it', () => {
  const { losses, networks, inits, dynamics, matrices } = linnet
  const exported = new Map<string, unknown>(Object.entries(linnet))
  let seen = 0
  for (const registry of [losses, networks, inits, dynamics, matrices]) {
    for (const entry of registry.entries) {
      const name = exportName(registry, entry.kind)!
      expect([registry.family, entry.kind, exported.get(name) === entry]).toEqual([
        registry.family,
        entry.kind,
        true,
      ])
      seen++
    }
  }
  expect(seen).toBeGreaterThan(15)
  expect(exportName(losses, 'unknown')).toBeUndefined()
})
