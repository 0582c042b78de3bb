import type { Figure, Guide, Panel, ShownRun } from '@linnet/studies'

/**
 * The figure with the line 2/η in its panel of the sharpness λ: gradient descent with step η is stable near a minimum only where
 * λ ≤ 2/η (Cohen, Kaur, Li, Kolter, Talwalkar 2021, arXiv 2103.00065). One line a step size.
 */
export function withStabilityLines(figure: Figure, runs: readonly ShownRun[]): Figure {
  if (!figure.panels.some(isSharpness)) return figure
  const lanes = new Map<number, string[]>()
  for (const { config, label, repetition = 0 } of runs) {
    const { stepSize } = config.dynamics as { readonly stepSize?: unknown }
    if (typeof stepSize !== 'number' || repetition > 0) continue
    lanes.set(stepSize, [...(lanes.get(stepSize) ?? []), label])
  }
  const guides = [...lanes].map(
    ([stepSize, labels]): Guide => ({
      axis: 'y',
      at: 2 / stepSize,
      label: lanes.size > 1 ? `2/η, ${labels.join(', ')}` : '2/η',
    }),
  )
  const panels = figure.panels.map((panel) => (isSharpness(panel) ? withGuides(panel, guides) : panel))
  return { ...figure, panels }
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
