import { effect, type ReadonlySignal } from '@preact/signals'
import type { DrawingQueue } from '../elements/drawing-queue.ts'
import type { ColourMapName, Theme } from './colour-map.ts'
import { pixelsOf, type Shown } from './pixels.ts'
import { theme } from './theme.ts'
import { watchSight } from './watch-sight.ts'

export interface HeatmapDrawing {
  readonly queue: DrawingQueue
  readonly matrix: ReadonlySignal<Shown | undefined>
  readonly colours: ColourMapName
  readonly limit: ReadonlySignal<number>
  readonly marked?: ReadonlySignal<ArrayLike<number> | undefined> | undefined
}

/** Pixels an entry where some are marked: room for a dot in the middle. */
const cell = 6

/** Keeps a canvas in step with a matrix, less eagerly while it is out of sight; returns what ends that. */
export function drawHeatmap(canvas: HTMLCanvasElement, drawing: HeatmapDrawing): () => void {
  const { queue, matrix, colours, limit, marked } = drawing
  const sight = watchSight(canvas)
  const stop = effect(() => {
    const shown = matrix.value
    const state = [limit.value, theme.value, marked?.value] as const
    if (shown) queue.put(canvas, () => paint(canvas, shown, colours, ...state), !sight.value)
  })
  return () => {
    stop()
    sight.end()
    queue.drop(canvas)
  }
}

function paint(
  canvas: HTMLCanvasElement,
  shown: Shown,
  colours: ColourMapName,
  limit: number,
  theme: Theme,
  marked: ArrayLike<number> | undefined,
): void {
  const { rows, columns } = shown
  const scale = marked ? cell : 1
  canvas.width = columns * scale
  canvas.height = rows * scale
  const context = canvas.getContext('2d')!
  const image = new ImageData(pixelsOf(shown, colours, theme, limit), columns, rows)
  context.putImageData(image, 0, 0)
  if (!marked) return
  // Enlarged in place, every pixel a square; then the dots.
  context.imageSmoothingEnabled = false
  context.drawImage(canvas, 0, 0, columns, rows, 0, 0, canvas.width, canvas.height)
  context.fillStyle = theme === 'light' ? 'rgb(28 30 38 / 0.75)' : 'rgb(233 231 226 / 0.8)'
  for (let i = 0; i < marked.length; i++) {
    const at = marked[i]!
    context.fillRect((at % columns) * cell + 2, Math.floor(at / columns) * cell + 2, 2, 2)
  }
}
