import { z } from 'zod'
import type { LabState } from './experiment.ts'
import { isObject, type Json, type JsonObject } from './json.ts'

/** Configs nest no deeper (the library's own limit), and a state holds one a few levels down. */
const deepest = 72

/** Plain JSON of bounded depth; keys that would change what an object is are refused. */
function isPlain(value: unknown, depth = 0): value is Json {
  if (depth > deepest) return false
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1))
  if (!isObject(value)) return value !== undefined && (typeof value !== 'number' || Number.isFinite(value))
  return Object.entries(value).every(([key, inside]) => key !== '__proto__' && isPlain(inside, depth + 1))
}

const json = z.custom<Json>((value) => isPlain(value), { error: 'expected plain JSON' })
const jsonObject = z.custom<JsonObject>((value) => isObject(value) && isPlain(value), {
  error: 'expected a config, an object of plain JSON',
})

const label = z.string().max(200)
const field = z
  .string()
  .min(1)
  .max(300)
  .refine((name) => !/(^|[.[\]])__proto__($|[.[\]])/.test(name))
const engine = z.enum(['strict', 'fma']).default('strict')

export const mostLanes = 12
export const mostSeeds = 50
export const mostPins = 20

/** One run: the config itself. */
export const onlyLane = { label: 'run', changes: {} }

const experiment = z.strictObject({
  config: jsonObject,
  lanes: z
    .array(z.strictObject({ label, changes: z.record(field, json).default({}) }))
    .min(1)
    .max(mostLanes)
    .default([onlyLane]),
  seeds: z.int().min(1).max(mostSeeds).default(1),
  engine,
})

const view = z.strictObject({
  x: z.enum(['linear', 'log']).default('linear'),
  y: z.enum(['linear', 'log']).default('linear'),
  clock: z.enum(['own', 'time', 'steps']).default('own'),
  whole: z.boolean().exactOptional(),
  enlarged: label.exactOptional(),
  statement: label.exactOptional(),
  lane: z
    .int()
    .min(0)
    .max(mostLanes - 1)
    .default(0),
})

/** The whole state of the lab as links and saved states hold it; what has a default may be left out. */
export const stateSchema = z.strictObject({
  experiment,
  pins: z
    .array(z.strictObject({ label, config: jsonObject, engine }))
    .max(mostPins)
    .default([]),
  view: view.prefault({}),
  drafts: z.record(field, z.string().max(100_000)).default({}),
  preset: label.exactOptional(),
}) satisfies z.ZodType<LabState>

/** The state that plain JSON stands for, or what is wrong with it, in words. */
export function readState(given: unknown): LabState | string {
  const read = stateSchema.safeParse(given)
  if (!read.success) return wordsOf(read.error.issues[0]!)
  const state: LabState = read.data
  const lane = Math.min(state.view.lane, state.experiment.lanes.length - 1)
  return lane === state.view.lane ? state : { ...state, view: { ...state.view, lane } }
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'the state' : issue.path.map(String).join('.').slice(0, 80)
  if (issue.code === 'unrecognized_keys')
    return `${place} has the unknown key ${JSON.stringify(issue.keys[0]!.slice(0, 40))}`
  return `${place}: ${issue.message.replace(/^Invalid input: /, '').replace(/^./, (first) => first.toLowerCase())}`
}

/** As `stateSchema` reads it, with what has a default left out. */
export function shortState({ experiment, pins, view, drafts, preset }: LabState): JsonObject {
  const { config, lanes, seeds, engine } = experiment
  const onlyConfig = lanes.length === 1 && lanes[0]!.label === onlyLane.label && isEmpty(lanes[0]!.changes)
  return {
    experiment: {
      config,
      ...(!onlyConfig && { lanes: lanes.map(({ label, changes }) => ({ label, changes })) }),
      ...(seeds !== 1 && { seeds }),
      ...(engine !== 'strict' && { engine }),
    },
    ...(pins.length > 0 && { pins: pins.map(({ label, config, engine }) => ({ label, config, engine })) }),
    view: { ...view },
    ...(!isEmpty(drafts) && { drafts }),
    ...(preset !== undefined && { preset }),
  }
}

const isEmpty = (object: object) => Object.keys(object).length === 0
