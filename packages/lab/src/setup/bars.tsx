import './bars.css'
import { useRef } from 'preact/hooks'
import { writeNumber } from './number-text.ts'
import { exponentOf, roundAbove } from './scale.ts'

/**
 * Numbers ≥ 0 as bars that are dragged, by hand or by arrow keys (Page: ten times as far; Home: zero; Delete: drops it). What is
 * dragged beyond the top lifts the top.
 */
export function Bars(props: {
  readonly label: string
  readonly values: readonly number[]
  readonly onChange: (values: readonly number[]) => void
}) {
  const { label, values, onChange } = props
  const frame = useRef<HTMLDivElement>(null)
  const dragged = useRef<{ readonly index: number; readonly top: number } | undefined>(undefined)
  const top = dragged.current?.top ?? topOf(values)
  const set = (index: number, value: number) =>
    onChange(values.map((one, i) => (i === index ? onGrid(Math.max(0, value), top) : one)))
  const drop = (index: number) => values.length > 1 && onChange(values.filter((_, i) => i !== index))
  const follow = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect()
    if (!box || !dragged.current) return
    set(dragged.current.index, ((box.bottom - event.clientY) / box.height) * dragged.current.top)
  }
  return (
    <div class="bars-frame">
      <div
        class="bars"
        ref={frame}
        onPointerDown={(event) => {
          const bars = [...event.currentTarget.children]
          const index = bars.findIndex((bar) => event.clientX < bar.getBoundingClientRect().right)
          if (index < 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          dragged.current = { index, top }
          ;(bars[index] as HTMLElement).focus({ preventScroll: true })
          follow(event)
          event.preventDefault()
        }}
        onPointerMove={follow}
        onLostPointerCapture={() => {
          dragged.current = undefined
          // Drawn once more, on the scale that fits.
          onChange(values)
        }}
      >
        {values.map((value, index) => (
          <span
            key={index}
            class="bar"
            role="slider"
            tabIndex={0}
            aria-label={`${label}, ${index + 1} of ${values.length}`}
            aria-orientation="vertical"
            aria-valuemin={0}
            aria-valuemax={Math.max(top, value)}
            aria-valuenow={value}
            style={{ '--share': String(Math.min(1, value / top)) }}
            onKeyDown={(event) => {
              const to = moved(event.key, value, top / 100)
              if (to !== undefined) set(index, to)
              else if (event.key === 'Delete' || event.key === 'Backspace') drop(index)
              else return
              event.preventDefault()
            }}
          >
            <i />
          </span>
        ))}
      </div>
      <div class="bars-foot">
        <span class="quiet">0 … {writeNumber(top)}</span>
        <button
          type="button"
          class="step"
          aria-label={`Fewer ${label}`}
          disabled={values.length < 2}
          onClick={() => drop(values.length - 1)}
        >
          −
        </button>
        <span class="count">{values.length}</span>
        <button
          type="button"
          class="step"
          aria-label={`More ${label}`}
          onClick={() => onChange([...values, onGrid((values.at(-1) ?? top) / 2, top)])}
        >
          +
        </button>
      </div>
    </div>
  )
}

/** Some air above the largest. */
function topOf(values: readonly number[]): number {
  const largest = Math.max(...values)
  return largest > 0 ? roundAbove(1.1 * largest) : 1
}

/** Steps of a hundredth of the top or finer, in decimals. */
function onGrid(value: number, top: number): number {
  const digits = 2 - exponentOf(top)
  return Number(value.toFixed(Math.min(20, Math.max(0, digits))))
}

function moved(key: string, value: number, by: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return value + by
    case 'ArrowDown':
    case 'ArrowLeft':
      return value - by
    case 'PageUp':
      return value + 10 * by
    case 'PageDown':
      return value - 10 * by
    case 'Home':
      return 0
    default:
      return undefined
  }
}
