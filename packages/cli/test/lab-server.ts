import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/linnet.js', import.meta.url))

/** `linnet lab`, running. */
export interface RunningLab {
  /** `http://127.0.0.1:4173/` */
  readonly address: string
  readonly port: number
  /** Sends Ctrl-C and waits for the end. */
  stop(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** Starts `linnet lab` as a person would and waits until it tells its address. */
export function startLab(args: readonly string[], cwd: string): Promise<RunningLab> {
  const child = spawn(process.execPath, [bin, 'lab', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const address = /http:\/\/\S+/.exec(stdout)?.[0]
      if (!address) return
      const stop = async () => {
        child.kill('SIGINT')
        return { code: await ended, stdout, stderr }
      }
      resolve({ address, port: Number(new URL(address).port), stop })
    })
    void ended.then((code) => reject(new Error(`linnet lab ended with ${code}: ${stderr}`)))
  })
}

export interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** One request exactly as written: `fetch` would tidy up the address first. */
export function ask(
  port: number,
  target: string,
  host = `127.0.0.1:${port}`,
  method = 'GET',
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => {
      const named = host === '' ? '' : `Host: ${host}\r\n`
      socket.write(`${method} ${target} HTTP/1.1\r\n${named}Connection: close\r\n\r\n`, 'latin1')
    })
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    socket.on('error', reject).on('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n')
      resolve({ status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') })
    })
  })
}
