import type { KernelExports } from '@linnet/kernels'
import type { DescentMethod, DescentReport, QuadraticObjective } from './chain.ts'
import {
  type ChainLayout,
  type ChainMaker,
  chainLayout,
  expectObjective,
  expectParameters,
  expectSteps,
} from './chain-layout.ts'
import type { EngineMemory } from './memory.ts'

const METHODS = { gradientDescent: 0, heavyBall: 1, groupRMSprop: 2 } as const
const PASSES = { auto: 0, dense: 1, sparse: 2 } as const
const STOPPED = ['steps', 'loss', 'gradientNorm', 'diverged'] as const

/** The report of the kernels: loss, ‖∇φ‖², why it stopped, then Σ_t η_t²‖∇_{W_j}φ‖² of each layer. */
const REPORT_HEAD = 3
/** Average, number of steps, and what corrects the average's bias. */
const GROUP_STATE = 3
/** The kernels count steps in 31 bits. */
const MOST_STEPS = 2 ** 31 - 1

function expectRoom(done: number): void {
  if (done === 0)
    throw new RangeError(
      'The buffers of the chain do not fit in the memory of the engine: use narrower layers.',
    )
}

function plan(kernels: KernelExports, memory: EngineMemory, { widths, depth }: ChainLayout): number {
  const made = kernels.chainCreate(depth, memory.indices(widths).pointer)
  expectRoom(made)
  return made
}

function setObjective(kernels: KernelExports, made: number, objective: QuadraticObjective): void {
  if (objective.kind === 'dense') {
    const { left, right, factor, constant } = objective
    expectRoom(kernels.chainDense(made, right.columns, left?.pointer ?? 0, right.pointer, factor, constant))
  } else if (objective.kind === 'sensing') {
    const { measurements: a, observations: b, factor } = objective
    expectRoom(kernels.chainSensing(made, a.rows, a.pointer, b.pointer, factor))
  } else {
    const { pattern, values, factor, pass = 'auto' } = objective
    expectRoom(
      kernels.chainCompletion(
        made,
        pattern.count,
        pattern.rowStarts.pointer,
        pattern.columnIndices.pointer,
        pattern.columnStarts.pointer,
        pattern.rowIndices.pointer,
        pattern.order.pointer,
        values.pointer,
        factor,
        PASSES[pass],
      ),
    )
  }
}

// The two numbers of a method beside its step size, as the kernels take them.
function firstSetting(method: DescentMethod): number {
  if (method.kind === 'heavyBall') return method.momentum
  return method.kind === 'groupRMSprop' ? method.decay : 0
}

function secondSetting(method: DescentMethod): number {
  return method.kind === 'groupRMSprop' ? method.epsilon : 0
}

/** A chain whose descents run inside the kernels. */
export const wasmChain: ChainMaker = (kernels, memory, widths, objective) => {
  const layout = chainLayout(widths)
  expectObjective(memory, layout, objective)
  const made = plan(kernels, memory, layout)
  setObjective(kernels, made, objective)
  const report = memory.matrix(REPORT_HEAD + layout.depth, 1)
  const velocity = memory.matrix(layout.size, 1)
  const group = memory.matrix(GROUP_STATE, 1)
  const stepSquares = new Float64Array(layout.depth)

  return {
    stepSquares,

    loss(theta) {
      expectParameters(memory, 'θ', theta, layout)
      return kernels.chainLoss(made, theta.pointer)
    },

    gradientInto(gradient, theta) {
      expectParameters(memory, 'θ', theta, layout)
      expectParameters(memory, 'The gradient', gradient, layout)
      return kernels.chainGradient(made, theta.pointer, gradient.pointer)
    },

    descend(theta, method, steps, stops): DescentReport {
      expectParameters(memory, 'θ', theta, layout)
      expectSteps(steps)
      let taken = 0
      let reason = 0
      while (taken < steps && reason === 0) {
        taken += kernels.chainDescend(
          made,
          theta.pointer,
          (method.kind === 'groupRMSprop' ? group : velocity).pointer,
          report.pointer,
          METHODS[method.kind],
          method.stepSize,
          firstSetting(method),
          secondSetting(method),
          Math.min(steps - taken, MOST_STEPS),
          stops.loss,
          stops.gradientNorm,
          stops.divergence,
        )
        reason = report.data[2]!
      }
      const numbers = report.data
      for (let j = 0; j < layout.depth; j++) stepSquares[j] = numbers[REPORT_HEAD + j]!
      return {
        steps: taken,
        stopped: STOPPED[reason]!,
        loss: numbers[0]!,
        gradientNorm: Math.sqrt(numbers[1]!),
      }
    },

    reset() {
      kernels.chainReset(made, report.pointer)
      velocity.data.fill(0)
      group.data.fill(0)
      stepSquares.fill(0)
    },
  }
}
