import fc from 'fast-check'
import type { LabState } from '../src/experiment/experiment.ts'
import type { Json, JsonObject } from '../src/experiment/json.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const key = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((name) => name !== '__proto__')

export const arbitraryJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), number, fc.string({ unit: 'grapheme' })),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).json

const config: fc.Arbitrary<JsonObject> = fc.dictionary(key, arbitraryJson, {
  maxKeys: 6,
  noNullPrototype: true,
})
const label = fc.string({ unit: 'grapheme', maxLength: 20 })
const field = key.filter((name) => name !== '')
const engine = fc.constantFrom('strict' as const, 'fma' as const)
const scale = fc.constantFrom('linear' as const, 'log' as const)

/** Any state that the lab may be in, configs that cannot be run included. */
export const arbitraryState: fc.Arbitrary<LabState> = fc
  .record(
    {
      experiment: fc.record({
        config,
        lanes: fc.array(
          fc.record({ label, changes: fc.dictionary(field, arbitraryJson, { noNullPrototype: true }) }),
          { minLength: 1, maxLength: 12 },
        ),
        seeds: fc.integer({ min: 1, max: 50 }),
        engine,
      }),
      pins: fc.array(fc.record({ label, config, engine }), { maxLength: 20 }),
      view: fc.record(
        {
          x: scale,
          y: scale,
          clock: fc.constantFrom('own' as const, 'time' as const, 'steps' as const),
          enlarged: label,
          statement: label,
          lane: fc.nat(11),
        },
        { requiredKeys: ['x', 'y', 'clock', 'lane'], noNullPrototype: true },
      ),
      drafts: fc.dictionary(field, label, { noNullPrototype: true }),
      preset: label,
    },
    { requiredKeys: ['experiment', 'pins', 'view', 'drafts'], noNullPrototype: true },
  )
  .map((state) => ({
    ...state,
    view: { ...state.view, lane: Math.min(state.view.lane, state.experiment.lanes.length - 1) },
  }))
