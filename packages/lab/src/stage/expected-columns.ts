import { type Column, type Config, makeTrajectory, type Trajectory } from 'linnet'

/** What is recorded under another name than its kind, or under several. */
const named: Readonly<Record<string, (probe: ProbeSpec, depth: number) => readonly string[]>> = {
  singularValues: ({ count }) => numbered('singularValue', count),
  layerSingularValues: ({ count }, depth) =>
    Array.from({ length: Math.min(most, depth) }, (_, j) =>
      numbered(`layer${j + 1}SingularValue`, count),
    ).flat(),
  reconstructionError: ({ measure }) => [
    `reconstructionError${{ frobenius: 'Frobenius', relative: 'Relative' }[measure ?? ''] ?? ''}`,
  ],
  unbalancedness: () => ['unbalancedness', 'relativeUnbalancedness'],
}

interface ProbeSpec {
  readonly kind: string
  readonly count?: number
  readonly measure?: string
}

/** A config may ask for more singular values of more layers than there are, and than fit into the memory of a page. */
const most = 40

function numbered(stem: string, count = 1): string[] {
  return Array.from({ length: Math.min(most, count) }, (_, r) => `${stem}${r + 1}`)
}

/**
 * What a run will look like before anything is known of it: the columns that its probes are likely to record, and one sample
 * without values. Panels drawn of it have their axes and their place, and nothing jumps when the values come.
 */
export function expectedTrajectory(
  { probes, network, until }: Config,
  columns: readonly Column[] = expectedColumns(probes, network),
): Trajectory {
  const clock = until.time === undefined ? 'steps' : 'time'
  return makeTrajectory(
    clock,
    Float64Array.of(0),
    columns,
    columns.map(() => Float64Array.of(Number.NaN)),
  )
}

function expectedColumns(probes: Config['probes'], network: Config['network']): Column[] {
  const { depth = 1 } = network as { readonly depth?: number }
  return probes
    .flatMap((probe) => named[probe.kind]?.(probe as ProbeSpec, depth) ?? [probe.kind])
    .map((name) => ({ name, symbol: name, help: name }))
}
