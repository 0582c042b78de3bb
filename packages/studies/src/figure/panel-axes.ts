import * as Plot from '@observablehq/plot'
import type { Guide } from './figure.ts'
import { widthOf } from './lettering.ts'
import { muted, rule } from './palette.ts'
import { labelSize, margin, type PanelPlan, type PlacedAxis, pixelsOf } from './panel-plan.ts'

const guideSize = 10.5

/** Axes, grid lines and guides, by Observable Plot: everything that stays while curves move. Style sheets are left out. */
export function drawAxes(document: Document, { frame, x, y, guides }: PanelPlan): Node[] {
  const scaleOf = ({ axis, domain, range }: PlacedAxis) => ({ type: axis.scale ?? 'linear', domain, range })
  const options = {
    document,
    width: frame.width,
    height: frame.height,
    marginTop: margin.top,
    marginRight: frame.width - x.range[1],
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    x: scaleOf(x),
    y: scaleOf(y),
    marks: [
      ...axisMarks('x', x, x.range[1]),
      ...axisMarks('y', y, frame.width),
      ...guides.flatMap((guide) => guideMarks(guide, pixelsOf(x))),
    ],
  }
  const drawn = Plot.plot(options as Plot.PlotOptions)
  return [...drawn.childNodes].filter((node) => (node as Element).localName !== 'style')
}

/** What the drawing of the axes depends on. */
export function axesKey({ frame, x, y, guides }: PanelPlan): string {
  return JSON.stringify([frame.width, frame.height, x, y, guides])
}

function axisMarks(which: 'x' | 'y', { axis, ticks }: PlacedAxis, room: number): Plot.Markish[] {
  const places = ticks.map(({ at }) => at)
  const texts = new Map(ticks.map(({ at, text }) => [at, text]))
  const options = {
    ticks: places,
    tickFormat: (at: number) => texts.get(at) ?? '',
    tickSize: 0,
    tickPadding: 6,
    fontSize: labelSize,
    color: muted.light,
    label: null,
  }
  const name = fitting(axis.label, room)
  const label = { text: String, fill: muted.light, fontSize: labelSize }
  return which === 'x'
    ? [
        Plot.axisX(places, options),
        Plot.text([name], { ...label, frameAnchor: 'bottom-right', textAnchor: 'end', dy: 34 }),
      ]
    : [
        Plot.gridY(places, { stroke: rule.light, strokeOpacity: 1 }),
        Plot.axisY(places, options),
        Plot.text([name], {
          ...label,
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dx: -margin.left + 6,
          dy: -17,
        }),
      ]
}

/** What stands in brackets at the end of a label is left out where there is no room for it. */
function fitting(label: string, room: number): string {
  return widthOf(label, labelSize) <= room ? label : label.replace(/ \([^()]*\)$/, '')
}

function guideMarks(guide: Guide, x: (value: number) => number): Plot.Markish[] {
  const stroke = { stroke: muted.light, strokeDasharray: '2 3', strokeWidth: guide.label ? 1 : 0.8 }
  const text = { text: () => guide.label, fill: muted.light, fontSize: guideSize }
  const [line, beside] = guide.axis === 'y' ? [Plot.ruleY, besideRuleY] : [Plot.ruleX, besideRuleX]
  return [
    line([guide.at], stroke),
    ...(guide.label ? [Plot.text([guide.at], { ...text, ...beside(guide, x) })] : []),
  ]
}

function besideRuleY(): Plot.TextOptions {
  return { y: Number, frameAnchor: 'right', textAnchor: 'end', dy: -7, dx: -2 }
}

/** Curves rise after what is predicted: the words stand before it where there is room. */
function besideRuleX({ at, label }: Guide, x: (value: number) => number): Plot.TextOptions {
  const before = x(at) - margin.left > widthOf(label, guideSize) + 8
  return { x: Number, frameAnchor: 'top', dy: 6, textAnchor: before ? 'end' : 'start', dx: before ? -4 : 4 }
}
