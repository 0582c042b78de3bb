export { assemble, type StudyResult } from './assemble.ts'
export { type Comparison, type ComparisonRow, compare, type Reproduced, type Spread } from './comparison.ts'
export { completionFigure, methodsTable, type ShownCompletion } from './completion-figure.ts'
export { type DrawOptions, drawFigure } from './figure/draw.ts'
export type { Axis, Figure, Guide, Legend, Mark, PaletteName, Panel, Series } from './figure/figure.ts'
export { type LegendEntry, type LegendGroup, legendOf } from './figure/legend.ts'
export { type Colour, colourOf, darkFigureRules, strokeOf } from './figure/palette.ts'
export { drawPanel, type Frame, makePanelView, type PanelPlace, type PanelView } from './figure/panel.ts'
export { type LearnedMode, learnedAt, learnedModes } from './learned-modes.ts'
export { type LeftSaddle, leftSaddles } from './left-saddles.ts'
export { renderReport } from './report/render.ts'
export type { CertifiedRun, Environment, Report, Table } from './report/report.ts'
export { certificatesText, comparisonText, tableText } from './report/text.ts'
export { runFigure } from './run-figure.ts'
export { type RunStudyOptions, runStudy, type StudyFrame } from './run-study.ts'
export { type Reach, type ShownTime, type TimedRun, timesOf } from './runs-figure/clock.ts'
export { positionsAt, type RunsFigureOptions, runsFigure, type ShownRun } from './runs-figure.ts'
export { type StabilityCrossing, stabilityCrossings } from './stability-crossings.ts'
export { figure3, studies } from './studies.ts'
export type {
  Arithmetic,
  Citation,
  Form,
  Measurement,
  PlannedRun,
  Published,
  Quantity,
  Study,
  StudyOptions,
  StudyRun,
} from './study.ts'
export { type Theme, theme } from './theme.ts'
