import './compare.css'
import { inWords } from '../elements/in-words.ts'
import { isObject, type Json } from '../experiment/json.ts'
import { mostLanes } from '../experiment/state-schema.ts'
import { knownOfRun } from '../store/known-of-run.ts'
import { Chip } from './chip.tsx'
import { CompareTool } from './compare-tool.tsx'
import type { SpecControl } from './control.ts'
import { useDesk } from './desk.ts'
import { comparedOverKinds, type NamedKind, withKindInLane, withLaneOfKind } from './kind-lanes.ts'
import { comparedNoMore, withoutLane } from './variation.ts'

/** Whole parts of the config can be compared, and where there is something to choose. */
export function hasComparableKinds({ field, choices, current }: SpecControl): boolean {
  return !/[.[]/.test(field) && choices.length > 1 && current !== undefined
}

/** Begins a comparison of kinds, and ends it. */
export function CompareKinds({ control, on }: { readonly control: SpecControl; readonly on: boolean }) {
  const desk = useDesk()
  const { field, choices, current, family } = control
  return (
    <CompareTool
      of={`kinds of ${family}`}
      on={on}
      onClick={() => {
        const { experiment } = desk.store.state.value
        const other = choices.find(({ value }) => value !== current?.value)
        if (on) desk.change(comparedNoMore(experiment, desk.lane))
        else if (current && other)
          desk.change(
            comparedOverKinds(
              experiment,
              desk.lane,
              field,
              [named(current.value), named(other.value)],
              knownOfRun(desk.live, field),
            ),
          )
      }}
    />
  )
}

/** The kinds that the lanes have, each to be changed or dropped; the one that is looked at shows its parameters below. */
export function ComparedKinds(props: {
  readonly control: SpecControl
  readonly values: readonly (Json | undefined)[]
}) {
  const { control, values } = props
  const desk = useDesk()
  const { field, choices, family } = control
  const { experiment } = desk
  const kinds = values.map((value) => (isObject(value) ? value.kind : undefined))
  const known = knownOfRun(desk.live, field)
  const fresh = choices.find(({ value }) => !kinds.includes(value))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a line of chips everywhere
    <div class="compared" role="group" aria-label={`Kinds of ${family} that are compared`}>
      {kinds.map((kind, lane) => (
        <Chip
          key={lane}
          lane={lane}
          dropLabel={`Drop ${String(kind)}`}
          onDrop={() => desk.change(withoutLane(experiment, lane))}
        >
          <select
            aria-label={`${family}, run ${lane + 1}`}
            value={String(kind)}
            onChange={({ currentTarget }) =>
              desk.change(withKindInLane(experiment, lane, field, named(currentTarget.value), known))
            }
          >
            {choices.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </Chip>
      ))}
      {fresh && (
        <button
          type="button"
          class="step"
          aria-label={`Compare with another ${family}`}
          disabled={values.length >= mostLanes}
          onClick={() => desk.change(withLaneOfKind(experiment, field, named(fresh.value), known))}
        >
          +
        </button>
      )}
    </div>
  )
}

/** Short enough for the stage. */
function named(kind: string): NamedKind {
  return { value: kind, title: inWords(kind) }
}
