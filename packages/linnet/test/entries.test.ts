import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dynamics, inits, losses, matrices, networks, probes } from '../src/index.ts'
import type { About, AnyEntry, Registry } from '../src/registry/entry.ts'
import { specOf } from '../src/registry/spec.ts'

type Named = AnyEntry<object>
const families = [matrices, losses, networks, inits, dynamics, probes] as readonly Registry<Named>[]
const entries = families.flatMap((family) => family.entries.map((one) => ({ family: family.family, one })))

/** What the schema, the command line's help and the lab's menus are made of. */
const read: readonly (keyof About)[] = ['kind', 'title', 'symbol', 'help', 'source']

describe.each(entries.map(({ family, one }) => ({ name: `${family} ${one.kind}`, one })))(
  '$name',
  ({ one }) => {
    it('says what it is', () => {
      for (const field of read) expect(one[field], field).toMatch(/\S/)
      expect(one.help).not.toMatch(/[\n.]$/)
    })
    it('describes every parameter', () => {
      for (const [name, schema] of Object.entries(one.schema.shape)) {
        if (name === 'kind') continue
        const meta = (schema as z.ZodType).meta() as { description?: string } | undefined
        expect(meta?.description, name).toMatch(/\S{2}/)
      }
    })
    it('is called for its spec', () => {
      const build = one as unknown as (options?: object) => object
      expect(build()).toEqual({ kind: one.kind })
      expect(build({ seed: 3 })).toEqual({ kind: one.kind, seed: 3 })
    })
  },
)

describe('the schema of a family', () => {
  it.each(families.map((family) => ({ name: family.family, family })))(
    '$name is a JSON Schema',
    ({ family }) => {
      const json = z.toJSONSchema(specOf(family), { io: 'input' }) as { oneOf: { properties: object }[] }
      expect(json.oneOf.map((one) => (one.properties as { kind: { const: string } }).kind.const)).toEqual(
        family.entries.map((one) => one.kind),
      )
      expect(JSON.parse(JSON.stringify(json))).toEqual(json)
    },
  )
  it('a parameter without a description would be found', () => {
    const bare = z.object({ scale: z.number() })
    expect(bare.shape.scale.meta()?.description).toBeUndefined()
  })
})
