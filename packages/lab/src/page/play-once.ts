import { effect } from '@preact/signals'
import type { Playback } from '../store/playback.ts'

/**
 * Plays once, for those who only scroll, and waits while the stage is out of sight. As soon as anybody moves the playhead, pauses
 * or plays, it is theirs.
 */
export function playOnce({ playhead, playing, play, pause }: Playback, stage: Element): void {
  /** Where it waits to be seen. */
  let waitsAt: number | undefined
  const observer = new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)!.isIntersecting
    if (isSeen === (waitsAt === undefined)) return
    waitsAt = isSeen ? undefined : playhead.peek()
    if (isSeen) play()
    else pause()
  })
  play()
  observer.observe(stage)
  const end = effect(() => {
    const [isPlaying, at] = [playing.value, playhead.value]
    const isOurs = waitsAt === undefined ? isPlaying : !isPlaying && at === waitsAt
    if (isOurs) return
    observer.disconnect()
    queueMicrotask(() => end())
  })
}
