import { useSignal } from '@preact/signals'
import { Cited } from '../elements/cited.tsx'
import { Dialog } from '../elements/dialog.tsx'
import type { Store } from '../store/store.ts'
import { gallery } from './find-preset.ts'
import { openPreset, ways } from './open-preset.ts'
import type { Preset } from './preset.ts'
import './gallery.css'

/** The way into the gallery, and the gallery over the page while it is open. */
export function GalleryButton({ store }: { readonly store: Store }) {
  const isOpen = useSignal(false)
  const close = () => {
    isOpen.value = false
  }
  return (
    <>
      <button
        type="button"
        id={ways.gallery}
        class="quiet"
        aria-haspopup="dialog"
        onClick={() => (isOpen.value = true)}
      >
        Gallery
      </button>
      {isOpen.value && <Gallery store={store} close={close} />}
    </>
  )
}

interface GalleryProps {
  readonly store: Store
  readonly close: () => void
}

/** Every preset, with what it claims and where it comes from. */
function Gallery({ store, close }: GalleryProps) {
  const show = (preset: Preset) => {
    openPreset(store, preset)
    close()
  }
  return (
    <Dialog title="Gallery" close={close}>
      <div class="gallery">
        {gallery.map(({ title, about, presets }) => (
          <section key={title}>
            <h3>{title}</h3>
            <p class="about">{about}</p>
            <ul>
              {presets.map((preset) => (
                <li key={preset.id}>
                  <button
                    type="button"
                    aria-current={store.state.value.preset === preset.id ? 'true' : undefined}
                    onClick={() => show(preset)}
                  >
                    {preset.title}
                  </button>
                  <p>{preset.claim}</p>
                  <p class="source">
                    <Cited text={preset.citation} />
                  </p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
