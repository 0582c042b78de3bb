const paths = {
  enlarge: 'M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9',
  pin: 'M5.5 2.5h5M6.5 2.5v4.25L4 9.5h8L9.5 6.75V2.5M8 9.5v4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M7 3.5 2.5 8 7 12.5M2.5 8h11',
} as const

/** A line drawing of 16 by 16; the control it stands in says what it does. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" class="icon">
      <path d={paths[name]} />
    </svg>
  )
}
