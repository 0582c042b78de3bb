import { useDesk } from './desk.ts'

/** Begins a comparison, and ends it; of lanes that were compared before one stays, and the page says which. */
export function CompareTool(props: {
  /** What is compared: `runs over scale`. */
  readonly of: string
  readonly on: boolean
  readonly onClick: () => void
}) {
  const { of, on, onClick } = props
  const desk = useDesk()
  const { lanes } = desk.experiment
  const press = () => {
    onClick()
    const kept = lanes[desk.lane]?.label
    const left = lanes.map(({ label }) => label).filter((label) => label !== kept)
    if (left.length > 0)
      desk.store.notice.value = `${left.join(', ')} made room: what ${kept} was goes on. Ctrl+Z brings them back.`
  }
  return (
    <button
      type="button"
      class="tool"
      title={on ? 'Compare no more' : 'Compare several'}
      aria-pressed={on}
      aria-label={`Compare ${of}`}
      onClick={press}
    >
      ⇉
    </button>
  )
}
