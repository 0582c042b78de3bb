import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseConfig, readTrajectoryCsv, simulate, trajectoryHash } from 'linnet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Experiment } from '../src/experiment/experiment.ts'
import { openingExperiment } from '../src/experiment/opening.ts'
import { laneConfig } from '../src/experiment/plan.ts'
import { snippetOf } from '../src/sharing/code.ts'
import { commandOf, fileName, fileNames } from '../src/sharing/command.ts'
import { configFiles } from '../src/sharing/config-files.ts'
import { runsCsv } from '../src/sharing/table.ts'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../../../', import.meta.url))
const bin = join(root, 'packages', 'cli', 'bin', 'linnet.js')

/** The opening, as small as it can be: what is tested is what is written, not what is learned. */
const short: Experiment = {
  ...openingExperiment,
  config: { ...openingExperiment.config, until: { time: 2 }, record: { samples: 5 } },
  lanes: openingExperiment.lanes.slice(0, 2),
  seeds: 2,
}

/** Parts that the opening does not have: titles with quotes, a kind that is no export of its own, nested matrices. */
const odd: Experiment = {
  config: {
    title: `it's "odd" $HOME`,
    seed: 3,
    loss: {
      kind: 'whitened',
      target: {
        kind: 'values',
        data: [
          [2, 0],
          [0, 1],
        ],
      },
    },
    network: { kind: 'linear', depth: 2 },
    init: { kind: 'balanced', target: { kind: 'gaussian', rows: 2, columns: 2, deviation: 0.1 } },
    dynamics: { kind: 'heavyBall', stepSize: 0.05, momentum: 0.5 },
    probes: [{ kind: 'singularValues', count: 2 }, { kind: 'sharpness' }],
    until: { steps: 30 },
  },
  lanes: [{ label: 'only one; rm -rf "$PWD"', changes: {} }],
  seeds: 1,
  engine: 'strict',
}

/** Label and hash of every run, as the library computes them here. */
async function hashesOf(experiment: Experiment): Promise<string[]> {
  const hashes: string[] = []
  for (const [lane] of experiment.lanes.entries())
    for (let more = 0; more < experiment.seeds; more++) {
      const config = parseConfig(laneConfig(experiment, lane))
      const run = await simulate({ ...config, seed: config.seed + more })
      hashes.push(trajectoryHash(run.trajectory))
    }
  return hashes
}

describe('what is taken away runs', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linnet-sharing-'))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test.each([
    ['the opening with two seeds', short],
    ['an odd one', odd],
  ])('the TypeScript of %s prints the hashes of the same trajectories', async (_name, experiment) => {
    await writeFile(join(folder, 'snippet.mjs'), snippetOf(experiment))
    const { stdout } = await execute(process.execPath, ['snippet.mjs'], { cwd: folder })
    const printed = stdout.match(/\b[0-9a-f]{64}\b/g)
    expect(printed).toEqual(await hashesOf(experiment))
    expect(new Set(printed).size).toBe(printed!.length)
  })

  // That npx finds the program is seen once: every start of it takes seconds.
  const shortcut = `npx() { shift; '${process.execPath}' '${bin}' "$@"; }\n`
  test.concurrent.each([
    ['several lanes', { ...short, seeds: 1 }, ''],
    ['an odd one with two seeds', { ...odd, seeds: 2 }, shortcut],
  ])('the command of %s writes the same trajectories', async (_name, experiment, before) => {
    const { stdout } = await execute('bash', ['-euc', before + commandOf(experiment)], { cwd: folder })
    const reports = [...stdout.matchAll(/^report: (.*)report\.html$/gm)].map(([, path]) => path!)
    const hashes = await Promise.all(
      reports.map(async (path) => {
        const text = await readFile(join(folder, path, 'trajectory.csv'), 'utf8')
        return trajectoryHash(readTrajectoryCsv(text))
      }),
    )
    expect(hashes).toEqual(await hashesOf(experiment))
  })
})

describe('what is written', () => {
  test('the TypeScript uses the entries by name, and says what lanes share once', () => {
    const code = snippetOf(short)
    expect(code).toContain('completion({')
    expect(code.match(/spectrum\(/g)).toHaveLength(1)
    expect(code).toContain('["depth 1", { ...common, network: linear({ depth: 1 }) }]')
  })

  test.each([
    ['depth 2', 'depth-2'],
    ['Größe ½ / α = 1e-3', 'gro-e-1-2-1e-3'],
    ['../../etc/passwd', 'etc-passwd'],
    ['…', 'linnet'],
  ])('%s is a file name: %s', (title, name) => {
    expect(fileName(title)).toBe(name)
  })

  test('lanes whose names differ only in what files do not have get files of their own', () => {
    const labels = ['scale 1', 'scale -1', 'scale 1-2', 'λ', 'σ']
    expect(fileNames(labels.map((label) => ({ label })))).toEqual([
      'scale-1',
      'scale-1-2',
      'scale-1-2-2',
      'linnet',
      'linnet-2',
    ])
    const signs: Experiment = {
      ...odd,
      lanes: [1, -1].map((seed) => ({ label: `seed ${seed}`, changes: { seed } })),
    }
    expect(configFiles(signs).map(({ file, text }) => [file, JSON.parse(text).seed])).toEqual([
      ['seed-1.json', 1],
      ['seed-1-2.json', -1],
    ])
    expect(commandOf(signs)).toContain('linnet run seed-1-2.json')
  })

  test('what a link calls a kind is no code', () => {
    const kind = `loss(); fetch("//elsewhere")`
    const code = snippetOf({
      ...odd,
      config: { ...odd.config, loss: { kind }, probes: [{ kind }, { kind: 'loss' }, kind, [kind]] },
    })
    expect(code.replaceAll(JSON.stringify(kind), '')).not.toContain('fetch')
    expect(code).toContain('probes.loss')
  })

  test('the table of all runs names label and seed, and repeats the header where columns change', async () => {
    const run = await simulate(parseConfig(laneConfig(odd, 0)))
    const lossOnly = await simulate(parseConfig({ ...laneConfig(odd, 0), probes: [{ kind: 'loss' }] }))
    const rows = runsCsv([
      { label: 'a, "b"', seed: 3, trajectory: run.trajectory },
      { label: '=1+1', seed: 4, trajectory: lossOnly.trajectory },
    ]).split('\n')
    expect(rows[0]).toBe('run,seed,steps,singularValue1,singularValue2,sharpness')
    expect(rows[1]).toMatch(/^"a, ""b""",3,0,/)
    expect(rows[run.trajectory.positions.length + 1]).toBe('run,seed,steps,loss')
    expect(rows.at(-2)).toMatch(/^'=1\+1,4,30,/)
  })
})
