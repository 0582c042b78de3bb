import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { panelTable } from './panel-table.ts'
import type { Scene } from './scene.ts'

/** Rows of the table at most. */
const mostRows = 250

/** One panel over the whole stage, with the way back. */
export function Enlarged(props: {
  readonly scene: Scene
  readonly id: string
  readonly children: ComponentChildren
}) {
  const { scene, id, children } = props
  const back = useRef<HTMLButtonElement>(null)
  const close = () => scene.store.setView({ enlarged: undefined })
  useEffect(() => {
    // The button that enlarged it is gone, and the focus with it; where it is elsewhere it stays.
    if (document.activeElement === document.body) back.current?.focus()
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return
      scene.store.setView({ enlarged: undefined })
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [scene, id])
  return (
    <div class="enlarged">
      <button type="button" class="quiet" ref={back} onClick={close}>
        <Icon name="back" /> All panels
      </button>
      {children}
      <DataTable scene={scene} id={id} />
    </div>
  )
}

function DataTable({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const open = useSignal(false)
  const isPlot = scene.figure.value.panels.some((panel) => panel.id === id)
  if (!isPlot) return null
  return (
    <details
      onToggle={(event) => {
        open.value = event.currentTarget.open
      }}
    >
      <summary>Data as table</summary>
      {open.value && <Rows scene={scene} id={id} />}
    </details>
  )
}

function Rows({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const panel = scene.figure.value.panels.find((one) => one.id === id)
  if (!panel) return null
  const { head, rows, total } = panelTable(panel, mostRows)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table" aria-label={`Data of ${panel.title}`} tabIndex={0}>
      <table>
        <caption>
          {rows.length < total
            ? `${rows.length} of ${total} positions, evenly spread.`
            : `${total} positions.`}
        </caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={column} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((value, column) => (
                <td key={column}>{written(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function written(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '—'
  return String(Number(value.toPrecision(6)))
}
