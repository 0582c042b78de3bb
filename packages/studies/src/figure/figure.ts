/**
 * A figure as data: one definition, drawn by `drawFigure` for reports and files, and read as it is by anything that draws in
 * another way. Nothing here knows pixels or colours: series carry a role, the palette gives it a colour.
 */

/** One curve. `x` and `y` have equal lengths; points that are not finite leave gaps. */
export interface Series {
  /** What it is: `σ₃`. Series of the same name share colour and legend entry over all panels. */
  readonly name: string
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** A translucent band around the line: its lower and upper edge, as long as `y`. The legend says what it is. */
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
  readonly mark?: Mark
  /** A line drawn broad and soft, so that a dashed one over it can be seen. */
  readonly broad?: boolean
}

/**
 * A line (default); a thin dashed line, over the others: what is compared with them; a line of dashes and dots, behind the others: what
 * they are compared with; a few dots along the curve: a second measurement of the same thing; or a dot at every point.
 */
export type Mark = 'line' | 'dashes' | 'dashDots' | 'dots' | 'points'

export interface Axis {
  /** With its unit in words: `steps of size 0.1`. */
  readonly label: string
  readonly scale?: 'linear' | 'log'
  /** What to show; default: everything finite (and positive, on a logarithmic axis). */
  readonly domain?: readonly [number, number]
}

/** A horizontal or vertical line with a few words beside it; without words a legend explains it. */
export interface Guide {
  readonly at: number
  readonly axis: 'x' | 'y'
  readonly label: string
}

export interface Panel {
  /** Tells the panels of a figure apart, for as long as the figure is redrawn: `singularValues:lane0`. */
  readonly id?: string
  readonly title: string
  /** A line under the title: the number to look at. */
  readonly subtitle?: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
  readonly guides?: readonly Guide[]
  /** Takes the whole width, below or above the others. Default false. */
  readonly wide?: boolean
}

/**
 * Colours by rank (an ordered scale, for singular values), by kind (well apart, for different things), quiet ones for what
 * stands behind, or ink for what is drawn over the others.
 */
export type PaletteName = 'ordered' | 'distinct' | 'quiet' | 'ink'

export interface Legend {
  readonly title: string
  readonly palette: PaletteName
  /** Names of series, in order; the place in this list gives the colour. */
  readonly names: readonly string[]
  /** What is explained; default: how the series of that name is drawn. */
  readonly mark?: Mark | 'band' | 'guide'
}

export interface Figure {
  /** Fit for a file name: `figure-3`. */
  readonly id: string
  readonly title: string
  readonly subtitle?: string
  readonly panels: readonly Panel[]
  /** Every name of a series stands in exactly one legend. */
  readonly legends: readonly Legend[]
  readonly caption: string
  /** Said to those who cannot see it: what the curves do. */
  readonly description: string
  /** Author year, arXiv id. */
  readonly citation?: string
}
