import type { ComponentChildren } from 'preact'
import { useDesk } from './desk.ts'

/** One of the runs compared: its value, and a way to drop it. Who works on a chip looks at its run. */
export function Chip(props: {
  readonly lane: number
  readonly dropLabel: string
  readonly onDrop: () => void
  readonly children: ComponentChildren
}) {
  const { lane, dropLabel, onDrop, children } = props
  const desk = useDesk()
  const look = () => {
    if (lane !== desk.lane) desk.store.setView({ lane })
  }
  return (
    <span class="chip" data-current={lane === desk.lane}>
      <span class="chip-value" onFocusCapture={look}>
        {children}
      </span>
      <button type="button" class="drop" aria-label={dropLabel} onClick={onDrop}>
        ×
      </button>
    </span>
  )
}
