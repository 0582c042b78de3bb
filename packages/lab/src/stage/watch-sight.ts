import { type ReadonlySignal, signal } from '@preact/signals'

/** Whether an element is in sight, or nearly: what is not is not drawn. */
export interface Sight extends ReadonlySignal<boolean> {
  end(): void
}

export function watchSight(element: Element): Sight {
  const inSight = signal(false)
  const observer = new IntersectionObserver(
    (entries) => {
      inSight.value = entries.at(-1)!.isIntersecting
    },
    { rootMargin: '200px' },
  )
  observer.observe(element)
  return Object.assign(inSight, { end: () => observer.disconnect() })
}
