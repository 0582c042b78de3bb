import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { EnlargeButton } from './enlarge-button.tsx'
import { attachPlot } from './plot.ts'
import type { Scene } from './scene.ts'
import { useUnchanged } from './use-unchanged.ts'

/** The plotted rectangle of a panel, as large as its place. */
export function Plot({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => attachPlot(box.current!, scene, id), [scene, id])
  return <div class="plot" ref={box} />
}

/** A panel with its heading. */
export function PlotPanel({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const heading = useUnchanged(() => {
    const panel = scene.figure.value.panels.find((one) => one.id === id)
    return panel && { title: panel.title, subtitle: panel.subtitle }
  }, [scene, id])
  if (!heading.value) return null
  return (
    <PanelFrame scene={scene} id={id} {...heading.value}>
      <Plot scene={scene} id={id} />
    </PanelFrame>
  )
}

/** Heading, the button that enlarges, and what is inside. */
export function PanelFrame(props: {
  readonly scene: Scene
  readonly id: string
  readonly title: string
  readonly subtitle?: string | undefined
  readonly children: ComponentChildren
}) {
  return (
    <article class="panel" aria-label={props.title}>
      <header>
        <h3>{props.title}</h3>
        <EnlargeButton store={props.scene.store} id={props.id} title={props.title} />
        {props.subtitle && <p class="about">{props.subtitle}</p>}
      </header>
      {props.children}
    </article>
  )
}
