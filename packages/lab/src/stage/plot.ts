import { makePanelView, type Panel, type PanelView } from '@linnet/studies'
import { effect, signal } from '@preact/signals'
import { same } from './same.ts'
import type { Scene } from './scene.ts'
import { watchSight } from './watch-sight.ts'

/** Keeps an element in step with a panel of the scene, less eagerly while it is out of sight; returns what ends that. */
export function attachPlot(box: HTMLElement, { figure, queue, share }: Scene, id: string): () => void {
  const sight = watchSight(box)
  const size = signal({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect
    size.value = { width: Math.floor(width), height: Math.floor(height) }
  })
  observer.observe(box)
  const view = makePanelView(document)
  const playhead = document.createElementNS('http://www.w3.org/2000/svg', 'line')
  playhead.setAttribute('class', 'playhead')
  view.element.append(playhead)
  let drawn: unknown
  const draw = () => {
    const panel = figure.value.panels.find((one) => one.id === id)
    if (!panel) return
    const next = { panel, ...size.value }
    if (!drawn) box.replaceChildren(view.element)
    if (!same(drawn, next)) view.update(figure.value, panel, size.value)
    drawn = next
    // It moves on also where a run has ended before the others, and nothing else changes.
    movePlayhead(playhead, view, panel, share.value)
  }
  const stop = effect(() => {
    void figure.value
    if (size.value.width > 0) queue.put(box, draw, !sight.value)
  })
  return () => {
    stop()
    sight.end()
    observer.disconnect()
    queue.drop(box)
    view.element.remove()
  }
}

/** A thin line where the playhead stands, while it does not stand at the end. */
function movePlayhead(line: SVGLineElement, view: PanelView, { x }: Panel, share: number): void {
  const [start, end] = x.domain ?? [0, 1]
  const { left, right, top, bottom, ...place } = view.place()
  const at = place.x(Math.max(start, share * end))
  const shown = share < 1 && at >= left && at <= right
  line.setAttribute('visibility', shown ? 'visible' : 'hidden')
  for (const [name, value] of Object.entries({ x1: at, x2: at, y1: top, y2: bottom }))
    line.setAttribute(name, String(shown ? value : 0))
}
