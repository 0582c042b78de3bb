import { type Study, studies } from '@linnet/studies'
import { parseConfig } from 'linnet'
import type { LabState } from '../experiment/experiment.ts'
import type { JsonObject } from '../experiment/json.ts'
import { lanesOfConfigs } from '../experiment/lanes-of-configs.ts'
import type { Preset } from './preset.ts'
import { presetState } from './preset-state.ts'

/** A study in its shortest form: one lane a run. */
export function studyPreset(study: Study): Preset {
  const id = `study:${study.kind}`
  return {
    id,
    title: study.title,
    claim: study.claim,
    citation: citationOf(study),
    study,
    state: () => stateOf(id, study),
  }
}

function stateOf(id: string, study: Study): LabState {
  const planned = study.plan({ quick: true })
  const configs = planned.map(({ label, config }) => ({
    label: shortened(
      label,
      planned.map((one) => one.label),
    ),
    config: parseConfig(config) as unknown as JsonObject,
  }))
  const { config } = configs[0]!
  const spacing = (config.record as JsonObject | undefined)?.spacing
  return presetState(
    id,
    { ...config, title: study.title },
    {
      lanes: lanesOfConfigs(configs),
      view: { lane: configs.length - 1, x: spacing === 'logarithmic' ? 'log' : 'linear' },
    },
  )
}

/** The parts of a label that tell it from the others: `depth 2` of `depth 2, gradient flow, seed 1`. */
export function shortened(label: string, all: readonly string[]): string {
  const parts = label.split(', ')
  const told = parts.filter((part, i) => all.some((other) => other.split(', ')[i] !== part))
  return told.length > 0 ? told.join(', ') : label
}

function citationOf({ citation: { text, arxiv } }: Study): string {
  return text.includes(arxiv) ? text : `${text.replace(/\.?$/, '')} (arXiv ${arxiv}).`
}

/** One for every study of the registry. */
export const studyPresets: readonly Preset[] = studies.entries.map(studyPreset)
