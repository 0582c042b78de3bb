import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnyEntry, entry, registry } from '../src/registry/entry.ts'
import { specOf } from '../src/registry/spec.ts'

const about = { title: 'A', symbol: 'a', help: 'an entry', source: 'nobody 2020' }
const circle = entry(
  { ...about, kind: 'circle' },
  { radius: z.number().positive().default(1).meta({ description: 'radius' }) },
  {},
)
const shapes = registry<AnyEntry<object>>('shape', [circle])
const square = entry({ ...about, kind: 'square' }, { side: z.number().meta({ description: 'side' }) }, {})
const framed = entry(
  { ...about, kind: 'framed' },
  { inside: specOf(shapes).meta({ description: 'what is framed' }) },
  {},
)
const all = registry<AnyEntry<object>>('shape', [circle, square, framed])

describe('specOf', () => {
  const schema = specOf(all)

  it('fills in defaults, in nested specs too', () => {
    expect(schema.parse(framed({ inside: circle() }))).toEqual({
      kind: 'framed',
      inside: { kind: 'circle', radius: 1 },
    })
  })

  it('takes an entry itself for its spec without options', () => {
    expect(schema.parse(circle)).toEqual({ kind: 'circle', radius: 1 })
    expect(schema.parse(framed({ inside: circle }))).toEqual({
      kind: 'framed',
      inside: { kind: 'circle', radius: 1 },
    })
  })

  it('names the known kinds when there is no such kind', () => {
    const issues = schema.safeParse({ kind: 'cube' }).error?.issues
    expect(issues?.map((one) => one.message)).toEqual([
      'there is no shape "cube"; known: circle, square, framed',
    ])
  })

  it('says what is expected when no spec is given', () => {
    for (const nothing of [undefined, null, 3, 'circle', {}, () => 1]) {
      const messages = schema.safeParse(nothing).error?.issues.map((one) => one.message)
      expect(messages, String(nothing)).toEqual([
        'expected a shape such as { "kind": "circle" }; known kinds: circle, square, framed',
      ])
    }
  })

  it('points at the field inside a nested spec', () => {
    const issues = schema.safeParse({ kind: 'framed', inside: { kind: 'circle', radius: -1 } }).error?.issues
    expect(issues?.map((one) => one.path)).toEqual([['inside', 'radius']])
  })

  it('refuses misspelt parameters', () => {
    expect(schema.safeParse({ kind: 'circle', raduis: 2 }).success).toBe(false)
  })

  it('exports to JSON Schema, with what people read', () => {
    const json = z.toJSONSchema(schema, { io: 'input' })
    expect(json).toMatchObject({
      oneOf: [
        {
          title: 'A',
          description: 'an entry',
          properties: { kind: { const: 'circle' }, radius: { default: 1, description: 'radius' } },
          required: ['kind'],
        },
        { required: ['kind', 'side'] },
        { properties: { inside: { oneOf: [{ title: 'A' }] } } },
      ],
    })
  })
})
