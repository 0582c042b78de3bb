export { InputError } from './input-error.ts'
export type { Matrix, PlainMatrix, Shape } from './linalg/matrix.ts'
