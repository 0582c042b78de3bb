import { ink, muted, paper } from './figure/palette.ts'

/** What a page wears, on paper and in the dark; figures have their own colours, see `darkFigureRules`. */
export interface Theme {
  readonly page: string
  readonly panel: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly accent: string
  readonly holds: string
  readonly violated: string
  readonly neutral: string
  readonly tint: string
}

/** The colours of reports and lab, as CSS has them: `--page`, `--ink`, … */
export const theme: { readonly light: Theme; readonly dark: Theme } = {
  light: {
    page: '#fcfbf8',
    panel: paper.light,
    ink: ink.light,
    muted: muted.light,
    line: '#dedbd3',
    accent: '#4b1a9e',
    holds: '#0b6b50',
    violated: '#b3261e',
    neutral: muted.light,
    tint: '#f3f0ea',
  },
  dark: {
    page: paper.dark,
    panel: '#1b1e25',
    ink: ink.dark,
    muted: muted.dark,
    line: '#363a44',
    accent: '#cdb4ff',
    holds: '#5fd0a8',
    violated: '#ff8a80',
    neutral: muted.dark,
    tint: '#20242c',
  },
}

/** Custom properties for a rule of CSS. */
export function declarations(colours: Theme): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}
