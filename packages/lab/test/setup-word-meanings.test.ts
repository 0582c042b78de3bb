import { expect, test } from 'vitest'
import { wordMeanings } from '../src/setup/word-meanings.ts'

test('each word has its meaning, and the rest is said once', () => {
  const { meanings, rest } = wordMeanings('factor of the sum (half: 1/2, halfMean: 1/(2m))', [
    'halfMean',
    'half',
  ])
  expect([...meanings]).toEqual([
    ['half', '1/2'],
    ['halfMean', '1/(2m)'],
  ])
  expect(rest).toBe('factor of the sum')
})

test('where nothing but meanings is said, or not of every word, the description stays as it is', () => {
  const measures = 'meanSquare: over all entries (of both); relative: ‖a‖/‖b‖'
  const { meanings, rest } = wordMeanings(measures, ['meanSquare', 'relative'])
  expect(meanings.get('meanSquare')).toBe('over all entries (of both)')
  expect(meanings.get('relative')).toBe('‖a‖/‖b‖')
  expect(rest).toBe(measures)
  expect(wordMeanings('auto: whichever fits', ['auto', 'tsit5']).rest).toBe('auto: whichever fits')
  expect(wordMeanings('how they are spread', ['linear']).meanings.size).toBe(0)
})
