import { useId } from 'preact/hooks'

interface Option<T extends string> {
  readonly value: T
  readonly text: string
}

/** One of a few, side by side: radio buttons that look like a switch. */
export function Choice<T extends string>(props: {
  readonly label: string
  readonly options: readonly Option<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset class="choice">
      <legend>{props.label}</legend>
      <div>
        {props.options.map(({ value, text }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
