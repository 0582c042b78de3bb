import { darkFigureRules } from '@linnet/studies'
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Theme } from './colour-map.ts'

const dark = matchMedia('(prefers-color-scheme: dark)')
const current = signal<Theme>(dark.matches ? 'dark' : 'light')
dark.addEventListener('change', () => {
  current.value = dark.matches ? 'dark' : 'light'
})

/** What the page wears; pictures made of pixels are made anew when it changes. */
export const theme: ReadonlySignal<Theme> = current

/** Gives every figure inside `scope` its dark colours on a dark page: figures themselves always carry the light ones. */
export function adoptFigureColours(scope: string): void {
  const sheet = new CSSStyleSheet({ media: 'screen and (prefers-color-scheme: dark)' })
  sheet.replaceSync(darkFigureRules(scope))
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
