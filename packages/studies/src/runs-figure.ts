import type { Figure, Legend, Panel } from './figure/figure.ts'
import { type ClockChoice, clocksOf } from './runs-figure/clock.ts'
import { lanePanels, predictedName, spectrum } from './runs-figure/lane-panels.ts'
import { axesOf, type Lanes, lanesOf } from './runs-figure/lanes.ts'
import { type Family, quantitiesOf } from './runs-figure/quantities.ts'
import { quantityPanels } from './runs-figure/quantity-panels.ts'
import type { ShownRun } from './runs-figure/shown-run.ts'
import { bandNames, captionOf, descriptionOf } from './runs-figure/words.ts'

export type { ShownRun }

export interface RunsFigureOptions {
  readonly title: string
  /** Default `runs`. */
  readonly id?: string
  /** Scale of the time axis; default linear. */
  readonly x?: 'linear' | 'log'
  /** Scale of the axis of singular values; default linear. */
  readonly y?: 'linear' | 'log'
  /** Default `own`. */
  readonly clock?: ClockChoice
  /** End of the time axis, in its units; default: the longest horizon of the configs. */
  readonly horizon?: number
  /** Whether the time axis ends with the lanes, or with whatever goes on longest, pinned runs included (default). */
  readonly reach?: 'lanes' | 'all'
  /** Share of the time axis up to which curves are shown, 0 … 1 (default); axes stay as they are, predictions are whole. */
  readonly until?: number
}

/**
 * The figure of several runs side by side, finished or under way: a panel of σ_r(t) for every lane, all with the same axes,
 * then one panel for every other quantity that was recorded, all lanes in it; numbered quantities (the singular values of a
 * layer) have one panel a lane. Panels have ids: `singularValues:lane0`, `layer1SingularValues:lane0`, `loss`.
 *
 * Several runs in a lane (seeds) are drawn as the median with a band from least to greatest, over the positions that all of
 * them have reached; beside it the median of what is predicted for each, where something is predicted for all. Pinned runs stand, in dashes and dots, behind every lane. Where clocks differ, k steps of size η are shown at the flow
 * time η·k; runs that no step size relates to the others have axes of their own. Axes are made of everything known, not of
 * what `until` shows, and end at round numbers.
 *
 *     runsFigure([{ label: 'depth 2', lane: 0, config: run.config, trajectory: run.trajectory }], { title: 'Two layers' })
 */
export function runsFigure(runs: readonly ShownRun[], options: RunsFigureOptions): Figure {
  const {
    title,
    id = 'runs',
    x = 'linear',
    y = 'linear',
    clock = 'own',
    horizon,
    reach = 'all',
    until = 1,
  } = options
  const lanes = lanesOf(runs, { x, clock, horizon, until, reach })
  const { families, single } = quantitiesOf(runs.map(({ trajectory }) => trajectory))
  const main = families.filter((family) => family.id === spectrum)
  const others = families.filter((family) => family.id !== spectrum)
  const spectra = lanePanels(main, lanes, y)
  const quantities = single.flatMap((quantity) => quantityPanels(quantity, lanes))
  const panels = [...spectra, ...widened(quantities, spectra.length), ...lanePanels(others, lanes, y)]
  return {
    id,
    title,
    panels,
    legends: legendsOf(panels, families, lanes),
    caption: captionOf(panels, lanes),
    description: descriptionOf(lanes),
  }
}

/** Where each run stands on its own clock when a share of the time axis is shown: positions in the order of the runs. */
export function positionsAt(
  runs: readonly ShownRun[],
  { x = 'linear', clock = 'own', horizon, reach = 'all', until = 1 }: Omit<RunsFigureOptions, 'title'>,
): number[] {
  const clocks = clocksOf(runs, clock)
  const axes = axesOf(clocks, { x, horizon, reach })
  return runs.map((run) => {
    const { clock, factor } = clocks.get(run)!
    return (axes.get(clock)!.domain[1] * until) / factor
  })
}

/** Below several lanes the first quantity takes a row; the last takes what is left of its row. */
function widened(panels: readonly Panel[], lanes: number): Panel[] {
  return panels.map((panel, i) => {
    const wide = (lanes > 1 && i === 0) || (i === panels.length - 1 && (lanes > 1 || i > 2))
    return wide ? { ...panel, wide } : panel
  })
}

function legendsOf(panels: readonly Panel[], families: readonly Family[], { lines }: Lanes): Legend[] {
  const drawn = new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))
  const guided = panels.some(({ guides = [] }) => guides.length > 0)
  const kinds = new Map<string, Set<string>>()
  for (const { of, members } of families) {
    const names = kinds.get(of) ?? new Set()
    for (const { name } of members) names.add(name)
    kinds.set(of, names)
  }
  const bands = panels.some(({ series }) => series.some(({ low }) => low)) ? bandNames(lines) : []
  const legends: Legend[] = [
    ...[...kinds].map(([title, names]) => ({ title, palette: 'ordered' as const, names: [...names] })),
    {
      title: 'runs',
      palette: 'distinct',
      names: lines.filter((line) => !line.pinned).map(({ name }) => name),
    },
    {
      title: '',
      palette: 'quiet',
      names: lines.filter((line) => line.pinned).map(({ name }) => name),
      mark: 'dashDots',
    },
    { title: '', palette: 'ink', names: [predictedName], mark: 'dashes' },
  ]
  return [
    ...legends
      .map((legend) => ({ ...legend, names: legend.names.filter((name) => drawn.has(name)) }))
      .filter(({ names }) => names.length > 0),
    ...bands.map((name) => ({ title: '', palette: 'ink' as const, names: [name], mark: 'band' as const })),
    ...(guided
      ? [{ title: '', palette: 'ink' as const, names: ['σᵣ of the truth'], mark: 'guide' as const }]
      : []),
  ]
}
