import { z } from 'zod'
import type { Normalisation } from './loss.ts'

/**
 * The factors in front of a sum over m samples that the literature uses. They differ from source to source, and with them the
 * clock of a run, so every loss states its own:
 *
 * - `sum`: power-p losses of some expositions, ‖W − Φ‖²; `half`: Razin, Cohen 2020 (arXiv 2005.06398), whitened regression
 * - `mean`: the code of Arora, Cohen, Hu, Luo 2019; Marion, Chizat 2024 (arXiv 2405.13456); Cohen, Razin 2024, Claim 1
 * - `halfMean`: Cohen, Razin 2024 (arXiv 2408.13767), eq. (9) and regression
 * - `perPower`: Arora, Cohen, Hazan 2018 (arXiv 1802.06509), ℓ_p regression; `meanPerPower`: its mean
 */
const normalisations = {
  sum: { formula: '1', factor: () => 1 },
  half: { formula: '1/2', factor: () => 1 / 2 },
  mean: { formula: '1/m', factor: (m: number) => 1 / m },
  halfMean: { formula: '1/(2m)', factor: (m: number) => 1 / (2 * m) },
  perPower: { formula: '1/p', factor: (_: number, p: number) => 1 / p },
  meanPerPower: { formula: '1/(pm)', factor: (m: number, p: number) => 1 / (p * m) },
}

export type NormalisationName = keyof typeof normalisations

/** The parameter `normalisation` of a loss that allows `names`, the first of which is its default; `sum` says in words what c is in front of. */
export function normalisationParameter<
  const Names extends readonly [NormalisationName, ...NormalisationName[]],
>(names: Names, sum: string) {
  const meanings = names.map((name) => `${name}: ${normalisations[name].formula}`).join(', ')
  return z
    .enum(names)
    .default(names[0] as never)
    .meta({ description: `factor in front of ${sum} (${meanings})`, symbol: 'c' })
}

/** The factor for m samples, and for the power p where the loss has one. */
export function normalisationOf(name: NormalisationName, samples: number, power = 2): Normalisation {
  const { formula, factor } = normalisations[name]
  return { name, formula, factor: factor(samples, power) }
}
