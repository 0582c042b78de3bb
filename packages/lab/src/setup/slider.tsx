import './slider.css'
import { writeNumber } from './number-text.ts'
import { nearestStop, type Scale } from './scale.ts'

/** A slider over the stops of a scale, with a mark on it where there is something to keep away from. */
export function Slider(props: {
  readonly label: string
  readonly scale: Scale
  readonly value: number
  readonly mark?: { readonly at: number; readonly label: string } | undefined
  readonly onInput: (value: number) => void
}) {
  const { label, scale, value, mark, onInput } = props
  const last = scale.stops.length - 1
  const share = last === 0 ? 0 : scale.positionOf(value) / last
  const within = mark && mark.at >= scale.stops[0]! && mark.at <= scale.stops[last]!
  const marked = within ? scale.positionOf(mark.at) / last : undefined
  return (
    <span class="slider" style={{ '--share': String(share) }}>
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={nearestStop(scale, value)}
        aria-label={label}
        aria-valuetext={writeNumber(value)}
        onInput={({ currentTarget }) => onInput(scale.stops[Number(currentTarget.value)]!)}
      />
      {mark && marked !== undefined && (
        <span class="mark" data-late={marked > 0.8} style={{ '--at': String(marked) }}>
          {mark.label}
        </span>
      )}
    </span>
  )
}
