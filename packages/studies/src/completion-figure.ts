import type { Completion } from 'linnet'
import type { Figure, Guide, Panel, Series } from './figure/figure.ts'
import { readable } from './figure/lettering.ts'
import type { Table } from './report/report.ts'

/** What is shown of a completion. */
export type ShownCompletion = Pick<Completion, 'curve' | 'chosen' | 'singularValues' | 'methods'>

type Reading = Completion['chosen']

const parts = ['training', 'validation', 'test'] as const
const rankName = 'effective rank'
const spectrumName = 'singular values'
/** More singular values than this are a smear. */
const mostShown = 40

/**
 * The figure of a completion: root mean square errors of the three parts while the flow runs, with the time that the
 * validation part chose and the baselines' test errors; the effective rank meanwhile; the singular values of the model kept.
 */
export function completionFigure(result: ShownCompletion, title: string): Figure {
  const { curve, chosen, methods } = result
  const time = curve.map((reading) => reading.time)
  const line = (name: string, read: (reading: Reading) => number): Series => ({
    name,
    x: time,
    y: curve.map(read),
  })
  const x = { label: 'flow time', scale: 'log' as const }
  const kept: Guide = { axis: 'x', at: chosen.time, label: 'kept' }
  const baselines = methods
    .slice(1)
    .map(({ name, errors }): Guide => ({ axis: 'y', at: errors.test.rootMeanSquare, label: `${name}, test` }))
  const errors: Panel = {
    title: 'Error while it learns',
    subtitle: `test error ${readable(chosen.test, 3)} where the validation error is least`,
    x,
    y: { label: 'root mean square error' },
    series: parts.map((part) => line(part, (reading) => reading[part])),
    guides: [kept, ...baselines],
  }
  const ranks: Panel = {
    title: 'Effective rank',
    subtitle: `${readable(chosen.effectiveRank, 3)} in the end; nobody told it`,
    x,
    y: { label: 'effective rank' },
    series: [line(rankName, (reading) => reading.effectiveRank)],
    guides: [kept],
  }
  return {
    id: 'completion',
    title,
    panels: [errors, ranks, spectrumPanel(result.singularValues)],
    legends: [
      { title: 'error on', palette: 'distinct', names: parts },
      { title: 'model', palette: 'ordered', names: [rankName, spectrumName] },
    ],
    caption:
      'Root mean square error on the entries learned from, on those that chose when to stop, and on those that no choice has seen, over the time of the gradient flow. The weights kept are those with the least validation error. Dotted: the test errors of simple baselines given the same entries.',
    description: `Line charts over flow time. At the time kept, ${readable(chosen.time, 3)}, the root mean square errors are ${parts.map((part) => `${readable(chosen[part], 3)} on the ${part} part`).join(', ')}; the effective rank of the model is ${readable(chosen.effectiveRank, 3)}.`,
    citation: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655): deep matrix factorisation.',
  }
}

function spectrumPanel(singularValues: ArrayLike<number>): Panel {
  const shown = Math.min(mostShown, singularValues.length)
  const ranks = Array.from({ length: shown }, (_, r) => r + 1)
  return {
    title: 'Singular values of the model',
    subtitle:
      shown < singularValues.length ? `the first ${shown} of ${singularValues.length}` : `all ${shown}`,
    x: { label: 'number r' },
    y: { label: 'σᵣ' },
    series: [{ name: spectrumName, x: ranks, y: ranks.map((r) => singularValues[r - 1]!), mark: 'points' }],
  }
}

/** The table of errors, the method itself set off from the baselines. */
export function methodsTable({ methods }: ShownCompletion): Table {
  return {
    caption:
      'Errors on entries that were held out, in the units of the data. The test part took no part in any choice.',
    columns: ['method', 'test, root mean square', 'test, mean absolute', 'validation', 'training', 'how'],
    rows: methods.map(({ name, how, errors }) => [
      name,
      errors.test.rootMeanSquare,
      errors.test.meanAbsolute,
      errors.validation.rootMeanSquare,
      errors.training.rootMeanSquare,
      how,
    ]),
    note: 'Validation and training: root mean square.',
    highlight: 0,
  }
}
