import { makePanelView, type Panel, type PanelView } from '@linnet/studies'
import { effect, signal } from '@preact/signals'
import { panelWords } from './panel-words.ts'
import { same } from './same.ts'
import type { Scene } from './scene.ts'
import { watchSight } from './watch-sight.ts'

interface Drawn {
  readonly panel: Panel
  readonly width: number
  readonly height: number
}

/** Keeps an element in step with a panel of the scene while it is in sight; returns what ends that. */
export function attachPlot(box: HTMLElement, { figure, queue, share }: Scene, id: string): () => void {
  const sight = watchSight(box)
  const size = signal({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect
    size.value = { width: Math.floor(width), height: Math.floor(height) }
  })
  observer.observe(box)
  const view = makePanelView(document)
  box.replaceChildren(view.element)
  let drawn: Drawn | undefined
  const draw = () => {
    const panel = figure.value.panels.find((one) => one.id === id)
    if (!panel) return
    const next = { panel, ...size.value }
    if (same(drawn, next)) return
    drawn = next
    view.update(figure.value, panel, size.value)
    box.setAttribute('aria-label', panelWords(panel))
    markPlayhead(view, panel, share.value)
  }
  const stop = effect(() => {
    void figure.value
    if (sight.value && size.value.width > 0) queue.put(box, draw)
  })
  return () => {
    stop()
    sight.end()
    observer.disconnect()
    queue.drop(box)
  }
}

/** A thin line where the playhead stands, while it does not stand at the end. */
function markPlayhead(view: PanelView, { x }: Panel, playhead: number): void {
  view.element.querySelector('.playhead')?.remove()
  if (!x.domain || playhead >= 1) return
  const { left, right, top, bottom, ...to } = view.place()
  const place = to.x(Math.max(x.domain[0], playhead * x.domain[1]))
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line')
  const at = String(Math.max(left, Math.min(right, place)))
  line.setAttribute('x1', at)
  line.setAttribute('x2', at)
  line.setAttribute('y1', String(top))
  line.setAttribute('y2', String(bottom))
  line.setAttribute('class', 'playhead')
  view.element.append(line)
}
