import * as Plot from '@observablehq/plot'
import type { Guide } from './figure.ts'
import { widthOf } from './lettering.ts'
import { muted, rule } from './palette.ts'
import { labelSize, margin, type PanelPlan, type PlacedAxis, pixelsOf } from './panel-plan.ts'
import { spread } from './spread.ts'

const guideSize = 10.5
/** Of the words of a level line. */
const usualLift = -7

/** Axes, grid lines and guides, by Observable Plot: everything that stays while curves move. Style sheets are left out. */
export function drawAxes(document: Document, plan: PanelPlan): Node[] {
  const { frame, x, y, guides } = plan
  const scaleOf = ({ axis, domain, range }: PlacedAxis) => ({ type: axis.scale ?? 'linear', domain, range })
  const lifts = liftsOf(plan)
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
      ...guides.flatMap((guide, i) => guideMarks(guide, pixelsOf(x), lifts[i]!)),
    ],
  }
  const drawn = Plot.plot(options as Plot.PlotOptions)
  // Groups have no role that a spoken name could belong to: the drawing as a whole has one.
  for (const group of drawn.querySelectorAll('[aria-label]')) {
    group.setAttribute('data-part', group.getAttribute('aria-label')!)
    group.removeAttribute('aria-label')
  }
  return [...drawn.childNodes].filter((node) => (node as Element).localName !== 'style')
}

/** What the drawing of the axes depends on. */
export function axesKey(plan: PanelPlan): string {
  const { frame, x, y, guides } = plan
  return JSON.stringify([frame.width, frame.height, x, y, guides, liftsOf(plan)])
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

/**
 * Where the words of each guide stand beside its line: above it, below where a curve ends just above; words of lines close together
 * make room for each other.
 */
function liftsOf({ guides, y, curves }: PanelPlan): number[] {
  const toY = pixelsOf(y)
  const ends = curves.map(({ points }) => toY(points.at(-1)?.y ?? Number.NaN))
  const endsJustAbove = (at: number) => ends.some((end) => end <= at && end > at + 2.5 * usualLift)
  const lying = guides.flatMap(({ axis, label, at }, i) =>
    axis === 'y' && label ? [{ i, at: toY(at) }] : [],
  )
  const room = {
    top: y.range[1] - 14,
    bottom: y.range[0],
    spacing: guideSize + 2.5,
    most: Number.POSITIVE_INFINITY,
  }
  const heights = spread(
    lying.map(({ at }) => at + (endsJustAbove(at) ? -usualLift + 1 : usualLift)),
    room,
  )
  const lifts = guides.map(() => usualLift)
  for (const [k, { i, at }] of lying.entries()) lifts[i] = Math.round(heights[k]! - at)
  return lifts
}

function guideMarks(guide: Guide, x: (value: number) => number, lift: number): Plot.Markish[] {
  const stroke = { stroke: muted.light, strokeDasharray: '2 3', strokeWidth: guide.label ? 1 : 0.8 }
  const text = { text: () => guide.label, fill: muted.light, fontSize: guideSize }
  const [line, beside] =
    guide.axis === 'y' ? [Plot.ruleY, besideRuleY(lift)] : [Plot.ruleX, besideRuleX(guide, x)]
  return [line([guide.at], stroke), ...(guide.label ? [Plot.text([guide.at], { ...text, ...beside })] : [])]
}

function besideRuleY(dy: number): Plot.TextOptions {
  return { y: Number, frameAnchor: 'right', textAnchor: 'end', dy, dx: -2 }
}

/** Curves rise after what is predicted: the words stand before it where there is room. */
function besideRuleX({ at, label }: Guide, x: (value: number) => number): Plot.TextOptions {
  const before = x(at) - margin.left > widthOf(label, guideSize) + 8
  return { x: Number, frameAnchor: 'top', dy: 6, textAnchor: before ? 'end' : 'start', dx: before ? -4 : 4 }
}
