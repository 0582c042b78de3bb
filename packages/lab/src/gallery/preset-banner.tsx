import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Cited } from '../elements/cited.tsx'
import { Cross } from '../elements/cross.tsx'
import { Dialog } from '../elements/dialog.tsx'
import type { Store } from '../store/store.ts'
import { hasArrived, isChanged, leavePreset, openPreset } from './open-preset.ts'
import type { Preset } from './preset.ts'
import { PresetNumbers, StudyNumbers } from './published-numbers.tsx'

interface Props {
  readonly store: Store
  readonly preset: Preset
}

/** Title, claim and source of the preset on the stage; of a study also its published numbers beside ours. */
export function PresetBanner({ store, preset }: Props) {
  const { title, claim, citation, study, published } = preset
  const isOpen = useSignal(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (hasArrived(preset.id)) heading.current?.focus({ preventScroll: true })
  }, [preset])
  return (
    <>
      <section class="guide" aria-label="Preset">
        <header>
          <h2 ref={heading} tabIndex={-1}>
            <span class="kicker">{study ? 'Study' : 'From the gallery'}</span>
            {title}
          </h2>
          <nav aria-label="Preset">
            {isChanged(store.state.value, preset.state()) && (
              <button type="button" class="quiet" onClick={() => openPreset(store, preset)}>
                Put it back
              </button>
            )}
            {(study ?? published) && (
              <button type="button" class="quiet framed" onClick={() => (isOpen.value = true)}>
                Published numbers
              </button>
            )}
            <button
              type="button"
              class="quiet close"
              aria-label="Put this note away"
              onClick={() => leavePreset(store)}
            >
              <Cross />
            </button>
          </nav>
        </header>
        <p>{claim}</p>
        <p class="source">
          <Cited text={citation} />
        </p>
      </section>
      {(study ?? published) && isOpen.value && (
        <Dialog title={title} close={() => (isOpen.value = false)}>
          {study ? (
            <StudyNumbers store={store} study={study} />
          ) : (
            <PresetNumbers store={store} preset={preset} />
          )}
        </Dialog>
      )}
    </>
  )
}
