import { posix } from 'node:path'
import { withoutComments } from './sources.ts'

/** The floors of the house, lowest first: see ARCHITECTURE.md. A file imports from its own floor and those below. */
const FLOORS: readonly (readonly string[])[] = [
  ['packages/kernels/src/', 'packages/kernels/build/'],
  ['linalg/', 'engine/', 'registry/', 'input-error.ts'].map(inLibrary),
  ['data/', 'losses/', 'networks/', 'inits/'].map(inLibrary),
  ['dynamics/', 'probes/', 'simulate/', 'config/', 'files/'].map(inLibrary),
  ['theory/', 'completion/', 'index.ts'].map(inLibrary),
  ['packages/studies/src/'],
  ['packages/cli/src/', 'packages/lab/src/'],
]
const FACES = 6

/** What the packages are called in imports. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@linnet/kernels': 'packages/kernels/src/index.ts',
  '@linnet/studies': 'packages/studies/src/index.ts',
  linnet: 'packages/linnet/src/index.ts',
}

function inLibrary(part: string): string {
  return `packages/linnet/src/${part}`
}

export function floorOf(path: string): number {
  return FLOORS.findIndex((rooms) => rooms.some((room) => path.startsWith(room)))
}

/** One import: from file to file, both as paths from the root. */
export interface Import {
  readonly from: string
  readonly to: string
  /** Erased by the compiler. */
  readonly typeOnly: boolean
}

const STATIC = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\bfrom\s+)?'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'/g

/** The imports among `sources`; those of other packages (zod, …) are left out. */
export function importsOf(sources: ReadonlyMap<string, string>): Import[] {
  return [...sources].flatMap(([from, text]) => {
    const code = withoutComments(text)
    const found = [...code.matchAll(STATIC)].map(([, type, name]) => ({
      name: name!,
      typeOnly: type !== undefined,
    }))
    const dynamic = [...code.matchAll(DYNAMIC)].map(([, name]) => ({ name: name!, typeOnly: false }))
    return [...found, ...dynamic].flatMap(({ name, typeOnly }) => {
      const to = targetOf(from, name)
      return to === undefined ? [] : [{ from, to, typeOnly }]
    })
  })
}

function targetOf(from: string, name: string): string | undefined {
  // A file taken in as text is data, not code.
  if (name.endsWith('?raw')) return undefined
  // What the bundler is told of a file (`?worker&inline`) stands behind its name.
  if (name.startsWith('.')) return posix.join(posix.dirname(from), name.replace(/\?.*$/, ''))
  const owner = Object.keys(PACKAGES).find((known) => name === known || name.startsWith(`${known}/`))
  return owner === undefined ? undefined : PACKAGES[owner]
}

/** What breaks the order of the floors, a line each; empty when nothing does. */
export function misplacedImports(sources: ReadonlyMap<string, string>): string[] {
  const homeless = [...sources.keys()].filter((path) => floorOf(path) < 0)
  const imports = importsOf(sources).filter(({ from, to }) => {
    const upwards = floorOf(to) > floorOf(from)
    const acrossFaces = floorOf(to) === FACES && from.split('/')[1] !== to.split('/')[1]
    return upwards || acrossFaces || floorOf(to) < 0
  })
  return [
    ...homeless.map((path) => `${path} stands on no floor`),
    ...imports.map(({ from, to }) => `${from} (floor ${floorOf(from)}) imports ${to} (floor ${floorOf(to)})`),
  ]
}

/** Cycles among the imports that exist at run time, each as the files along it. */
export function importCycles(sources: ReadonlyMap<string, string>): string[] {
  return cyclesAmong(importsOf(sources).filter(({ typeOnly }) => !typeOnly))
}

/** Cycles among the folders right below `folder`, imports of types too, each as the folders along it. */
export function roomCycles(sources: ReadonlyMap<string, string>, folder: string): string[] {
  const roomOf = (path: string) => path.slice(folder.length).split('/')[0]!
  const imports = importsOf(sources)
    .filter(({ from, to }) => [from, to].every((path) => path.startsWith(folder)))
    .map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) }))
  return cyclesAmong(imports.filter(({ from, to }) => from !== to))
}

function cyclesAmong(arrows: readonly Pick<Import, 'from' | 'to'>[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to])
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return cycles
}
