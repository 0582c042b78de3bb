export type { Matrix, PlainMatrix, Shape } from './linalg/matrix.ts'
