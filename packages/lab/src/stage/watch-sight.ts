import { type ReadonlySignal, signal } from '@preact/signals'

/** Whether an element is in sight, or will be after some scrolling: what is not is drawn when nothing else is to be drawn. */
export interface Sight extends ReadonlySignal<boolean> {
  end(): void
}

/** Two pages ahead and back, of the window and of columns that scroll by themselves. */
const margins = { rootMargin: '200%', scrollMargin: '200%' }

export function watchSight(element: Element): Sight {
  const inSight = signal(false)
  const observer = new IntersectionObserver((entries) => {
    inSight.value = entries.at(-1)!.isIntersecting
  }, margins)
  observer.observe(element)
  return Object.assign(inSight, { end: () => observer.disconnect() })
}
