/** The mark of the lab: three singular values, learned one after another. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 24" width="32" height="24" aria-hidden="true" focusable="false" class="mark">
      <g fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round">
        <path d="M2 21.5C8 21.5 6 3 12 3h18" />
        <path d="M2 21.5h5.5c6 0 4.5-12 10.5-12H30" opacity="0.68" />
        <path d="M2 21.5h11.5c5.5 0 4-5.5 10-5.5H30" opacity="0.4" />
      </g>
    </svg>
  )
}
