// Everything the binaries export. One line a file; see each file for its contracts.
export * from './elementary'
export * from './kappa'
export { philox } from './philox'
export { deriveKey, fillBits, fillNormal, fillUniform } from './random'
export { sampleScratch, sampleWithoutReplacement, shuffle } from './sampling'

export * from './memory'
export { multiply, multiplyVector, transpose } from './products'
