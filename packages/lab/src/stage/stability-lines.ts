import type { Figure, Guide, Panel } from '@linnet/studies'
import type { Config, LeastSharpness } from 'linnet'
import { type StabilityEdge, stabilityEdge } from '../experiment/stability-edge.ts'
import type { StagedRun } from '../store/store.ts'

/** What bounds the sharpness of a run. */
export interface Stability {
  readonly label: string
  readonly config: Config
  /** Further seeds of a lane have the lines of the first. */
  readonly repetition?: number
  readonly least?: LeastSharpness | undefined
}

/** Reads signals. */
export function stabilityOf({ planned, live }: StagedRun): Stability {
  const { label, config, repetition } = planned
  return { label, config, repetition, least: live.beginning.value?.leastSharpness }
}

/**
 * The figure with lines in its panel of the sharpness λ: 2/η, because gradient descent with step η is stable near a
 * minimum only where λ ≤ 2/η, with momentum β where λ ≤ 2(1 + β)/η (Cohen, Kaur, Li, Kolter, Talwalkar 2021, arXiv 2103.00065), and S_min, below which no global minimiser
 * lies (Marion, Chizat 2024, arXiv 2405.13456). Where S_min is not known the panel says why.
 */
export function withStabilityLines(figure: Figure, runs: readonly Stability[]): Figure {
  if (!figure.panels.some(isSharpness)) return figure
  const firsts = runs.filter(({ repetition = 0 }) => repetition === 0)
  const guides = [
    ...guidesOf('2/η', firsts, ({ config }) => edgeOf(config, '2')),
    ...guidesOf('2(1+β)/η', firsts, ({ config }) => edgeOf(config, '2(1+β)')),
    ...guidesOf('S_min', firsts, ({ least }) => (least?.known ? least.value : undefined)),
  ]
  const reasons = firsts.flatMap(({ least }) => (least && !least.known ? [least.reason] : []))
  const panels = figure.panels.map((panel) =>
    isSharpness(panel) ? withReasons(withGuides(panel, guides), reasons) : panel,
  )
  return { ...figure, panels }
}

/** The largest λ at which the steps of a descent are stable, where it has this symbol over η. */
function edgeOf({ dynamics }: Config, symbol: StabilityEdge['symbol']): number | undefined {
  const { stepSize } = dynamics as { readonly stepSize?: unknown }
  const edge = stabilityEdge(dynamics)
  return edge?.symbol === symbol && typeof stepSize === 'number' ? edge.most / stepSize : undefined
}

/** One line a value, named after the runs that have it unless all lines are one. */
function guidesOf(
  symbol: string,
  runs: readonly Stability[],
  boundOf: (run: Stability) => number | undefined,
): Guide[] {
  const found = new Map<number, string[]>()
  for (const run of runs) {
    const value = boundOf(run)
    if (value === undefined) continue
    // What differs by round-off is one line.
    const at = Number(value.toPrecision(10))
    found.set(at, [...(found.get(at) ?? []), run.label])
  }
  return [...found].map(([at, labels]) => ({
    axis: 'y',
    at,
    label: found.size > 1 ? `${symbol}, ${labels.join(', ')}` : symbol,
  }))
}

function isSharpness({ id }: Panel): boolean {
  return id === 'sharpness' || id?.startsWith('sharpness:') === true
}

/** How far above the highest curve a line may stand, as a multiple, and still be worth the room. */
const farthest = 4

function withGuides(panel: Panel, guides: readonly Guide[]): Panel {
  const [low, high] = panel.y.domain ?? [0, 1]
  const near = guides.filter(({ at }) => at <= farthest * high)
  const top = Math.max(high, ...near.map(({ at }) => 1.1 * at))
  return { ...panel, y: { ...panel.y, domain: [low, top] }, guides: [...(panel.guides ?? []), ...near] }
}

function withReasons(panel: Panel, reasons: readonly string[]): Panel {
  const sentences = [panel.subtitle, ...new Set(reasons)].flatMap((text) =>
    text ? [text.replace(/\.$/, '')] : [],
  )
  return reasons.length === 0 ? panel : { ...panel, subtitle: `${sentences.join('. ')}.` }
}
