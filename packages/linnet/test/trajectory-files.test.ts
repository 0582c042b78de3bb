import fc from 'fast-check'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { canonicalJson, configHash } from '../src/config/canonical.ts'
import { configParser } from '../src/config/parser.ts'
import { trajectoryCsv } from '../src/files/trajectory-csv.ts'
import { trajectoryParquet } from '../src/files/trajectory-parquet.ts'
import type { Trajectory } from '../src/simulate/run.ts'
import { toys, valid } from './toy-families.ts'

function trajectoryOf(
  clock: 'time' | 'steps',
  positions: number[],
  values: Record<string, number[]>,
): Trajectory {
  return {
    clock,
    positions: Float64Array.from(positions),
    columns: Object.keys(values).map((name) => ({ name, symbol: `\\${name}`, help: `what ${name} is` })),
    column: (name) => Float64Array.from(values[name]!),
  }
}

const awkward = [0, -0, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -2.5e-8, Number.NaN, Infinity, -Infinity]
const flow = trajectoryOf(
  'time',
  awkward.map((_, i) => i / 3),
  { loss: awkward, 'σ, "first"\n': awkward.toReversed() },
)
const descent = trajectoryOf('steps', [0, 1, 2 ** 40, Number.MAX_SAFE_INTEGER], { loss: [4, 3, 2, 1] })

/** Both clocks, any doubles, few and many samples. */
const trajectories = fc
  .record({
    clock: fc.constantFrom('time' as const, 'steps' as const),
    samples: fc.integer({ min: 1, max: 40 }),
  })
  .chain(({ clock, samples }) => {
    const numbers = fc.array(fc.double(), { minLength: samples, maxLength: samples })
    const position = clock === 'time' ? fc.double({ min: 0, noNaN: true }) : fc.maxSafeNat()
    return fc
      .tuple(fc.array(position, { minLength: samples, maxLength: samples }), numbers, numbers)
      .map(([positions, loss, sharpness]) => trajectoryOf(clock, positions, { loss, sharpness }))
  })

describe('Parquet, read by hyparquet', () => {
  const rowsOf = async (bytes: Uint8Array<ArrayBuffer>) => parquetReadObjects({ file: bytes.buffer })
  const expected = ({ clock, positions, columns, column }: Trajectory) =>
    Array.from(positions, (position, i) => ({
      [clock]: clock === 'time' ? position : BigInt(position),
      ...Object.fromEntries(columns.map(({ name }) => [name, column(name)[i]])),
    }))

  test('every number comes back with the same bits', async () => {
    expect(await rowsOf(trajectoryParquet(flow))).toEqual(expected(flow))
    expect(await rowsOf(trajectoryParquet(descent))).toEqual(expected(descent))
    await fc.assert(
      fc.asyncProperty(trajectories, async (trajectory) => {
        expect(await rowsOf(trajectoryParquet(trajectory))).toEqual(expected(trajectory))
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  test('more samples than fit one row group', async () => {
    const positions = Array.from({ length: 2500 }, (_, i) => i)
    const long = trajectoryOf('steps', positions, { loss: positions.map((t) => 1 / (1 + t)) })
    expect(await rowsOf(trajectoryParquet(long))).toEqual(expected(long))
  })

  test('types and metadata', () => {
    const config = configParser(toys).parse(valid())
    const metadata = parquetMetadata(
      trajectoryParquet(flow, { config: canonicalJson(config), configHash: configHash(config) }).buffer,
    )
    const texts = Object.fromEntries(
      (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]),
    )
    expect(texts.clock).toBe('time')
    expect(JSON.parse(texts.columns!)).toEqual(flow.columns)
    expect(texts.configHash).toBe(configHash(config))
    expect(JSON.parse(texts.config!)).toEqual(config)
    const types = (trajectory: Trajectory) =>
      parquetMetadata(trajectoryParquet(trajectory).buffer)
        .schema.slice(1)
        .map(({ name, type, repetition_type }) => [name, type, repetition_type])
    expect(types(flow)).toEqual([
      ['time', 'DOUBLE', 'REQUIRED'],
      ['loss', 'DOUBLE', 'REQUIRED'],
      ['σ, "first"\n', 'DOUBLE', 'REQUIRED'],
    ])
    expect(types(descent)[0]).toEqual(['steps', 'INT64', 'REQUIRED'])
  })

  test('the same trajectory gives the same bytes', () => {
    expect(trajectoryParquet(flow)).toEqual(trajectoryParquet(flow))
  })
})

describe('CSV, read by Papa Parse', () => {
  test('as text', () => {
    expect(trajectoryCsv(descent)).toBe('steps,loss\n0,4\n1,3\n1099511627776,2\n9007199254740991,1\n')
    expect(trajectoryCsv(flow).split('\n').slice(0, 3)).toEqual([
      'time,loss,"σ, ""first""',
      '"',
      '0,0,-Infinity',
    ])
  })

  test('every number comes back with the same bits', () => {
    const check = ({ clock, positions, columns, column }: Trajectory, text: string) => {
      const [header, ...lines] = Papa.parse(text.trimEnd(), { delimiter: ',', newline: '\n' }).data
      expect(header).toEqual([clock, ...columns.map(({ name }) => name)])
      const wanted = [positions, ...columns.map(({ name }) => column(name))]
      expect(lines.map((line) => line.map(Number))).toEqual(
        Array.from(positions, (_, i) => wanted.map((values) => values[i])),
      )
    }
    check(flow, trajectoryCsv(flow))
    fc.assert(
      fc.property(trajectories, (trajectory) => check(trajectory, trajectoryCsv(trajectory))),
      { seed: 2, numRuns: 100 },
    )
  })
})
