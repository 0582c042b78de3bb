import type { Form, Measurement, Quantity, Study } from './study.ts'

/** Median and range over seeds of the numbers that were reached. */
export interface Spread {
  /** How many seeds reached it, and of how many. */
  readonly reached: number
  readonly seeds: number
  readonly median: number
  readonly least: number
  readonly greatest: number
}

export interface Reproduced {
  readonly form: Form
  readonly measured: Spread
  /** What the formula says for the same instances, where there is one. */
  readonly predicted?: Spread
  /** Median over published. */
  readonly ratio?: number
}

/** A row of the table: what was published beside what was found, one entry a form. */
export interface ComparisonRow extends Quantity {
  readonly reproduced: readonly Reproduced[]
}

export interface Comparison {
  readonly title: string
  readonly seeds: readonly number[]
  readonly rows: readonly ComparisonRow[]
}

/** Median, least and greatest of the finite `values`; all three not a number when there are none. */
export function spreadOf(values: readonly number[]): Spread {
  const reached = values.filter(Number.isFinite).sort((a, b) => a - b)
  const count = reached.length
  const middle = count >> 1
  const upper = reached[middle] ?? Number.NaN
  const median = count % 2 === 0 ? ((reached[middle - 1] ?? Number.NaN) + upper) / 2 : upper
  return {
    reached: count,
    seeds: values.length,
    median,
    least: reached[0] ?? Number.NaN,
    greatest: reached[count - 1] ?? Number.NaN,
  }
}

/** Joins the measurements of a study with its published numbers. Rows that nobody measured are left out. */
export function compare(
  study: Pick<Study, 'title' | 'quantities'>,
  measured: readonly Measurement[],
): Comparison {
  const known = new Set(study.quantities.map(({ id }) => id))
  for (const { quantity } of measured)
    if (!known.has(quantity))
      throw new Error(`"${quantity}" was measured but is no quantity of "${study.title}"`)
  const rows = study.quantities
    .map((quantity) => ({ ...quantity, reproduced: reproducedOf(quantity, measured) }))
    .filter((row) => row.reproduced.length > 0)
  const seeds = [...new Set(measured.map(({ seed }) => seed))].sort((a, b) => a - b)
  return { title: study.title, seeds, rows }
}

function reproducedOf(quantity: Quantity, measured: readonly Measurement[]): Reproduced[] {
  const forms: readonly Form[] = ['flow', 'descent']
  return forms.flatMap((form) => {
    const of = measured.filter((one) => one.quantity === quantity.id && one.form === form)
    if (of.length === 0) return []
    const spread = spreadOf(of.map(({ value }) => value))
    const predictions = of.flatMap(({ predicted }) => (predicted === undefined ? [] : [predicted]))
    return [
      {
        form,
        measured: spread,
        ...(predictions.length > 0 && { predicted: spreadOf(predictions) }),
        ...(quantity.published && { ratio: spread.median / quantity.published.value }),
      },
    ]
  })
}
