import { withoutComments } from './sources.ts'

/** All of `Math` but what floating-point standards round correctly, and constants: those have the same bits everywhere. */
const OTHER_MATH =
  /\bMath\s*\.\s*(?!(?:abs|sqrt|min|max|floor|ceil|round|trunc|sign|fround|imul|clz32|PI|E|SQRT2|SQRT1_2|LN2|LN10)\b)[A-Za-z]/
/** `Math` itself, under another name or taken apart. */
const MATH_ITSELF = /[=(,:[]\s*Math\b(?!\s*\.)|\bMath\s*(?:\[|\?\.)/
/** Engines are free in how they compute powers; an integer to an integer is exact. */
const POWER = /(?<!\b\d+\s)\*\*|\*\*(?!=?\s*-?\d+\b(?!\.))/
/** Clocks, randomness, the outside, and what depends on where a person lives. */
const OUTSIDE =
  /\b(?:Date|performance|process|Buffer|require|__dirname|__filename|console|fetch|XMLHttpRequest|localStorage|navigator|crypto|Intl|localeCompare|toLocale\w*)\b(?!['"]|\s*:)/
const NODE = /['"]node:/

export interface Offence {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** Lines of `sources` in the room `under` that match one of `forbidden`, comments aside; `except` names files that may. */
export function offences(
  sources: ReadonlyMap<string, string>,
  under: string,
  forbidden: readonly RegExp[],
  except: readonly RegExp[] = [],
): Offence[] {
  return [...sources]
    .filter(([path]) => path.startsWith(under) && !except.some((exempt) => exempt.test(path)))
    .flatMap(([path, text]) =>
      withoutComments(text)
        .split('\n')
        .map((line, i) => ({ path, line: i + 1, text: line.trim() }))
        .filter(({ text: line }) => forbidden.some((pattern) => pattern.test(line))),
    )
}

/** Numbers that differ between machines. */
export const IRREPRODUCIBLE = [OTHER_MATH, MATH_ITSELF, POWER]
/** Whatever is not the library's business. */
export const IMPURE = [...IRREPRODUCIBLE, OUTSIDE, NODE]
