/** Drawings of the buttons, in a square of 16. */
const paths: Readonly<Record<string, string>> = {
  play: 'M4 2.5v11l9.5-5.5z',
  pause: 'M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z',
  reset: 'M3 2.5h1.8v11H3zM13.5 2.5v11L5.8 8z',
  back: 'M11 2.5v11L3.8 8zM11.6 2.5h1.4v11h-1.4z',
  on: 'M5 2.5v11L12.2 8zM3 2.5h1.4v11H3z',
  'previous-mark': 'M13.5 3v10L8.2 8zM5 4.2 8.2 8 5 11.8 1.8 8z',
  'next-mark': 'M2.5 3v10L7.8 8zM11 4.2 14.2 8 11 11.8 7.8 8z',
}

export function Icon({ name }: { readonly name: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]!} fill="currentColor" />
    </svg>
  )
}
