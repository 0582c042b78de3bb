import type { Screen } from './drawing-queue.ts'

/** The browser's own frames and clock. */
export const browserScreen: Screen = {
  nextFrame: (draw) => void requestAnimationFrame(draw),
  now: () => performance.now(),
}
