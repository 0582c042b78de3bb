export type { Config, Recording, Until } from './config/config.ts'
export { fileKey } from './data/file.ts'
export { gaussianMatrix, lowRank, matrices, matrixFile, spectrum, values } from './data/index.ts'
export type { Accounts, Clock } from './dynamics/dynamics.ts'
export type { Engine, EngineName } from './engine/engine.ts'
export { type EngineStatus, engines, loadEngine } from './engine/load.ts'
export { type Entries, makePattern, type Pattern } from './engine/pattern.ts'
export type { Random } from './engine/random.ts'
export { layerKey } from './inits/file.ts'
export { balanced, gaussian, identity, inits, orthogonal, rooted, weightsFile } from './inits/index.ts'
export { InputError } from './input-error.ts'
export type { Matrix, PlainMatrix, Shape } from './linalg/matrix.ts'
export { completion, logistic, losses, lp, sensing, squared, whitened } from './losses/index.ts'
export type { Known, Loss, Normalisation } from './losses/loss.ts'
export { linear, networks } from './networks/index.ts'
export type { Network, Parameters } from './networks/network.ts'
export { probes } from './probes/index.ts'
export type { Column } from './probes/probe.ts'
export { type About, type Registry, registry, type Spec } from './registry/entry.ts'
export type { Frame, Run, RunRecord, Trajectory } from './simulate/run.ts'
export type {
  Assumption,
  Certificate,
  CertifyOptions,
  NegativeControl,
  Statement,
  Verdict,
} from './theory/certificate.ts'
export * as theory from './theory/index.ts'
export { certify, statements } from './theory/index.ts'
