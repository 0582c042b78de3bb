import type { Animate } from '../store/playback.ts'

/** Ticks with every frame of the screen; a hidden page has none. */
export const animationFrames: Animate = (tick) => {
  let last: number | undefined
  let request = requestAnimationFrame(function frame(now) {
    if (last !== undefined) tick(now - last)
    last = now
    request = requestAnimationFrame(frame)
  })
  return () => cancelAnimationFrame(request)
}
