import type { StagedRun } from '../store/store.ts'
import type { Scene } from './scene.ts'

/** The first run of the lane that is looked at in detail. */
export function selectedRun({ store, held }: Scene): StagedRun | undefined {
  const firsts = held.value.filter(({ planned, pinned }) => !pinned && planned.repetition === 0)
  return firsts.find(({ planned }) => planned.lane === store.state.value.view.lane) ?? firsts[0]
}
