import type { ReadonlySignal, Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { DrawingQueue } from '../elements/drawing-queue.ts'
import type { ColourMapName } from './colour-map.ts'
import { drawHeatmap } from './draw-heatmap.ts'
import type { Shown } from './pixels.ts'

/** An entry that is pointed at. */
export interface Entry {
  readonly row: number
  readonly column: number
}

export interface HeatmapProps {
  readonly label: string
  readonly queue: DrawingQueue
  readonly shape: readonly [rows: number, columns: number]
  readonly matrix: ReadonlySignal<Shown | undefined>
  readonly colours: ColourMapName
  /** Where the colour scale ends. */
  readonly limit: ReadonlySignal<number>
  /** The entry pointed at in this and all heatmaps beside it. */
  readonly pointed: Signal<Entry | undefined>
  /** One of the heatmaps that share a pointer takes the focus. */
  readonly first: boolean
  /** Row-major places to be marked. */
  readonly marked?: ReadonlySignal<ArrayLike<number> | undefined> | undefined
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** A matrix in colours. Its entries can be pointed at, or walked over with the arrow keys. */
export function Heatmap(props: HeatmapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { queue, matrix, colours, limit, pointed, marked } = props
  const [rows, columns] = props.shape
  useEffect(
    () => drawHeatmap(canvas.current!, { queue, matrix, colours, limit, marked }),
    [queue, matrix, colours, limit, marked],
  )
  const point = (event: PointerEvent) => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect()
    const row = Math.floor(((event.clientY - top) / height) * rows)
    const column = Math.floor(((event.clientX - left) / width) * columns)
    pointed.value = inside(row, column)
  }
  const inside = (row: number, column: number): Entry => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  })
  const walk = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    const from = pointed.value
    pointed.value = from ? inside(from.row + move[0], from.column + move[1]) : { row: 0, column: 0 }
  }
  const entry = pointed.value
  return (
    <button
      type="button"
      class="heatmap"
      tabIndex={props.first ? 0 : -1}
      aria-label={`${props.label}, ${rows} by ${columns}. Arrow keys move over the entries.`}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse' && document.activeElement !== event.currentTarget)
          pointed.value = undefined
      }}
      onBlur={() => {
        pointed.value = undefined
      }}
      onKeyDown={walk}
      style={{ aspectRatio: Math.max(1 / 3, Math.min(3, columns / rows)) }}
    >
      <canvas ref={canvas} />
      {entry && entry.row < rows && entry.column < columns && (
        <i
          style={{
            left: `${(100 * entry.column) / columns}%`,
            top: `${(100 * entry.row) / rows}%`,
            width: `${100 / columns}%`,
            height: `${100 / rows}%`,
          }}
        />
      )}
    </button>
  )
}
