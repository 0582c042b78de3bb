import type { Sign } from './standing.ts'

/** Shapes that differ without colour: a full disc with a tick, a square with a cross, an open ring with a dash, an arc. */
const shapes: Readonly<Record<Sign, preact.JSX.Element>> = {
  waiting: <circle class="outline dotted" cx="8" cy="8" r="5.5" />,
  running: (
    <g class="turning">
      <circle class="outline faint" cx="8" cy="8" r="5.5" />
      <path class="outline" d="M8 2.5A5.5 5.5 0 0 1 13.5 8" />
    </g>
  ),
  holds: (
    <>
      <circle class="solid" cx="8" cy="8" r="6.5" />
      <path class="stroke" d="M4.9 8.2l2.2 2.2 4-4.6" />
    </>
  ),
  violated: (
    <>
      <rect class="solid" x="1.75" y="1.75" width="12.5" height="12.5" rx="1.5" />
      <path class="stroke" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" />
    </>
  ),
  'does not apply': (
    <>
      <circle class="outline" cx="8" cy="8" r="5.5" />
      <path class="outline" d="M5.5 8h5" />
    </>
  ),
  failed: (
    <>
      <path class="outline" d="M8 2.2l6.2 11.3H1.8z" />
      <path class="outline" d="M8 6.5v3.2M8 11.6v.4" />
    </>
  ),
}

/** The sign of a standing. Its word stands beside it, or in the text of what it is part of. */
export function SignMark({ sign }: { readonly sign: Sign }) {
  return (
    <svg
      class={`sign ${sign.replaceAll(' ', '-')}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[sign]}
    </svg>
  )
}
