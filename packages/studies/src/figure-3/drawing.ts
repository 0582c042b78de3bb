import type { Figure, Guide, Panel, Series } from '../figure/figure.ts'
import { readable, subscript } from '../figure/lettering.ts'
import type { Measurement, StudyRun } from '../study.ts'
import { depthOf, singularValue, stepsOf } from './readings.ts'
import { depths, followed, observed, plotted, rank, size, stepSize, steps } from './setting.ts'

const names = Array.from({ length: followed }, (_, r) => subscript('σ', r + 1))
const axis = `steps of ${stepSize}`
/** Air over the highest curve. */
const headroom = 1.06

/** One panel a depth, all with the same axes, and the reconstruction errors below. One seed is drawn: the first. */
export function drawing(runs: readonly StudyRun[], measured: readonly Measurement[] = []): Figure {
  const seed = runs[0]?.seed
  const shown = runs.filter((run) => run.seed === seed)
  const top = headroom * Math.max(1, ...shown.flatMap((run) => [...singularValue(run, 1)]))
  const present = depths.filter((depth) => shown.some((run) => depthOf(run) === depth))
  return {
    id: 'figure-3',
    title: 'Greedy low-rank learning sharpens with depth',
    subtitle: `The ${followed} largest singular values of W while a ${size}×${size} matrix of rank ${rank} is completed from ${observed} of its entries`,
    panels: [
      ...present.map((depth) => depthPanel(depth, shown, top, guides(depth, seed, measured))),
      errorPanel(shown),
    ],
    legends: [
      { title: 'singular values', palette: 'ordered', names },
      { title: 'error', palette: 'distinct', names: depths.map((depth) => `depth ${depth}`) },
    ],
    caption: captionOf(shown),
    description: describe(shown),
    citation:
      'After figure 3 of Cohen and Razin 2024 (arXiv 2408.13767), taken from Arora, Cohen, Hu and Luo 2019 (arXiv 1905.13655).',
  }
}

const layers = ['', 'the matrix itself', 'two layers', 'three layers']

/** The runs of one depth: a line, and where there are two, the other as dots on it. */
function marked(shown: readonly StudyRun[], depth: number): { run: StudyRun; mark: 'line' | 'dots' }[] {
  return shown
    .filter((run) => depthOf(run) === depth)
    .sort((a, b) => (a.form === b.form ? 0 : a.form === 'flow' ? -1 : 1))
    .map((run, i) => ({ run, mark: i === 0 ? 'line' : 'dots' }))
}

function depthPanel(depth: number, shown: readonly StudyRun[], top: number, guideLines: Guide[]): Panel {
  const ofDepth = marked(shown, depth)
  const error = ofDepth[0]?.run.record.trajectory.column('reconstructionError').at(-1) ?? Number.NaN
  return {
    title: `Depth ${depth}: ${layers[depth]}`,
    subtitle: `reconstruction error at the end ${readable(error, 3)}`,
    x: { label: axis, domain: [0, plotted] },
    y: { label: 'singular value', domain: [0, top] },
    series: ofDepth.flatMap(({ run, mark }): Series[] =>
      names.map((name, r) => ({ name, x: stepsOf(run), y: singularValue(run, r + 1), mark })),
    ),
    guides: guideLines,
  }
}

const predictions: Readonly<Record<number, string>> = { 2: 'escape2', 3: 'escape3Mode1' }

function guides(depth: number, seed: number | undefined, measured: readonly Measurement[]): Guide[] {
  const found = measured.find((one) => one.quantity === predictions[depth] && one.seed === seed)
  return found?.predicted === undefined ? [] : [{ axis: 'x', at: found.predicted, label: 'predicted' }]
}

function errorPanel(shown: readonly StudyRun[]): Panel {
  return {
    title: 'Reconstruction error',
    subtitle: `mean square over all ${readable(size * size)} entries, seen and unseen`,
    x: { label: axis, domain: [0, steps] },
    y: { label: 'mean square', scale: 'log' },
    series: depths.flatMap((depth) =>
      marked(shown, depth).map(({ run, mark }) => ({
        name: `depth ${depth}`,
        x: stepsOf(run),
        y: run.record.trajectory.column('reconstructionError'),
        mark,
      })),
    ),
    wide: true,
  }
}

function captionOf(shown: readonly StudyRun[]): string {
  const forms = new Set(shown.map(({ form }) => form))
  const how =
    forms.size === 2
      ? `Lines: gradient flow, its time divided by ${stepSize}; dots: gradient descent with step ${stepSize}.`
      : forms.has('flow')
        ? `Gradient flow, its time divided by ${stepSize} so that it reads as steps of gradient descent.`
        : `Gradient descent with step ${stepSize}.`
  return [
    'With one layer all singular values rise together, and the entries that were not seen stay near zero.',
    `With two and three layers they rise one after another, the more layers the sharper, and the solution stays near rank ${rank}, the rank of the truth.`,
    `${how} Mean squared error over the observed entries, W(0) = 0.001·I at every depth, seed ${shown[0]?.seed ?? '—'}.`,
  ].join(' ')
}

function describe(shown: readonly StudyRun[]): string {
  const parts = depths.flatMap((depth) => {
    const run = shown.find((one) => depthOf(one) === depth)
    if (!run) return []
    const finals = names.map((_, r) => readable(singularValue(run, r + 1).at(-1) ?? Number.NaN, 3))
    return [`Depth ${depth}: the ten largest singular values end at ${finals.join(', ')}.`]
  })
  return `Line charts of singular values against steps, one for each depth, and of the reconstruction error. ${parts.join(' ')}`
}
