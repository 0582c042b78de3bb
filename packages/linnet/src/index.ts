export type { Errors } from './completion/baselines.ts'
export { type Centre, type Centring, makeCentring } from './completion/centring.ts'
export { type Completion, complete, type MethodErrors } from './completion/complete.ts'
export type { HoldOutError } from './completion/hold-out-error.ts'
export type { Observed } from './completion/observed.ts'
export type { CompletionFrame, CompletionOptions, Reading } from './completion/reading.ts'
export { canonicalJson, configHash } from './config/canonical.ts'
export type { Config, ConfigInput, Recording, Until } from './config/config.ts'
export { ConfigError, type Problem as ConfigProblem } from './config/config-error.ts'
export { configSchema, parseConfig, parseConfigText } from './config/index.ts'
export { fileKey } from './data/file.ts'
export { gaussianMatrix, lowRank, matrices, matrixFile, spectrum, values } from './data/index.ts'
export type { MatrixContext, MatrixEntry, MatrixMaker } from './data/matrix-source.ts'
export type {
  Accounts,
  Clock,
  DynamicsContext,
  DynamicsEntry,
  DynamicsMaker,
  Halt,
  HaltReason,
  Motion,
  Stops,
} from './dynamics/dynamics.ts'
export {
  dynamics,
  gradientDescent,
  gradientFlow,
  groupRMSprop,
  heavyBall,
  sgd,
} from './dynamics/index.ts'
export { integrators } from './dynamics/integrators/index.ts'
export { composedObjective, makeObjective, type Objective } from './dynamics/objective.ts'
export { type Sharpness, type SharpnessOptions, sharpness } from './dynamics/sharpness.ts'
export type { Chain, DescentMethod, DescentReport, DescentStops, QuadraticObjective } from './engine/chain.ts'
export type { Engine, EngineName, SingularValueDecomposition, SymmetricEigen } from './engine/engine.ts'
export { type EngineStatus, engineNames, engines, loadEngine } from './engine/load.ts'
export { type Entries, makePattern, type Pattern } from './engine/pattern.ts'
export type { Random } from './engine/random.ts'
export { FileError } from './files/file-error.ts'
export { type MatrixLabels, writeMatrixCsv } from './files/matrix-table.ts'
export { filesNamedIn, type NamedFile, readMatrixFile } from './files/named-files.ts'
export { type ObservedTable, toObserved } from './files/observed.ts'
export {
  readSafetensors,
  readSafetensorsMetadata,
  type Tensor,
  type TensorInput,
  writeSafetensors,
} from './files/safetensors.ts'
export { readTable } from './files/table.ts'
export { TableError } from './files/table-error.ts'
export type { MatrixTable, TableEntry, TableOptions, TripletTable } from './files/table-forms.ts'
export { readTrajectoryCsv, trajectoryCsv } from './files/trajectory-csv.ts'
export { trajectoryHash } from './files/trajectory-hash.ts'
export { trajectoryParquet } from './files/trajectory-parquet.ts'
export { weightsFromSafetensors, weightsToSafetensors } from './files/weights.ts'
export { layerKey } from './inits/file.ts'
export { balanced, gaussian, identity, inits, orthogonal, rooted, weightsFile } from './inits/index.ts'
export type { InitContext, InitEntry, InitMaker } from './inits/init.ts'
export { InputError } from './input-error.ts'
export { copyOut, type Indices, type Matrix, type PlainMatrix, type Shape } from './linalg/matrix.ts'
export { completion, logistic, losses, lp, sensing, squared, whitened } from './losses/index.ts'
export type { Known, Loss, LossContext, LossEntry, LossMaker, Normalisation } from './losses/loss.ts'
export { linear, networks } from './networks/index.ts'
export type { Network, NetworkContext, NetworkEntry, NetworkMaker, Parameters } from './networks/network.ts'
export { probes } from './probes/index.ts'
export type { Moment } from './probes/moment.ts'
export type { Column, Probe, ProbeEntry, ProbeMaker } from './probes/probe.ts'
export {
  type About,
  type AnyEntry,
  type Entry,
  entry,
  type Parsed,
  type Registry,
  registry,
  type Spec,
} from './registry/entry.ts'
export { type SpecInput, specOf } from './registry/spec.ts'
export { type Problem, prepare } from './simulate/prepare.ts'
export type { Frame, Run, RunRecord, Snapshot, Trajectory } from './simulate/run.ts'
export { follow, type SimulateOptions, simulate } from './simulate/simulate.ts'
export { makeTrajectory } from './simulate/trajectory.ts'
export type {
  Assumption,
  Certificate,
  CertifyOptions,
  NegativeControl,
  Observer,
  Setting,
  Statement,
  Verdict,
} from './theory/certificate.ts'
export * as theory from './theory/index.ts'
export { type CertifyAllOptions, statements } from './theory/index.ts'
export type { LeastSharpness } from './theory/least-sharpness.ts'
export type { Point } from './theory/point.ts'
export type { Prediction, PredictOptions } from './theory/predict.ts'
export type { Watch } from './theory/statement.ts'
