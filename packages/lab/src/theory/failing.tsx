import { useSignal } from '@preact/signals'
import type { Certificate, Statement } from 'linnet'
import { WithIndices } from '../elements/with-indices.tsx'
import { controlPreset } from '../gallery/control-presets.ts'
import { openPreset } from '../gallery/open-preset.ts'
import type { Store } from '../store/store.ts'
import { insistOn } from './insist.ts'

interface Props {
  readonly store: Store
  readonly statement: Statement
}

/** What an assumption is for: a run that breaks it, and the conclusion drawn all the same. */
export function Failing({ store, statement }: Props) {
  const { breaks } = statement.negativeControl
  const preset = controlPreset(statement)
  const isOpen = store.state.value.preset === preset.id
  return (
    <>
      <h3>Where it stops</h3>
      <p>
        The theorem has assumptions for a reason. In a run kept for that purpose {breaks}; there it does not
        apply, and is not claimed.
      </p>
      {!isOpen && (
        <button type="button" class="quiet framed" onClick={() => openPreset(store, preset)}>
          Show a run where it fails
        </button>
      )}
      <Insist statement={statement} />
    </>
  )
}

/** To insist is to draw the conclusion although an assumption fails. */
function Insist({ statement }: Pick<Props, 'statement'>) {
  const drawn = useSignal<Certificate | undefined>(undefined)
  const insist = async () => {
    drawn.value = await insistOn(statement)
  }
  return (
    <>
      <p>
        To <em>insist</em> is to draw its conclusion on that run all the same. The check then has to say{' '}
        <em>violated</em>: that shows that it can, and what the assumption is for.
      </p>
      {drawn.value === undefined && (
        <button type="button" class="quiet framed" onClick={insist}>
          Insist
        </button>
      )}
      <output class="insisted">{drawn.value && <WithIndices text={drawn.value.summary} />}</output>
    </>
  )
}
