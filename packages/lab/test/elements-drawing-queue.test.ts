import { describe, expect, test } from 'vitest'
import { DrawingQueue } from '../src/elements/drawing-queue.ts'

/** A screen whose frames and clock the test turns by hand; `cost` is what a drawing takes. */
function makeScreen() {
  let time = 0
  let asked: (() => void)[] = []
  return {
    now: () => time,
    nextFrame: (draw: () => void) => void asked.push(draw),
    pass: (milliseconds: number) => {
      time += milliseconds
    },
    /** Plays one frame; says how many callbacks were asked for. */
    frame() {
      const due = asked
      asked = []
      time += 16
      for (const draw of due) draw()
      return due.length
    },
  }
}

describe('drawings take turns', () => {
  test('of the same thing only the newest is drawn', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    const drawn: string[] = []
    queue.put('a', () => drawn.push('old'))
    queue.put('a', () => drawn.push('new'))
    expect(screen.frame()).toBe(1)
    expect(drawn).toEqual(['new'])
    expect(screen.frame()).toBe(0)
  })

  test('a frame ends when its time is used up; the rest follow in later frames, in order', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    const drawn: string[] = []
    for (const key of ['a', 'b', 'c', 'd'])
      queue.put(key, () => {
        drawn.push(key)
        screen.pass(5)
      })
    screen.frame()
    expect(drawn).toEqual(['a', 'b'])
    screen.frame()
    expect(drawn).toEqual(['a', 'b', 'c', 'd'])
  })

  test('with no time at all there is one drawing a frame', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen, 0)
    const drawn: string[] = []
    for (const key of ['a', 'b']) queue.put(key, () => drawn.push(key))
    screen.frame()
    expect(drawn).toEqual(['a'])
    screen.frame()
    expect(drawn).toEqual(['a', 'b'])
  })

  test('one slow drawing does not take a second one into its frame', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    const drawn: string[] = []
    for (const key of ['slow', 'next'])
      queue.put(key, () => {
        drawn.push(key)
        screen.pass(40)
      })
    screen.frame()
    expect(drawn).toEqual(['slow'])
  })

  test('the same thing is drawn at most fifteen times a second, and at last', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    let drawings = 0
    let last = -1
    for (let i = 0; i < 63; i++) {
      queue.put('a', () => {
        drawings++
        last = i
      })
      screen.frame()
    }
    while (screen.frame() > 0);
    expect(drawings).toBeGreaterThan(10)
    expect(drawings).toBeLessThanOrEqual(16)
    expect(last).toBe(62)
  })

  test('what is dropped is not drawn', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    let drawings = 0
    queue.put('a', () => drawings++)
    queue.drop('a')
    screen.frame()
    expect(drawings).toBe(0)
  })

  test('what is out of sight is drawn after the rest, one a frame, and seldom again', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    const drawn: string[] = []
    const put = (key: string, isFar: boolean) => queue.put(key, () => drawn.push(key), isFar)
    for (const key of ['far', 'farther']) put(key, true)
    put('near', false)
    screen.frame()
    expect(drawn).toEqual(['near', 'far'])
    screen.frame()
    expect(drawn).toEqual(['near', 'far', 'farther'])
    put('far', true)
    screen.pass(500)
    screen.frame()
    expect(drawn.length).toBe(3)
    put('far', false)
    screen.frame()
    expect(drawn.at(-1)).toBe('far')
    put('farther', true)
    screen.pass(1000)
    screen.frame()
    expect(drawn.at(-1)).toBe('farther')
  })

  test('what is out of sight is not put off for ever by what takes whole frames', () => {
    const screen = makeScreen()
    const queue = new DrawingQueue(screen)
    const drawn: [string, number][] = []
    const slow = (key: string) => {
      drawn.push([key, screen.now()])
      screen.pass(20)
    }
    for (const key of ['far', 'farther']) queue.put(key, () => slow(key), true)
    for (let i = 0; i < 40; i++) {
      for (const key of ['a', 'b', 'c']) queue.put(key, () => slow(key))
      screen.frame()
    }
    const at = (name: string) => drawn.find(([key]) => key === name)?.[1] ?? Number.POSITIVE_INFINITY
    expect(at('far')).toBeGreaterThan(200)
    expect(at('far')).toBeLessThan(300)
    expect(at('farther') - at('far')).toBeGreaterThan(200)
    expect(at('farther') - at('far')).toBeLessThan(300)
  })
})
