import type { Clock } from '../dynamics/dynamics.ts'
import type { Spec } from '../registry/entry.ts'
import { canonicalJson } from './canonical.ts'
import type { Config, Until } from './config.ts'
import type { Problem } from './config-error.ts'

/** Where the parts of a config, each right by itself, do not go together. `clock` is that of its dynamics. */
export function disagreements(config: Config, clock: Clock): Problem[] {
  return [
    ...horizonProblems(config, clock),
    ...recordProblems(config),
    ...repeatedProbes(config.probes),
    ...truthProblems(config),
  ]
}

function horizonProblems({ until, dynamics }: Config, clock: Clock): Problem[] {
  const other: keyof Until = clock === 'time' ? 'steps' : 'time'
  const what = clock === 'time' ? 'flow time' : 'a number of steps'
  const problems: Problem[] = []
  if (until[other] !== undefined)
    problems.push({
      field: `until.${other}`,
      given: String(until[other]),
      expected: `until.${clock} (${what}, the clock of ${dynamics.kind})`,
      remedy: until[clock] === undefined ? `give until.${clock} instead` : `remove until.${other}`,
    })
  else if (until[clock] === undefined)
    problems.push({
      field: `until.${clock}`,
      given: 'nothing',
      expected: `${what} to run ${dynamics.kind} for`,
      remedy: `add until.${clock}; the limits loss and gradientNorm can end the run earlier`,
    })
  return problems
}

function recordProblems({ until: { steps }, record: { samples } }: Config): Problem[] {
  if (steps === undefined || samples <= steps) return []
  return [
    {
      field: 'record.samples',
      given: String(samples),
      expected: `at most one sample a step, ${steps} for this until.steps,`,
      remedy: `set record.samples to ${steps} or less, or leave it out`,
    },
  ]
}

function repeatedProbes(probes: readonly Spec[]): Problem[] {
  const places = new Map<string, number>()
  return probes.flatMap((probe, i) => {
    const text = canonicalJson(probe)
    const before = places.get(text)
    if (before === undefined) {
      places.set(text, i)
      return []
    }
    const expected = `a probe that differs from probes[${before}]`
    return [{ field: `probes[${i}]`, given: probe.kind, expected, remedy: `remove probes[${i}]` }]
  })
}

function truthProblems({ loss, probes }: Config): Problem[] {
  // The target of the whitened loss is the matrix that its data stand for.
  if ('truth' in loss || 'target' in loss) return []
  return probes.flatMap((probe, i) =>
    probe.kind === 'reconstructionError'
      ? [
          {
            field: `probes[${i}]`,
            given: probe.kind,
            expected: 'a probe that needs no truth (loss.truth is not given)',
            remedy: `give loss.truth or remove probes[${i}]`,
          },
        ]
      : [],
  )
}
