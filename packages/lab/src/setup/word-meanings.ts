/** What a description says of the words it can be, and the rest of it. */
export interface WordMeanings {
  readonly meanings: ReadonlyMap<string, string>
  readonly rest: string
}

/**
 * Descriptions explain the words that a parameter takes one after the other, `factor of the sum (half: 1/2, mean: 1/m)`; where one
 * stands beside each word it need not stand in the description too.
 */
export function wordMeanings(description: string, words: readonly string[]): WordMeanings {
  const starts = words
    .flatMap((word) => {
      const at = new RegExp(`(?<![\\w])${word}: `).exec(description)?.index
      return at === undefined ? [] : [{ word, at }]
    })
    .sort((a, b) => a.at - b.at)
  const before = description.slice(0, starts[0]?.at ?? description.length)
  const inBrackets = before.endsWith('(')
  const meanings = new Map(
    starts.map(({ word, at }, i) => {
      const isLast = i === starts.length - 1
      const text = description.slice(at + word.length + 2, starts[i + 1]?.at).replace(/[,;]\s*$/, '')
      return [word, isLast && inBrackets ? text.replace(/\)\s*$/, '') : text]
    }),
  )
  const isWhole = meanings.size === words.length && before !== ''
  return { meanings, rest: isWhole ? before.replace(/[\s(]+$/, '') : description }
}
