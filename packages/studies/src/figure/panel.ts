import type { Figure, Panel } from './figure.ts'
import { sansSerif } from './palette.ts'
import { axesKey, drawAxes } from './panel-axes.ts'
import { type Shape, shapesOf } from './panel-curves.ts'
import { type Frame, type PanelPlan, pixelsOf, planPanel } from './panel-plan.ts'
import { describePanel } from './panel-words.ts'

export type { Frame }

/** A panel that is redrawn while its curves grow. */
export interface PanelView {
  readonly element: SVGSVGElement
  /**
   * Draws `panel` of `figure` in `frame` pixels. Axes are drawn anew only where something about them changed; curves change their
   * paths in place. Throws when a series stands in no legend.
   */
  update(figure: Figure, panel: Panel, frame: Frame): void
  /** Where the last update put things. Throws before the first. */
  place(): PanelPlace
}

/** The plotted rectangle of a panel, in pixels of its element, and where values stand in it. */
export interface PanelPlace {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  x(value: number): number
  y(value: number): number
}

const namespace = 'http://www.w3.org/2000/svg'
let views = 0

/**
 * A live drawing of one panel, for pages: the plotted rectangle with axes, curves and their names, not the title above it and
 * not the legend. It carries the light colours as attributes (`darkFigureRules` turns them), no style sheet, no style attribute.
 *
 *     const view = makePanelView(document)
 *     place.append(view.element)
 *     view.update(figure, figure.panels[0], { width: 400, height: 260 })
 */
export function makePanelView(document: Document): PanelView {
  const make = <T extends keyof SVGElementTagNameMap>(tag: T) => document.createElementNS(namespace, tag)
  const element = make('svg')
  const [title, desc] = [make('title'), make('desc')]
  const id = `panel-${++views}`
  title.id = `${id}-title`
  desc.id = `${id}-desc`
  const drawing = makeDrawing(document)
  element.setAttribute('role', 'img')
  element.setAttribute('aria-labelledby', title.id)
  element.setAttribute('aria-describedby', desc.id)
  element.setAttribute('font-family', sansSerif)
  element.append(title, desc, drawing.element)
  let plan: PanelPlan | undefined
  return {
    element,
    update(figure, panel, frame) {
      plan = planPanel(figure, panel, frame)
      drawing.update(plan)
      set(element, 'width', String(frame.width))
      set(element, 'height', String(frame.height))
      set(element, 'viewBox', `0 0 ${frame.width} ${frame.height}`)
      say(title, panel.title)
      say(desc, describePanel(panel))
    },
    place() {
      if (!plan) throw new Error('a panel has no places before its first update')
      const { x, y } = plan
      const [left, right, bottom, top] = [...x.range, ...y.range]
      return { left, right, top, bottom, x: pixelsOf(x), y: pixelsOf(y) }
    },
  }
}

/** Draws a panel once: see `makePanelView`. */
export function drawPanel(document: Document, figure: Figure, panel: Panel, frame: Frame): SVGSVGElement {
  const view = makePanelView(document)
  view.update(figure, panel, frame)
  return view.element
}

/** What is inside a panel, as a group: for drawings that hold several. */
export function drawPanelGroup(document: Document, figure: Figure, panel: Panel, frame: Frame): SVGGElement {
  const drawing = makeDrawing(document)
  drawing.update(planPanel(figure, panel, frame))
  return drawing.element
}

function makeDrawing(document: Document) {
  const group = () => document.createElementNS(namespace, 'g')
  const [element, axes, curves] = [group(), group(), group()]
  // Plot's own defaults, which its marks leave out.
  element.setAttribute('fill', 'currentColor')
  element.setAttribute('text-anchor', 'middle')
  element.setAttribute('font-size', '10')
  element.append(axes, curves)
  let key = ''
  let shown: readonly Shape[] = []
  return {
    element,
    update(plan: PanelPlan) {
      const wanted = axesKey(plan)
      if (wanted !== key) axes.replaceChildren(...drawAxes(document, plan))
      key = wanted
      const shapes = shapesOf(plan)
      renew(curves, shapes, shown)
      shown = shapes
    },
  }
}

/** Makes the children of `parent` those of `shapes`, touching only what differs from the `old` ones. */
function renew(parent: Element, shapes: readonly Shape[], old: readonly Shape[]): void {
  while (parent.childNodes.length > shapes.length) parent.lastChild?.remove()
  const children = [...parent.childNodes] as Element[]
  for (const [i, shape] of shapes.entries()) {
    const before = old[i]
    let child = children[i]
    if (!child || before?.tag !== shape.tag) {
      const fresh = parent.ownerDocument.createElementNS(namespace, shape.tag)
      if (child) child.replaceWith(fresh)
      else parent.append(fresh)
      child = fresh
      write(child, shape, undefined)
    } else write(child, shape, before)
  }
}

function write(element: Element, { attributes, text }: Shape, before: Shape | undefined): void {
  for (const name in before?.attributes) if (!(name in attributes)) element.removeAttribute(name)
  for (const name in attributes)
    if (before?.attributes[name] !== attributes[name]) element.setAttribute(name, attributes[name]!)
  if (before?.text !== text) element.textContent = text ?? ''
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
