import type { Json } from '../experiment/json.ts'
import type { Control } from './control.ts'
import { rounded } from './number-text.ts'

/** A further value to compare with those that are there. */
export function anotherValue(control: Control, values: readonly (Json | undefined)[]): Json {
  const last = values.at(-1) ?? control.fallback ?? control.start
  const free = (candidates: readonly Json[]) => candidates.find((one) => !values.includes(one)) ?? last
  switch (control.kind) {
    case 'boolean':
      return !last
    case 'choice':
      return free(control.choices.map(({ value }) => value))
    case 'integer':
      return typeof last === 'number' ? last + (control.range.multipleOf ?? 1) : control.start
    case 'number':
      return typeof last === 'number'
        ? furtherNumber(last, control.range.below ?? control.range.maximum)
        : control.start
    default:
      return last
  }
}

/** Ten times as much where that is allowed, else half way to the limit. */
function furtherNumber(value: number, limit = Infinity): number {
  if (value === 0) return 1
  return value * 10 < limit ? rounded(value * 10, 12) : rounded((value + limit) / 2, 3)
}
