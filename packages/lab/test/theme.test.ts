import { readFileSync } from 'node:fs'
import { theme } from '@linnet/studies'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../src/page/page.css', import.meta.url), 'utf8')

/** The colours among the custom properties of the rules for `:root`, in order: first on paper, then in the dark. */
function coloursOfRoot(sheet: string): Record<string, string>[] {
  return [...sheet.matchAll(/:root\s*\{([^}]*)\}/g)].map(([, rules]) =>
    Object.fromEntries(
      [...rules!.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\s*;/g)].map(([, name, colour]) => [name!, colour!]),
    ),
  )
}

describe('the colours of the page', () => {
  it('are those of the reports', () => {
    expect(coloursOfRoot(css)).toEqual([theme.light, theme.dark])
  })

  it('negative control: another colour is seen', () => {
    const other = css.replace(theme.dark.accent, '#123456')
    expect(coloursOfRoot(other)).not.toEqual([theme.light, theme.dark])
  })
})
