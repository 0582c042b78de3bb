import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'

/** A unit vector without symmetry: signs and sizes from the golden ratio's multiples, the same everywhere. */
export function genericDirectionInto(engine: Engine, out: Matrix): void {
  const golden = 0.6180339887498949
  const data = out.data
  for (let i = 0; i < data.length; i++) {
    const turn = golden * (i + 1)
    data[i] = turn - Math.floor(turn) - 0.5
  }
  engine.scaleInto(out, 1 / engine.norm(out))
}
