import { useSignal } from '@preact/signals'

interface Props {
  /** Asked for when the button is pressed. */
  readonly text: () => string | Promise<string>
  /** What is copied, for the label: `link`. */
  readonly what: string
}

/** How long the word stays, in milliseconds. */
const shown = 2000

/** Copies a text, and says so. */
export function CopyButton({ text, what }: Props) {
  const said = useSignal('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text())
      said.value = 'Copied'
    } catch {
      said.value = 'The browser does not let pages copy; select the text and copy it.'
    }
    setTimeout(() => {
      said.value = ''
    }, shown)
  }
  return (
    <span class="copy">
      <button type="button" class="quiet" onClick={copy}>
        Copy {what}
      </button>
      <span role="status">{said.value}</span>
    </span>
  )
}
