import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TableError } from '../src/files/table-error.ts'
import { readTrajectoryCsv, trajectoryCsv } from '../src/files/trajectory-csv.ts'
import type { Trajectory } from '../src/simulate/run.ts'
import { makeTrajectory } from '../src/simulate/trajectory.ts'

function trajectoryOf(
  clock: Trajectory['clock'],
  positions: readonly number[],
  values: Readonly<Record<string, readonly number[]>>,
): Trajectory {
  const columns = Object.keys(values).map((name) => ({ name, symbol: '\\ell', help: 'what it is' }))
  const data = Object.values(values).map((one) => Float64Array.from(one))
  return makeTrajectory(clock, Float64Array.from(positions), columns, data)
}

const bitsOf = (values: Float64Array) => Array.from(new BigUint64Array(Float64Array.from(values).buffer))

/** All that CSV can hold of a trajectory, numbers as bits. */
function held({ clock, positions, columns, column }: Trajectory) {
  return {
    clock,
    positions: bitsOf(positions),
    columns: columns.map(({ name }) => [name, bitsOf(column(name))]),
  }
}

const awkward = [0, -0, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -2.5e-8, Number.NaN, Infinity, -Infinity]

/** Both clocks, any doubles; positions ascend. */
const trajectories = fc
  .record({
    clock: fc.constantFrom('time' as const, 'steps' as const),
    samples: fc.integer({ min: 1, max: 40 }),
    names: fc.uniqueArray(
      fc.string({ minLength: 1 }).filter((name) => !/\r|^(time|steps)$/.test(name)),
      { maxLength: 3 },
    ),
  })
  .chain(({ clock, samples, names }) => {
    const many = (one: fc.Arbitrary<number>) => fc.array(one, { minLength: samples, maxLength: samples })
    const position =
      clock === 'time' ? fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }) : fc.maxSafeNat()
    return fc.tuple(many(position), ...names.map(() => many(fc.double()))).map(([positions, ...values]) =>
      trajectoryOf(
        clock,
        positions.sort((a, b) => a - b),
        // Not an object literal: __proto__ may be among the names.
        Object.fromEntries(names.map((name, i) => [name, values[i]!])),
      ),
    )
  })

describe('a trajectory written as CSV is read back', () => {
  test.each([
    [
      'of a flow',
      trajectoryOf(
        'time',
        awkward.map((_, i) => i / 3),
        { loss: awkward, b: awkward.toReversed() },
      ),
    ],
    ['of a descent', trajectoryOf('steps', [0, 1, 2 ** 40, Number.MAX_SAFE_INTEGER], { loss: [4, 3, 2, 1] })],
    ['without columns', trajectoryOf('time', [0, 0.5], {})],
    ['with odd names', trajectoryOf('steps', [0, 7], { ' σ ': [1, 2], 'x,"y"\nz': [3, 4] })],
  ])('%s: the same names, the same bits', (_, trajectory) => {
    expect(held(readTrajectoryCsv(trajectoryCsv(trajectory)))).toEqual(held(trajectory))
  })

  test('whatever the numbers and names are', () => {
    fc.assert(
      fc.property(trajectories, (trajectory) => {
        expect(held(readTrajectoryCsv(trajectoryCsv(trajectory)))).toEqual(held(trajectory))
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('the comparison sees one bit', () => {
    const one = trajectoryOf('time', [0], { loss: [1] })
    const next = trajectoryOf('time', [0], { loss: [1 + 2 ** -52] })
    expect(held(readTrajectoryCsv(trajectoryCsv(next)))).not.toEqual(held(one))
  })

  test('bytes, a byte order mark and line ends of Windows make no difference', () => {
    const text = 'steps,loss\n0,4\n1,3\n'
    const wanted = held(readTrajectoryCsv(text))
    expect(held(readTrajectoryCsv(new TextEncoder().encode(`\uFEFF${text}`)))).toEqual(wanted)
    expect(held(readTrajectoryCsv(text.replaceAll('\n', '\r\n')))).toEqual(wanted)
  })
})

describe('a damaged file: a sentence that names file and line', () => {
  test.each<[string, string, number | undefined, RegExp]>([
    ['empty', '', undefined, /begins with nothing.*time or steps/],
    ['another table', 'year,loss\n1990,3\n', 1, /"year".*time or steps/],
    ['a header alone', 'time,loss\n', undefined, /nothing else/],
    ['cut within a number', 'time,loss\n0,1\n1,0.2', undefined, /breaks off/],
    ['cut within a line', 'time,loss\n0,1\n1\n', 3, /1 cell where line 1 has 2 cells/],
    ['a column twice', 'time,loss,loss\n0,1,1\n', 1, /two columns "loss"/],
    ['the clock twice', 'time,time\n0,1\n', 1, /two columns "time"/],
    ['a column without a name', 'time,\n0,1\n', 1, /without a name/],
    ['a word', 'time,loss\n0,1\n1,low\n', 3, /"low" in the column loss/],
    ['an empty cell', 'time,loss\n0,\n', 2, /"" in the column loss/],
    ['hexadecimal', 'time,loss\n0,0x10\n', 2, /"0x10"/],
    ['beyond the doubles', 'time,loss\n0,1e+999\n', 2, /"1e\+999"/],
    ['time backwards', 'time,loss\n0,1\n2,1\n1,1\n', 4, /1 in the column time is out of place/],
    ['negative time', 'time,loss\n-1,1\n', 2, /-1 in the column time/],
    ['time not a number', 'time,loss\nNaN,1\n', 2, /NaN in the column time/],
    ['endless time', 'time,loss\n0,1\nInfinity,1\n', 3, /Infinity in the column time/],
    ['half a step', 'steps,loss\n0,1\n0.5,1\n', 3, /whole numbers/],
    ['an open quote', 'time,"loss\n0,1\n', 1, /quote/],
  ])('%s', (_, text, line, sentence) => {
    let error: unknown
    try {
      readTrajectoryCsv(text, 'run/trajectory.csv')
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(TableError)
    expect((error as TableError).message).toMatch(sentence)
    expect((error as TableError).message).toMatch(/^run\/trajectory\.csv/)
    expect((error as TableError).line).toBe(line)
  })

  test('bytes that are no text', () => {
    expect(() => readTrajectoryCsv(Uint8Array.of(0x74, 0xff, 0xfe))).toThrow(/the trajectory is not UTF-8/)
  })
})
