import { constants } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { InputError } from 'linnet'
import { securityHeaders } from './headers.ts'
import type { Served, ServedFiles } from './served.ts'

/** Nobody but this machine. */
const LOOPBACK = '127.0.0.1'
/** Tried first where no port is asked for, then those after it. */
const FIRST_PORT = 4173
const PORTS_TRIED = 50

function end(
  response: ServerResponse,
  status: number,
  text: string,
  more: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    ...more,
  })
  response.end(text)
}

/** A page of elsewhere that has its name point to this machine comes with its own name: it is turned away. */
function isOwnHost(host: string | undefined, port: number): boolean {
  const names = [LOOPBACK, 'localhost'].flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])])
  return host !== undefined && names.includes(host.toLowerCase())
}

async function bytesOf({ content }: Served): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content
  // What was a file when the server looked at it may be a link to anything by now. Windows has no such flag.
  return readFile(content.file, { flag: constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) })
}

async function answer(request: IncomingMessage, response: ServerResponse, files: ServedFiles): Promise<void> {
  const { method, url = '', headers, socket } = request
  if (!isOwnHost(headers.host, socket.localPort!)) return end(response, 403, 'only for this machine\n')
  if (method !== 'GET' && method !== 'HEAD')
    return end(response, 405, 'only GET and HEAD\n', { Allow: 'GET, HEAD' })
  const [path] = url.split('?', 1)
  const found = files.get(path!)
  if (!found) return end(response, 404, 'there is no such file\n')
  const bytes = await bytesOf(found).catch(() => undefined)
  if (!bytes) return end(response, 404, 'the file is there no more\n')
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': found.type,
    'Content-Length': String(bytes.length),
  })
  response.end(method === 'HEAD' ? undefined : bytes)
}

function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening)
      if (error.code === 'EADDRINUSE') resolve(false)
      else if (error.code === 'EACCES')
        reject(new InputError(`port ${port} may not be used by this user; choose one above 1023 with --port`))
      else reject(error)
    }
    const onListening = () => {
      server.off('error', onError)
      resolve(true)
    }
    server.once('error', onError).once('listening', onListening).listen(port, LOOPBACK)
  })
}

export interface LabServer {
  readonly address: string
  /** Ends it, open connections too. */
  close(): Promise<void>
}

/**
 * Serves `files` on this machine alone, on the port given or, without one, on 4173 or the next free one. Throws an
 * `InputError` where the port is taken.
 */
export async function startServer(files: ServedFiles, port?: number): Promise<LabServer> {
  const server = createServer((request, response) => {
    answer(request, response, files).catch((error: unknown) => response.destroy(error as Error))
  })
  const ports = port === undefined ? Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i) : [port]
  let listening = false
  for (const one of ports) if (!listening) listening = await listen(server, one)
  if (!listening)
    throw new InputError(
      `${port === undefined ? `the ports from ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are` : `port ${port} is`} taken; choose another with --port`,
    )
  const { port: chosen } = server.address() as { port: number }
  return {
    address: `http://${LOOPBACK}:${chosen}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
