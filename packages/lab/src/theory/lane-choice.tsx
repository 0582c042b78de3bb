import { useId } from 'preact/hooks'
import type { Store } from '../store/store.ts'

/** Which lane the details are of; nothing where there is only one. */
export function LaneChoice({ store }: { readonly store: Store }) {
  const name = useId()
  const { experiment, view } = store.state.value
  if (experiment.lanes.length < 2) return null
  return (
    <fieldset class="lanes">
      <legend class="unseen">Lane whose certificates are shown</legend>
      {experiment.lanes.map(({ label }, lane) => (
        <label key={lane}>
          <input
            type="radio"
            name={name}
            checked={view.lane === lane}
            onChange={() => store.setView({ lane })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
