import type { Panel } from '../figure/figure.ts'
import { readable } from '../figure/lettering.ts'
import { predictedName } from './lane-panels.ts'
import type { Lanes, Line } from './lanes.ts'

/** What the bands are: `median and range of 5 seeds (config.seed 1…5)`, once where it is the same for all lanes. */
export function bandNames(lines: readonly Line[]): string[] {
  const several = lines.filter(({ runs }) => runs.length > 1)
  const texts = several.map(({ runs }) => {
    const seeds = runs.map(({ config }) => config.seed).sort((a, b) => a - b)
    return `median and range of ${runs.length} seeds (config.seed ${listed(seeds)})`
  })
  if (new Set(texts).size < 2) return [...new Set(texts)]
  return texts.map((text, i) => `${several[i]!.name}: ${text}`)
}

/** `1…5` for seeds in a row, `1, 4, 9` otherwise. */
function listed(seeds: readonly number[]): string {
  const inRow = seeds.every((seed, i) => i === 0 || seed === seeds[i - 1]! + 1)
  return inRow && seeds.length > 2 ? `${seeds[0]}…${seeds.at(-1)}` : seeds.join(', ')
}

export function captionOf(panels: readonly Panel[], { lines, axes }: Lanes): string {
  const drawn = panels.flatMap(({ series }) => series)
  const clocks = [...axes.values()].map(({ label }) => label).join(' or ')
  const lanes = lines.filter(({ pinned }) => !pinned)
  const pinned = lines.filter((line) => line.pinned)
  const sentences = [
    lanes.length > 1
      ? `Runs side by side over ${clocks}: ${lanes.map(({ name }) => name).join(', ')}.`
      : lanes.length === 1
        ? `What was recorded, over ${clocks}.`
        : 'No run has begun.',
    ...bandNames(lines).map(
      (name) => `Line and band: ${name}, over the samples that all of them have reached.`,
    ),
    drawn.some(({ name }) => name === predictedName)
      ? 'Dashed: the singular values predicted from the initial end-to-end matrix and the loss alone, by the end-to-end flow of Arora, Cohen and Hazan 2018 (arXiv 1802.06509), theorem 1.'
      : '',
    lines.some(({ predicted, runs }) => predicted && runs.length > 1)
      ? 'Of several seeds the median of what is predicted for each.'
      : '',
    pinned.length > 0 ? `Dashes and dots, pale: ${pinned.map(({ name }) => name).join(', ')}.` : '',
    panels.some(({ guides = [] }) => guides.length > 0) ? 'Dotted: the singular values of the truth.' : '',
  ]
  return sentences.filter(Boolean).join(' ')
}

/** How every quantity of every line begins and ends. */
export function descriptionOf({ lines, axes }: Lanes): string {
  const parts = lines.map(({ name, runs, measured, clock }) => {
    const ends = runs[0]!.trajectory.columns.slice(0, mostSaid).map((column) => {
      const values = measured.read(column.name)?.y
      return `${column.name} from ${readable(values?.[0] ?? Number.NaN, 3)} to ${readable(values?.at(-1) ?? Number.NaN, 3)}`
    })
    const end = measured.x.at(-1) ?? 0
    return `${name}, up to ${readable(end, 3)} on the axis ${axes.get(clock)!.label}: ${ends.join('; ')}.`
  })
  return `Line charts of what was recorded. ${parts.join(' ')}`
}

/** More numbers than this nobody listens to. */
const mostSaid = 20
