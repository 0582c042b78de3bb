import { expect, test } from 'vitest'
import { Latest } from '../../src/stage/latest.ts'

/** Questions that the test answers by hand. */
function makeQuestions() {
  const asked: { name: string; answer: (value: string) => void; fail: () => void }[] = []
  const question = (name: string) => () =>
    new Promise<string>((resolve, reject) =>
      asked.push({ name, answer: resolve, fail: () => reject(new Error(name)) }),
    )
  return { asked, question }
}

const settle = () => new Promise((resolve) => setTimeout(resolve))

test('while an answer is awaited only the newest question is kept', async () => {
  const { asked, question } = makeQuestions()
  const latest = new Latest<string>()
  const heard: string[] = []
  for (const name of ['a', 'b', 'c']) latest.ask(question(name), (answer) => heard.push(answer))
  expect(asked.map(({ name }) => name)).toEqual(['a'])
  asked[0]!.answer('A')
  await settle()
  expect(asked.map(({ name }) => name)).toEqual(['a', 'c'])
  asked[1]!.answer('C')
  await settle()
  expect(heard).toEqual(['A', 'C'])
})

test('what fails keeps nobody waiting; after the end nothing is heard', async () => {
  const { asked, question } = makeQuestions()
  const latest = new Latest<string>()
  const heard: string[] = []
  latest.ask(question('a'), (answer) => heard.push(answer))
  latest.ask(question('b'), (answer) => heard.push(answer))
  asked[0]!.fail()
  await settle()
  expect(asked[1]!.name).toBe('b')
  latest.end()
  asked[1]!.answer('B')
  await settle()
  expect(heard).toEqual([])
})
