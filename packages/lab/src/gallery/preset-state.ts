import type { Experiment, LabState, View } from '../experiment/experiment.ts'
import type { Json, JsonObject } from '../experiment/json.ts'
import type { Preset } from './preset.ts'

/** What a preset sets beyond its config; what is left out is as in the opening. */
export interface PresetSettings {
  readonly lanes?: Experiment['lanes']
  readonly seeds?: number
  readonly view?: Partial<View>
}

/** The whole state of a preset. Shows the first lane unless the view says otherwise. */
export function presetState(
  id: string,
  config: object,
  { lanes = [{ label: 'run', changes: {} }], seeds = 1, view = {} }: PresetSettings = {},
): LabState {
  return {
    experiment: { config: plainConfig(config), lanes, seeds, engine: 'strict' },
    pins: [],
    view: { x: 'linear', y: 'linear', clock: 'own', lane: 0, ...view },
    drafts: {},
    preset: id,
  }
}

type Words = Pick<Preset, 'title' | 'claim' | 'citation' | 'published'>

/** A preset from its words and its config, which is made when it is opened. */
export function preset(id: string, words: Words, config: () => object, settings?: PresetSettings): Preset {
  return {
    id,
    ...words,
    state: () => presetState(id, { title: words.title, ...config() }, settings),
  }
}

/** The config as JSON holds it: entries become their specs, what is undefined goes. */
function plainConfig(config: object): JsonObject {
  return JSON.parse(JSON.stringify(config)) as JsonObject
}

/** Lanes that differ in one field: `depth 1`, `depth 2`, … */
export function lanesOver(name: string, field: string, values: readonly Json[]): Experiment['lanes'] {
  return values.map((value) => ({ label: `${name} ${value}`, changes: { [field]: value } }))
}
