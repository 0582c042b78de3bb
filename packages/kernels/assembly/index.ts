// Everything the binaries export. One line a file; see each file for its contracts.
export * from './elementary'
export * from './kappa'

export * from './memory'
export { multiply, multiplyVector, transpose } from './products'
