export { type Comparison, type ComparisonRow, compare, type Reproduced, type Spread } from './comparison.ts'
export { type DrawOptions, drawFigure } from './figure/draw.ts'
export type { Axis, Figure, Guide, Legend, Panel, Series } from './figure/figure.ts'
export type { CertifiedRun, Environment, Report, Table } from './report/report.ts'
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
