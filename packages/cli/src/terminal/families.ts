import { dynamics, inits, integrators, losses, matrices, networks, probes, statements } from 'linnet'

interface Listed {
  readonly kind: string
  readonly help: string
}

const families: readonly (readonly [title: string, entries: readonly Listed[]])[] = [
  ['Losses', losses.entries],
  ['Networks', networks.entries],
  ['Inits', inits.entries],
  ['Dynamics', dynamics.entries],
  ['Integrators of gradientFlow', integrators.entries],
  ['Probes', probes.entries],
  ['Sources of matrices', matrices.entries],
  ['Statements held against every run', statements.entries],
]

/** Everything a config can name, by family, a line each. */
export function familiesText(): string {
  return families
    .map(([title, entries]) => {
      const width = Math.max(...entries.map(({ kind }) => kind.length))
      return `${title}:\n${entries.map(({ kind, help }) => `  ${kind.padEnd(width)}  ${help}`).join('\n')}`
    })
    .join('\n\n')
}
