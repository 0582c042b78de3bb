import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../../dist/folder', import.meta.url))

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

export interface PlainHost {
  readonly server: Server
  readonly address: string
}

/** A page without the policy that it gives itself. */
export function withoutPolicy(page: string): string {
  const bare = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
  if (bare === page) throw new Error('the page has no policy')
  return bare
}

/** A host of static files as plain as can be, the lab in a folder of it; it may send headers, and change the page. */
export async function plainHost(
  headers: Readonly<Record<string, string>> = {},
  change: (page: string) => string = (page) => page,
): Promise<PlainHost> {
  const server = createServer(({ url = '' }, response) => {
    try {
      const name = url.replace(/^\/some\/where\//, '') || 'index.html'
      const content = readFileSync(join(built, name), 'utf8')
      const type = types[name.split('.').at(-1)!] ?? 'application/json'
      response.writeHead(200, { ...headers, 'Content-Type': type })
      response.end(name === 'index.html' ? change(content) : content)
    } catch {
      response.writeHead(404).end()
    }
  })
  return { server, address: `http://127.0.0.1:${await listening(server)}/some/where/` }
}

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}
