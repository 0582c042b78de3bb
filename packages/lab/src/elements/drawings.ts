import { DrawingQueue } from './drawing-queue.ts'

/** What is drawn on the page: curves, pictures and formulas share the time of a frame. */
export const drawings = new DrawingQueue({
  nextFrame: (draw) => void requestAnimationFrame(draw),
  now: () => performance.now(),
})
