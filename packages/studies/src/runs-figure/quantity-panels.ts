import type { Panel } from '../figure/figure.ts'
import type { Lanes, Line, TimeAxis } from './lanes.ts'
import type { Quantity } from './quantities.ts'
import { valueDomain } from './value-axis.ts'

/** One panel for a quantity of all lanes; one a clock, where the lanes have clocks that nothing relates. */
export function quantityPanels(quantity: Quantity, lanes: Lanes): Panel[] {
  const shown = lanes.lines.filter(({ measured }) => measured.read(quantity.id))
  const axes = [...lanes.axes.values()].filter(({ clock }) => shown.some((line) => line.clock === clock))
  const many = lanes.axes.size > 1
  return axes.map((axis) => {
    const lines = shown.filter(({ clock }) => clock === axis.clock)
    return panelOf(quantity, lines, axis, lanes.scale, many ? `${quantity.id}:${axis.clock}` : quantity.id)
  })
}

function panelOf(
  quantity: Quantity,
  lines: readonly Line[],
  axis: TimeAxis,
  xScale: 'linear' | 'log',
  id: string,
): Panel {
  const { title, help, scale } = quantity
  const values = lines.flatMap(({ known }) => known(quantity.id))
  // Pinned runs are drawn behind.
  const order = [...lines.filter(({ pinned }) => pinned), ...lines.filter(({ pinned }) => !pinned)]
  const zero =
    scale === 'log' ? lines.filter((line) => isZero(line, quantity.id)).map(({ name }) => name) : []
  return {
    id,
    title,
    subtitle: zero.length > 0 ? `${help}; 0 throughout: ${zero.join(', ')}` : help,
    x: { label: axis.label, scale: xScale, domain: axis.domain },
    y: { label: title.toLowerCase(), scale, domain: valueDomain(values, scale) },
    series: order.map(({ name, measured, pinned }) => ({
      name,
      x: measured.x,
      ...measured.read(quantity.id)!,
      ...(pinned && { mark: 'dashDots' as const }),
    })),
  }
}

function isZero({ runs }: Line, column: string): boolean {
  return runs.every(({ trajectory }) => {
    const values = trajectory.column(column)
    return values.length > 0 && values.every((value) => value === 0)
  })
}
