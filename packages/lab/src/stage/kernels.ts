import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { StagedRun } from '../store/store.ts'
import { Latest } from './latest.ts'
import type { Shown } from './pixels.ts'
import { same } from './same.ts'
import type { Scene } from './scene.ts'
import { singularValuesAt } from './singular-values-at.ts'
import { watchSight } from './watch-sight.ts'

/** Singular values along each side of the picture. */
export const fineness = 64

/** The kernel of the preconditioner at one depth, and where a run stands in it. */
export interface Kernels {
  /** κ_n(σ, σ′), σ to the right, σ′ upward, at the middles of `fineness` equal parts of 0 … `largest`. */
  readonly picture: ReadonlySignal<Shown | undefined>
  /** κ_n(largest, largest). */
  readonly most: ReadonlySignal<number>
  /** Where the axes of the picture end. */
  readonly largest: ReadonlySignal<number>
  /** σ_r of the run at the playhead. */
  readonly values: ReadonlySignal<readonly number[]>
  /** κ_n(σ_r, σ_q) over all pairs of them, descending: eigenvalues of the preconditioner. */
  readonly spectrum: ReadonlySignal<readonly number[]>
  /** Asks for what is needed while `element` is in sight, until it is told to stop. */
  follow(element: Element): () => void
}

export function kernelsOf({ position, queue, store }: Scene, run: StagedRun, depth: number): Kernels {
  const { live } = run
  const here = computed(() => position(run))
  const values = signal<readonly number[]>([])
  const largest = signal(1)
  const picture = signal<Shown | undefined>(undefined)
  const most = signal(1)
  const spectrum = signal<readonly number[]>([])
  const overall = (end: number) => ({
    sigmas: [...middles(end), end],
    hear: (kernel: Float64Array) => {
      picture.value = pictureOf(kernel)
      most.value = kernel[kernel.length - 1]!
    },
  })
  const between = (sigmas: readonly number[]) => ({
    sigmas,
    hear: (kernel: Float64Array) => {
      spectrum.value = [...kernel].sort((a, b) => b - a)
    },
  })
  const look = () => {
    const measured = live.measured.peek()
    const ofRun = () => singularValuesAt(measured, Number.POSITIVE_INFINITY)[0] ?? 0
    const next = singularValuesAt(measured, here.peek())
    batch(() => {
      largest.value = roundUp(1.05 * (live.beginning.peek()?.truthSingularValues?.[0] ?? ofRun()))
      if (!same(values.peek(), next)) values.value = next
    })
  }
  const follow = (element: Element) => {
    const sight = watchSight(element)
    const asking = [new Latest<Float64Array>(), new Latest<Float64Array>()] as const
    const asks = [() => overall(largest.value), () => between(values.value)] as const
    const stops = [
      effect(() => {
        // Whatever moves the dots.
        void [live.measured.value, live.beginning.value, here.value]
        queue.put(values, look, !sight.value)
      }),
      ...asks.map((question, i) =>
        effect(() => {
          const { sigmas, hear } = question()
          if (sight.value || !store.playback.playing.value)
            asking[i]!.ask(() => store.kernel(depth, sigmas), hear)
        }),
      ),
    ]
    return () => {
      for (const stop of stops) stop()
      for (const one of asking) one.end()
      sight.end()
      queue.drop(values)
    }
  }
  return { picture, most, largest, values, spectrum, follow }
}

function middles(end: number): number[] {
  return Array.from({ length: fineness }, (_, i) => (end * (i + 0.5)) / fineness)
}

/** Without the last row and column, which are for the largest value; the first row at the bottom. */
function pictureOf(kernel: Float64Array): Shown {
  const side = fineness + 1
  const data = new Float64Array(fineness * fineness)
  for (let row = 0; row < fineness; row++) {
    const from = (fineness - 1 - row) * side
    data.set(kernel.subarray(from, from + fineness), row * fineness)
  }
  return { rows: fineness, columns: fineness, data }
}

/** To two digits, so that the axes stay where they are while a value creeps up. */
function roundUp(value: number): number {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) return 1
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.ceil(value / unit) * unit).toPrecision(2))
}
