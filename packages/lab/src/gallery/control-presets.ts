import { type Statement, theory } from 'linnet'
import type { Preset } from './preset.ts'
import { presetState } from './preset-state.ts'

/** The run on which a statement must not be claimed. */
export function controlPreset(statement: Statement): Preset {
  const { kind, title, source, negativeControl } = statement
  const id = `control:${kind}`
  return {
    id,
    title: `Where ${title} stops`,
    claim: `Here ${negativeControl.breaks}.`,
    citation: source,
    state: () =>
      presetState(
        id,
        { title: `Where ${title} stops`, ...negativeControl.config },
        { view: { statement: kind } },
      ),
  }
}

/** One for every statement of the registry. */
export const controlPresets: readonly Preset[] = theory.statements.entries.map(controlPreset)
