import type { Certificate } from 'linnet'
import type { PlannedRun, StudyRun } from '../src/study.ts'

const sampled = 2001
const followed = 10

/** A finished run whose columns are given by formulas in the number of steps of size 0.1. */
export function syntheticRun(
  planned: PlannedRun,
  singularValue: (r: number, step: number) => number,
  error: (step: number) => number = (step) => 1 / (1 + step),
  certificates: readonly Certificate[] = [],
): StudyRun {
  const steps = Array.from({ length: sampled }, (_, i) => i * 100)
  const clock = planned.form === 'flow' ? 'time' : 'steps'
  const names = [
    'loss',
    'reconstructionError',
    ...Array.from({ length: followed }, (_, r) => `singularValue${r + 1}`),
  ]
  const values = new Map(names.map((name) => [name, new Float64Array(sampled)]))
  for (const [i, step] of steps.entries()) {
    values.get('loss')![i] = error(step) / 2
    values.get('reconstructionError')![i] = error(step)
    for (let r = 1; r <= followed; r++) values.get(`singularValue${r}`)![i] = singularValue(r, step)
  }
  const accounts = { gradientEvaluations: 1, steps: 1, rejectedSteps: 0, localErrors: 0, stepSquares: [] }
  return {
    ...planned,
    record: {
      config: planned.config,
      trajectory: {
        clock,
        positions: Float64Array.from(steps, (step) => (clock === 'time' ? step / 10 : step)),
        columns: names.map((name) => ({ name, symbol: name, help: name })),
        column: (name) => values.get(name)!,
      },
      snapshots: [],
      weights: [],
      stopped: { reason: 'horizon', message: 'reached the horizon', position: 200_000 },
      accounts,
    },
    certificates,
  }
}

/** S/(1 + e^{−k(t − T)}): at half height at T, and at rate k. */
export function logistic(final: number, at: number, rate: number): (step: number) => number {
  return (step) => final / (1 + Math.exp(-rate * (step - at)))
}

export function certificate(over: Partial<Certificate> = {}): Certificate {
  return {
    statement: 'theorem1',
    title: 'Theorem 1',
    source: 'Somebody 2024, theorem 1',
    verdict: 'holds',
    assumptions: [
      {
        name: 'balanced',
        holds: true,
        measured: 1e-16,
        threshold: 1e-9,
        explanation: 'the start is balanced',
      },
    ],
    residual: 1e-7,
    residualOf: 'distance of the end-to-end velocity',
    tolerance: 1e-6,
    toleranceBecause: 'what the integrator estimated',
    numbers: { lipschitz: 12.5 },
    worstAt: 812,
    summary: 'Theorem 1 holds: 1e-7 of distance, 1e-6 allowed',
    ...over,
  }
}
