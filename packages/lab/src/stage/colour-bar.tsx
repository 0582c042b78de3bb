import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { DrawingQueue } from '../elements/drawing-queue.ts'
import { twoDigits } from '../elements/numbers.ts'
import type { ColourMapName } from './colour-map.ts'
import { drawHeatmap } from './draw-heatmap.ts'

/** What the colours of a heatmap mean, in numbers. */
export function ColourBar(props: {
  readonly queue: DrawingQueue
  readonly colours: ColourMapName
  readonly limit: ReadonlySignal<number>
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { queue, colours, limit } = props
  const ramp = useMemo(() => signal(rampOf(colours)), [colours])
  const one = useMemo(() => signal(1), [])
  useEffect(() => drawHeatmap(canvas.current!, { queue, matrix: ramp, colours, limit: one }), [queue, ramp])
  const end = twoDigits(limit.value)
  return (
    <div class="colour-bar">
      <canvas ref={canvas} />
      <p>
        <span>{colours === 'diverging' ? `−${end}` : '0'}</span>
        {colours === 'diverging' && <span>0</span>}
        <span>{end}</span>
      </p>
    </div>
  )
}

function rampOf(colours: ColourMapName) {
  const columns = 129
  const from = colours === 'diverging' ? -1 : 0
  const data = Float32Array.from({ length: columns }, (_, i) => from + ((1 - from) * i) / (columns - 1))
  return { rows: 1, columns, data }
}
