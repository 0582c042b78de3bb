import { GalleryButton } from '../gallery/gallery.tsx'
import { TourButton } from '../gallery/tour-button.tsx'
import { Sharing } from '../sharing/sharing.tsx'
import type { Store } from '../store/store.ts'
import { Mark } from './mark.tsx'
import { OpenFiles } from './open-files.tsx'

/** Name of the lab, the title of what is on the stage, and the ways to gallery, tour and sharing. */
export function Header({ store }: { readonly store: Store }) {
  const { title } = store.state.value.experiment.config
  return (
    <header class="masthead">
      <h1>
        <Mark />
        Linnet
      </h1>
      <label class="title">
        <span class="unseen">Title of the experiment</span>
        <input
          type="text"
          value={typeof title === 'string' ? title : ''}
          placeholder="Untitled experiment"
          maxLength={200}
          spellcheck={false}
          onInput={({ currentTarget: { value } }) =>
            store.setField('title', value === '' ? undefined : value)
          }
        />
      </label>
      <nav aria-label="Lab">
        <GalleryButton store={store} />
        <TourButton store={store} />
        <OpenFiles store={store} />
        <Sharing store={store} />
      </nav>
    </header>
  )
}
