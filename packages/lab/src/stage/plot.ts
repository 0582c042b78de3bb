import { drawPanel, type Figure, type Panel } from '@linnet/studies'
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
export function attachPlot(box: HTMLElement, { figure, queue, store }: Scene, id: string): () => void {
  const sight = watchSight(box)
  const size = signal({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect
    size.value = { width: Math.floor(width), height: Math.floor(height) }
  })
  observer.observe(box)
  let drawn: Drawn | undefined
  const draw = () => {
    const panel = figure.value.panels.find((one) => one.id === id)
    if (!panel) return
    const next = { panel, ...size.value }
    if (same(drawn, next)) return
    drawn = next
    box.replaceChildren(picture(figure.value, next))
    box.setAttribute('aria-label', panelWords(panel))
    markPlayhead(box, next, store.playback.playhead.value)
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

/** Without the style element that comes with it: the page's own rules say the same, and its policy allows no others. */
function picture(figure: Figure, { panel, width, height }: Drawn): Element {
  const svg = drawPanel(document, figure, panel, { width, height })
  for (const style of svg.querySelectorAll('style')) style.remove()
  return svg
}

/** A thin line where the playhead stands, while it does not stand at the end. */
function markPlayhead(box: HTMLElement, { panel: { x }, height }: Drawn, playhead: number): void {
  const svg = box.firstElementChild as (SVGSVGElement & { scale?: (name: 'x') => Scale | undefined }) | null
  const scale = svg?.scale?.('x')
  if (!svg || !scale || !x.domain || playhead >= 1) return
  const place = scale.apply(Math.max(x.domain[0], playhead * x.domain[1]))
  const [low, high] = scale.range
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line')
  const at = String(Math.max(Math.min(low, high), Math.min(Math.max(low, high), place)))
  line.setAttribute('x1', at)
  line.setAttribute('x2', at)
  line.setAttribute('y1', '22')
  line.setAttribute('y2', String(height - 40))
  line.setAttribute('class', 'playhead')
  svg.append(line)
}

interface Scale {
  readonly range: readonly [number, number]
  apply(value: number): number
}
