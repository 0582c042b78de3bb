import type { Page } from 'playwright-core'

/** What a page notes about its main thread, in milliseconds since navigation. */
interface Noted {
  /** Tasks of more than 50 ms, which is what browsers call long. */
  readonly tasks: { start: number; duration: number }[]
  readonly frames: number[]
}

/** To be run before the page's own script. */
export function watchMainThread(): void {
  const noted: Noted = { tasks: [], frames: [] }
  Object.assign(window, { noted })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) noted.tasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
  requestAnimationFrame(function frame(now) {
    noted.frames.push(now)
    requestAnimationFrame(frame)
  })
}

/** Long tasks and intervals between frames since the first paint: what is before it is the loading of the page itself. */
export async function sinceFirstPaint(page: Page) {
  const { tasks, frames, paint } = await page.evaluate(() => ({
    ...(window as unknown as { noted: Noted }).noted,
    paint: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
  }))
  const shown = frames.filter((at) => at > paint)
  return {
    long: tasks.filter(({ start }) => start > paint).map(({ duration }) => Math.round(duration)),
    intervals: shown.slice(1).map((at, i) => at - shown[i]!),
  }
}
