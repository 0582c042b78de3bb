import { useEffect, useRef } from 'preact/hooks'
import { browserScreen } from './browser-screen.ts'
import { DrawingQueue } from './drawing-queue.ts'
import './formula.css'

type Typesetter = Pick<typeof import('temml').default, 'render'>

let loading: Promise<Typesetter> | undefined

/** One a frame: browsers lay formulas out slowly, and a page has dozens. */
const queue = new DrawingQueue(browserScreen, 0)

/** The typesetter comes after the first paint. */
function typesetter(): Promise<Typesetter> {
  const asked = loading ?? import('temml').then((module): Typesetter => module.default)
  loading = asked
  return asked
}

/**
 * A formula of ours (never a text from a link or a file), typeset as MathML. `spoken` is what assistive technology reads instead of
 * the MathML. Where the typesetter cannot be loaded the LaTeX itself is shown.
 */
export function Formula(props: {
  readonly latex: string
  readonly display?: boolean
  readonly spoken?: string
}) {
  const { latex, display = false, spoken } = props
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const element = place.current
    if (!element) return
    let current = true
    typesetter().then(
      (temml) => {
        const set = () => temml.render(latex, element, { displayMode: display, throwOnError: false })
        if (current) queue.put(element, set)
      },
      () => {
        if (current) element.textContent = latex
      },
    )
    return () => {
      current = false
      queue.drop(element)
    }
  }, [latex, display])
  const shape = display ? 'formula display' : 'formula'
  if (spoken === undefined) return <span class={shape} ref={place} />
  return (
    <span class={shape}>
      <span class="unseen">{spoken}</span>
      <span aria-hidden="true" ref={place} />
    </span>
  )
}
