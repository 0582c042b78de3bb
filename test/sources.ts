import { readdirSync, readFileSync } from 'node:fs'

/** The text of every TypeScript source of the workspace by its path from the root: `packages/linnet/src/losses/lp.ts`. */
export function readSources(): Map<string, string> {
  const root = new URL('../', import.meta.url)
  const packages = readdirSync(new URL('packages/', root))
  const paths = packages.flatMap((name) =>
    readdirSync(new URL(`packages/${name}/`, root), { recursive: true, encoding: 'utf8' })
      .filter((path) => /^src\/.*\.(ts|tsx)$/.test(path) && !path.endsWith('.d.ts'))
      .map((path) => `packages/${name}/${path}`),
  )
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, root), 'utf8')]))
}

/** `text` without its comments. A `//` or `/*` begins one only at the start of a line or after a space, so that addresses survive. */
export function withoutComments(text: string): string {
  return text.replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replace(/(^|\s)\/\/.*$/gm, '$1')
}
