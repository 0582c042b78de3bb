import type { Animate } from '../store/playback.ts'

/** Ticks with every frame of the screen; a hidden page has none. */
export const animationFrames: Animate = (tick) => {
  let last: number | undefined
  let isOver = false
  let request = requestAnimationFrame(function frame(now) {
    if (last !== undefined) tick(now - last)
    last = now
    // The tick may have been the one that ended it all.
    if (!isOver) request = requestAnimationFrame(frame)
  })
  return () => {
    isOver = true
    cancelAnimationFrame(request)
  }
}
