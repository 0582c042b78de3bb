import { ConfigError, InputError, parseConfigText, weightsFromSafetensors } from 'linnet'
import type { LabState } from './experiment.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { lanesOfConfigs } from './lanes-of-configs.ts'
import { mostLanes, onlyLane, readState } from './state-schema.ts'
import { tableConfig } from './table-config.ts'
import { valuesOf, writtenOut } from './written-out.ts'

/** A file that was dropped or chosen; `name` without folders. */
export interface OpenedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What files were made into, and what is to be said of it; or why nothing was. */
export type Opened = { readonly state: LabState; readonly note?: string } | { readonly fault: string }

/** Weights that a config on the page may hold. */
const mostWeights = 20_000

/** As `openFiles`, of one file. */
export function openFile(name: string, bytes: Uint8Array, state: LabState): Opened {
  return openFiles([{ name, bytes }], state)
}

/**
 * The state that files stand for: a config, or several side by side, with the files that it names; a saved state of the lab; a table
 * (CSV, tab-separated) as its completion; weights (safetensors) as the start of the present experiment. Pins stay. Throws nothing.
 */
export function openFiles(files: readonly OpenedFile[], state: LabState): Opened {
  try {
    return opened(files, state)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { fault: asSentence(error.message) }
  }
}

function opened(files: readonly OpenedFile[], state: LabState): Opened {
  const configs = files.filter(({ name }) => /\.json$/i.test(name))
  const others = files.filter((file) => !configs.includes(file))
  if (configs.length > 0) return openJson(configs, others, state)
  const [first] = files
  if (!first)
    return { fault: 'There is no file; drop a config (.json), a table (.csv) or weights (.safetensors).' }
  if (files.length > 1)
    return {
      fault: `${files.length} files came without a config; drop one table, or a config with the files that it names.`,
    }
  if (/\.safetensors$/i.test(first.name)) return openWeights(first, state)
  // No text holds such a character, and every picture does.
  if (first.bytes.includes(0))
    return {
      fault: `${first.name} is no text; drop a config (.json), a table (.csv) or weights (.safetensors).`,
    }
  const table = tableConfig(first.name, first.bytes)
  return typeof table === 'string'
    ? { fault: table }
    : { state: stateOf(state, table.config), note: table.note }
}

function openJson(configs: readonly OpenedFile[], others: readonly OpenedFile[], state: LabState): Opened {
  const saved = configs.length === 1 ? savedState(configs[0]!) : undefined
  if (saved) return saved
  if (configs.length > mostLanes)
    return {
      fault: `${configs.length} configs came, and at most ${mostLanes} stand side by side; drop fewer.`,
    }
  const read = configs.map(({ name, bytes }) => ({
    label: name.replace(/\.json$/i, '').slice(0, 200),
    config: writtenOut(configOf(name, bytes), others),
  }))
  const [first] = read
  if (read.length === 1) return { state: stateOf(state, first!.config) }
  const whole = read.map(({ label, config }) => ({
    label,
    config: parseConfigText(JSON.stringify(config)) as unknown as JsonObject,
  }))
  return { state: stateOf(state, whole[0]!.config, lanesOfConfigs(whole)) }
}

/** The config of a file as it is written, once the library has read it. */
function configOf(name: string, bytes: Uint8Array): JsonObject {
  try {
    parseConfigText(bytes, name)
  } catch (error) {
    // Of what is no JSON the library names the file itself.
    if (!(error instanceof ConfigError) || error.message.startsWith(name)) throw error
    throw new InputError(`${name}, ${error.message}`)
  }
  const { $schema: _, ...config } = jsonOf(bytes) as JsonObject
  return config
}

function savedState({ name, bytes }: OpenedFile): Opened | undefined {
  const json = jsonOf(bytes)
  if (!isObject(json) || !Object.hasOwn(json, 'experiment')) return undefined
  const state = readState(json)
  return typeof state === 'string'
    ? { fault: `${name} is no state of the lab that can be read: ${state}.` }
    : { state }
}

/** `undefined` where it is no JSON: the library says so better. */
function jsonOf(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json
  } catch {
    return undefined
  }
}

function openWeights({ name, bytes }: OpenedFile, state: LabState): Opened {
  const layers = weightsFromSafetensors(bytes)
  const count = layers.reduce((sum, { data }) => sum + data.length, 0)
  if (count > mostWeights)
    return {
      fault: `${name} holds ${count} weights, and the page takes ${mostWeights}; name the file in a config and run that with \`linnet run\`.`,
    }
  const widths = layers.slice(0, -1).map(({ rows }) => rows)
  const config = {
    ...state.experiment.config,
    network: { kind: 'linear', depth: layers.length, ...(widths.length > 0 && { widths }) },
    init: { kind: 'file', layers: layers.map(valuesOf) },
  }
  const shape = `${layers.at(-1)!.rows}×${layers[0]!.columns}`
  return {
    state: stateOf(state, config),
    note: `${name}: ${layers.length === 1 ? 'one layer' : `${layers.length} layers`} of weights, ${shape} end to end, are where the experiment starts now.`,
  }
}

function stateOf(
  before: LabState,
  config: JsonObject,
  lanes: LabState['experiment']['lanes'] = [onlyLane],
): LabState {
  const { engine } = before.experiment
  const { enlarged: _, statement: __, ...view } = before.view
  return {
    experiment: { config, lanes, seeds: 1, engine },
    pins: before.pins,
    view: { ...view, lane: lanes.length - 1 },
    drafts: {},
  }
}

/** One line that ends with a full stop; it may begin with the name of a file. */
function asSentence(message: string): string {
  return message.replaceAll('\n', ' ').replace(/\.?$/, '.')
}
