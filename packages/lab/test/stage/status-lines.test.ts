import { type Accounts, makeTrajectory, parseConfig, type Trajectory } from 'linnet'
import { expect, test } from 'vitest'
import { openingExperiment } from '../../src/experiment/opening.ts'
import type { RunStatus } from '../../src/running/live-run.ts'
import { statusLines } from '../../src/stage/status-lines.ts'

const config = parseConfig(openingExperiment.config)
const accounts: Accounts = {
  gradientEvaluations: 1,
  steps: 1,
  rejectedSteps: 0,
  localErrors: 0,
  stepSquares: [],
}

function recorded(values: Record<string, number[]>): Trajectory {
  const names = Object.keys(values)
  const columns = names.map((name) => ({ name, symbol: name, help: name }))
  const positions = Float64Array.from(values[names[0]!]!, (_, i) => i)
  return makeTrajectory(
    'time',
    positions,
    columns,
    names.map((name) => Float64Array.from(values[name]!)),
  )
}

function ended(reason: 'horizon' | 'diverged' | 'loss', message: string): RunStatus {
  return { kind: 'ended', stopped: { reason, message, position: 3 }, seconds: 0.3141 }
}

test('where a run is', () => {
  const first = (status: RunStatus) => statusLines({ status, config })[0]
  expect(first({ kind: 'waiting' })!.text).toBe('waiting')
  expect(first({ kind: 'running', fraction: 0.439 })!.text).toBe('running, 43 %')
  expect(first(ended('horizon', 'x'))).toEqual({ tone: 'done', text: 'done in 0.31 s: reached the horizon' })
  expect(first(ended('loss', 'the loss 1 reached the limit 2 at time 3'))!.text).toContain(
    'reached the limit',
  )
  expect(first(ended('diverged', 'the loss 9 passed the limit 8 at step 3: shorten the step'))).toEqual({
    tone: 'failed',
    text: 'diverged: the loss 9 passed the limit 8 at step 3: shorten the step',
  })
  expect(first({ kind: 'failed', sentence: 'no such file' })).toEqual({
    tone: 'failed',
    text: 'could not be run',
  })
})

const warningsOf = (measured: Trajectory, more: object = {}) =>
  statusLines({ status: ended('horizon', ''), config, measured, accounts, ...more })
    .filter(({ tone }) => tone === 'warning')
    .map(({ text }) => text)

test('an unbalanced start is said with its number, a balanced one is not', () => {
  const start = (absolute: number, relative: number) =>
    recorded({ unbalancedness: [absolute], relativeUnbalancedness: [relative] })
  expect(warningsOf(start(0.031, 0.4))).toEqual([
    'unbalanced start (unbalancedness 0.031, 40 % of the layers)',
  ])
  expect(warningsOf(start(1e-17, 1e-16))).toEqual([])
})

test('steps above 2/λ are said of descents whose sharpness was recorded', () => {
  const descent = { ...config, dynamics: { kind: 'gradientDescent', stepSize: 0.1 } }
  const sharp = recorded({ sharpness: [1, 21, 3] })
  expect(warningsOf(sharp, { config: descent })).toEqual([
    'step above 2/λ: the sharpness λ reached 21, and 2/η is 20',
  ])
  expect(warningsOf(recorded({ sharpness: [1, 19, 3] }), { config: descent })).toEqual([])
  expect(warningsOf(sharp)).toEqual([])
  const foundOut = { config: descent, sharpness: { start: 1, end: 40 } }
  expect(warningsOf(recorded({ loss: [1] }), foundOut)).toEqual([
    'step above 2/λ: the sharpness λ reached 40, and 2/η is 20',
  ])
  expect(warningsOf(recorded({ loss: [1] }), { ...foundOut, sharpness: { start: 1 } })).toEqual([])
})

test('with momentum the line is 2(1+β)/λ, and adaptive steps have none', () => {
  const sharp = recorded({ sharpness: [1, 31, 3] })
  const of = (dynamics: { kind: string }) => warningsOf(sharp, { config: { ...config, dynamics } })
  const momentum = { kind: 'heavyBall', stepSize: 0.1, momentum: 0.5 }
  expect(of(momentum)).toEqual(['step above 2(1+β)/λ: the sharpness λ reached 31, and 2(1+β)/η is 30'])
  expect(of({ ...momentum, momentum: 0.6 } as typeof momentum)).toEqual([])
  expect(of({ ...momentum, kind: 'groupRMSprop' })).toEqual([])
})

test('one that diverged says so only', () => {
  const descent = { ...config, dynamics: { kind: 'gradientDescent', stepSize: 0.1 } }
  const sharp = recorded({ sharpness: [1, 1e30] })
  expect(warningsOf(sharp, { config: descent, status: ended('diverged', '') })).toEqual([])
  expect(warningsOf(sharp, { config: descent })).toHaveLength(1)
})

test('what the integrator does not resolve is said where it was recorded', () => {
  const sentence = 'singular values of a layer below 1.0e-5 are under what the integrator resolves'
  const resolved = { accounts: { ...accounts, resolution: 1e-5 } }
  expect(warningsOf(recorded({ layer1SingularValue1: [1e-6] }), resolved)).toEqual([sentence])
  expect(warningsOf(recorded({ layer1SingularValue1: [1e-4] }), resolved)).toEqual([])
  // Depth 3: a layer has the cube root.
  expect(warningsOf(recorded({ singularValue1: [1e-16] }), resolved)).toEqual([sentence])
  expect(warningsOf(recorded({ singularValue1: [1e-14] }), resolved)).toEqual([])
  expect(warningsOf(recorded({ singularValue1: [1e-16] }))).toEqual([])
  // At depth 1 what tends to zero is zero.
  const single = { ...config, network: { kind: 'linear', depth: 1 } }
  expect(warningsOf(recorded({ singularValue1: [1e-16] }), { ...resolved, config: single })).toEqual([])
})
