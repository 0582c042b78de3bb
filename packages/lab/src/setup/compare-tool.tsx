/** Begins a comparison, and ends it. */
export function CompareTool(props: {
  /** What is compared: `runs over scale`. */
  readonly of: string
  readonly on: boolean
  readonly onClick: () => void
}) {
  const { of, on, onClick } = props
  return (
    <button
      type="button"
      class="tool"
      title={on ? 'Compare no more' : 'Compare several'}
      aria-pressed={on}
      aria-label={`Compare ${of}`}
      onClick={onClick}
    >
      ⇉
    </button>
  )
}
