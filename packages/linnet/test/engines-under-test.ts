import { describe } from 'vitest'
import type { Engine, EngineName } from '../src/engine/engine.ts'
import { engines, loadEngine } from '../src/engine/load.ts'

/** ε of float64. */
export const EPSILON = Number.EPSILON

const statuses = await engines()
/** Where everything has to be there, an engine that is missing fails its tests instead of skipping them. */
const requireAll = process.env.LINNET_REQUIRE_ALL === '1'

/** Runs `body` once for every engine this machine has, and shows the reason for every engine it lacks. */
export function eachEngine(
  what: string,
  body: (load: () => Promise<Engine>, name: EngineName) => void,
): void {
  for (const { name, available } of statuses) {
    if (available === true || requireAll)
      describe(`${what} · ${name}`, () => body(() => loadEngine(name), name))
    else describe.skip(`${what} · ${name} is skipped: ${available}`, () => body(() => loadEngine(name), name))
  }
}
