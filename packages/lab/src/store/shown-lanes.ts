import type { Store } from './store.ts'

/** Names of the lanes on the stage, by lane: those of the experiment, and while it cannot be run those of the runs that stay. */
export function shownLanes({ state, problems, staged }: Pick<Store, 'state' | 'problems' | 'staged'>) {
  const asked = state.value.experiment.lanes.map(({ label }) => label)
  if (problems.value.length === 0) return asked
  const drawn: string[] = []
  for (const { planned, pinned } of staged.value) if (!pinned) drawn[planned.lane] = planned.label
  return drawn.length > 0 ? drawn : asked
}
