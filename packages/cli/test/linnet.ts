import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/linnet.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A new empty folder. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'linnet-'))
}

/** Starts the command line as a person would, in `cwd`; with `interrupt` it gets a Ctrl-C once it tells of its progress. */
export function linnet(
  args: readonly string[],
  { cwd = folder(), interrupt = false }: { readonly cwd?: string; readonly interrupt?: boolean } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (interrupt && stderr === '') child.kill('SIGINT')
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** A small config: three layers learn a 12×10 matrix by gradient flow. */
export const smallConfig = {
  title: 'Small',
  seed: 1,
  loss: {
    kind: 'completion',
    truth: { kind: 'lowRank', rows: 12, columns: 10, rank: 2 },
    observed: 70,
    normalisation: 'mean',
  },
  network: { kind: 'linear', depth: 3 },
  init: { kind: 'orthogonal', scale: 1e-3 },
  dynamics: { kind: 'gradientFlow', tolerance: 1e-8 },
  probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 4 }],
  until: { time: 200 },
  record: { samples: 30 },
}
