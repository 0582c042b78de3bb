import { useState } from 'preact/hooks'
import type { Experiment } from '../experiment/experiment.ts'
import { mostSeeds } from '../experiment/state-schema.ts'
import { useDesk } from './desk.ts'

/** How often every lane is run, and on which engine. */
export function Runs() {
  const desk = useDesk()
  const { seeds, config, lanes } = desk.experiment
  const first = typeof config.seed === 'number' ? config.seed : 0
  const [refused, setRefused] = useState<string | undefined>(undefined)
  const set = (count: number) => {
    setRefused(undefined)
    desk.store.setExperiment({ seeds: Math.min(mostSeeds, Math.max(1, count)) })
  }
  const read = (text: string) => {
    const count = Number(text)
    if (text.trim() !== '' && Number.isInteger(count) && count >= 1 && count <= mostSeeds) set(count)
    else setRefused(text)
  }
  return (
    <div class="control">
      <div class="line">
        <label class="name" for="setup-seeds">
          <span class="word">seeds</span>
        </label>
        <span class="input">
          <button type="button" class="step" aria-label="Fewer seeds" onClick={() => set(seeds - 1)}>
            −
          </button>
          <input
            id="setup-seeds"
            class="number"
            type="text"
            inputMode="numeric"
            value={refused ?? String(seeds)}
            aria-invalid={refused !== undefined}
            aria-describedby="setup-seeds-note setup-seeds-about"
            onChange={({ currentTarget }) => read(currentTarget.value)}
          />
          <button type="button" class="step" aria-label="More seeds" onClick={() => set(seeds + 1)}>
            +
          </button>
        </span>
      </div>
      <div class="notes" id="setup-seeds-note" role="status">
        {refused !== undefined && (
          <p class="wrong">
            {refused.trim() === '' ? 'Nothing' : refused} was given, but a whole number from 1 to {mostSeeds}{' '}
            is expected.
          </p>
        )}
      </div>
      <p class="quiet" id="setup-seeds-about">
        {seedsInWords(seeds, first, lanes.length)}
      </p>
    </div>
  )
}

/** `5 runs, seeds 1 … 5; the band is their range`. */
export function seedsInWords(seeds: number, first: number, lanes: number): string {
  const each = lanes > 1 ? ' of each' : ''
  return seeds === 1
    ? `One run${each}, seed ${first}.`
    : `${seeds} runs${each}, seeds ${first} … ${first + seeds - 1}; the band is their range.`
}

const engines: readonly {
  readonly value: Experiment['engine']
  readonly title: string
  readonly help: string
}[] = [
  { value: 'strict', title: 'strict', help: 'The same bits on every machine.' },
  {
    value: 'fma',
    title: 'fma',
    help: 'Fused multiply-add: faster; last digits may differ between machines.',
  },
]

export function EngineChoice() {
  const desk = useDesk()
  const [explained, setExplained] = useState(false)
  const { engine } = desk.experiment
  return (
    <div class="control">
      <div class="line">
        <label class="name" for="setup-engine">
          <span class="word">engine</span>
        </label>
        <span class="tools">
          <button
            type="button"
            class="tool"
            aria-label="What is engine?"
            aria-expanded={explained}
            aria-controls="setup-engine-help"
            onClick={() => setExplained(!explained)}
          >
            ?
          </button>
        </span>
        <span class="input">
          <select
            id="setup-engine"
            value={engine}
            onChange={({ currentTarget }) =>
              desk.store.setExperiment({ engine: currentTarget.value as Experiment['engine'] })
            }
          >
            {engines.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </span>
      </div>
      <p class="help" id="setup-engine-help" hidden={!explained}>
        The machine that the runs are computed on.
      </p>
      <p class="quiet">{engines.find(({ value }) => value === engine)?.help}</p>
    </div>
  )
}
