import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findRuns } from '../src/lab/find-runs.ts'
import { pageFiles } from '../src/lab/page-files.ts'
import { ask, type RunningLab, startLab } from './lab-server.ts'
import { folder, linnet, smallConfig } from './linnet.ts'

const built = fileURLToPath(new URL('../../lab/dist/folder/', import.meta.url))
const runFiles = [
  'config.json',
  'trajectory.csv',
  'certificates.json',
  'outcome.json',
  'weights.safetensors',
] as const

/** Two runs in `runs`, one of them a folder deeper and without a title. */
const cwd = folder()
const [first, second] = [join('runs', 'a'), join('runs', 'study', 'runs', 'b')]
let lab: RunningLab

beforeAll(async () => {
  const { title: _, ...untitled } = smallConfig
  for (const [config, out] of [
    [smallConfig, first],
    [untitled, second],
  ] as const) {
    writeFileSync(join(cwd, 'config.json'), JSON.stringify(config))
    expect((await linnet(['run', 'config.json', '--out', out], { cwd })).stderr).not.toMatch(/linnet:/)
  }
  lab = await startLab(['runs'], cwd)
}, 60_000)
afterAll(() => lab?.stop())

describe('what is served', () => {
  const files = readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(built.length))

  test('the files of the built lab, each with its type', async () => {
    expect(files.length).toBeGreaterThan(3)
    const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' }
    for (const file of files) {
      const { status, headers, body } = await fetch(`${lab.address}${file}`).then(async (response) => ({
        status: response.status,
        headers: response.headers,
        body: await response.text(),
      }))
      expect([file, status]).toEqual([file, 200])
      expect(headers.get('content-type')).toContain(types[file.split('.').at(-1) as keyof typeof types])
      if (file !== 'runs.json') expect(body).toBe(readFileSync(join(built, file), 'utf8'))
    }
    const page = await fetch(`${lab.address}?from=somewhere`)
    expect(await page.text()).toBe(readFileSync(join(built, 'index.html'), 'utf8'))
  })

  test('the list of saved runs, and the files of each', async () => {
    const list = (await (await fetch(`${lab.address}runs.json`)).json()) as unknown
    expect(list).toEqual([
      { name: first, title: 'Small' },
      { name: second, title: second },
    ])
    for (const [i, path] of [first, second].entries()) {
      for (const name of runFiles) {
        const response = await fetch(`${lab.address}runs/${i}/${name}`)
        const bytes = Buffer.from(await response.arrayBuffer())
        expect([name, bytes.equals(readFileSync(join(cwd, path, name)))]).toEqual([name, true])
      }
    }
  })

  test('security headers with everything, refusals too; the policy is the one of the page and more', async () => {
    const answers = await Promise.all([
      ask(lab.port, '/'),
      ask(lab.port, '/runs/0/trajectory.csv'),
      ask(lab.port, '/nowhere'),
      ask(lab.port, '/', 'evil.example'),
      ask(lab.port, '/', undefined, 'POST'),
    ])
    for (const { head } of answers) {
      expect(head).toMatch(/^X-Content-Type-Options: nosniff\r?$/m)
      expect(head).toMatch(/^Referrer-Policy: no-referrer\r?$/m)
      expect(head).toMatch(/^Cross-Origin-Resource-Policy: same-origin\r?$/m)
      expect(head).toMatch(/^Cache-Control: no-store\r?$/m)
      expect(head).not.toMatch(/Access-Control/i)
      const policy = /^Content-Security-Policy: (.*)$/m.exec(head)![1]!.trim()
      const ofPage = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(answers[0]!.body)![1]
      expect(policy).toBe(`${ofPage}; frame-ancestors 'none'`)
      expect(policy).not.toMatch(/unsafe-(inline|eval)\b(?<!wasm-unsafe-eval)/)
    }
  })

  test('HEAD gives the head alone', async () => {
    const [whole, head] = [await ask(lab.port, '/'), await ask(lab.port, '/', undefined, 'HEAD')]
    expect(head.status).toBe(200)
    expect(head.body).toBe('')
    const length = (text: string) => /Content-Length: (\d+)/.exec(text)?.[1]
    expect(length(head.head)).toBe(length(whole.head))
    expect(Number(length(whole.head))).toBe(Buffer.byteLength(whole.body))
  })
})

describe('what is refused', () => {
  test.each([
    '/../config.json',
    '/runs/0/../../config.json',
    '/%2e%2e/config.json',
    '/runs/0/%2e%2e/%2e%2e/config.json',
    '/runs/0/..%2f..%2fconfig.json',
    '//etc/passwd',
    '//runs/0/config.json',
    '/..\\config.json',
    '/runs\\0\\config.json',
    '/runs/0/report.html',
    '/runs/0/',
    '/runs/2/config.json',
    '/runs/00/config.json',
    '/config.json',
    '/index.html/',
    '/index.html%00.css',
    '/assets',
    'http://127.0.0.1/runs/0/config.json',
    'index.html',
    '/__proto__',
    `/${'a'.repeat(8000)}`,
  ])('%s is not there', async (target) => {
    const { status, body } = await ask(lab.port, target)
    expect([400, 404]).toContain(status)
    expect(body).not.toMatch(/seed|root:|<!doctype/)
  })

  test('a NUL in the address', async () => {
    expect((await ask(lab.port, '/index.html\0')).status).toBe(400)
  })

  test.each([
    'evil.example',
    'evil.example:4173',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    '',
  ])('a request that names the host %j: its page came from elsewhere', async (host) => {
    const { status, body } = await ask(lab.port, '/', host)
    expect([400, 403]).toContain(status)
    expect(body).not.toMatch(/<!doctype/)
  })

  test('both own names pass', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST'])
      expect((await ask(lab.port, '/', `${name}:${lab.port}`)).status).toBe(200)
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s', async (method) => {
    const { status, head } = await ask(lab.port, '/', undefined, method)
    expect(status).toBe(405)
    expect(head).toMatch(/Allow: GET, HEAD/)
  })

  test('links that lead out of the folders', async () => {
    const secret = join(cwd, 'secret.csv')
    writeFileSync(secret, 'seed,root\n1,2\n')
    cpSync(join(cwd, first), join(cwd, 'linked', 'a'), { recursive: true })
    symlinkSync(join(cwd, second), join(cwd, 'linked', 'b'))
    const linked = await startLab(['linked', '--port', '0'], cwd)
    const list = (await (await fetch(`${linked.address}runs.json`)).json()) as { name: string }[]
    expect(list.map(({ name }) => name)).toEqual([join('linked', 'a')])
    const target = '/runs/0/trajectory.csv'
    // Negative control: the file is served until a link takes its place.
    expect((await ask(linked.port, target)).status).toBe(200)
    rmSync(join(cwd, 'linked', 'a', 'trajectory.csv'))
    symlinkSync(secret, join(cwd, 'linked', 'a', 'trajectory.csv'))
    const { status, body } = await ask(linked.port, target)
    expect([status, body]).toEqual([404, 'the file is there no more\n'])
    await linked.stop()
  })

  test('a port that is none: a sentence, exit code 2', async () => {
    for (const port of ['abc', '-1', '70000', '80.5', '']) {
      const { code, stdout, stderr } = await linnet(['lab', '--port', port], { cwd })
      expect([port, code, stdout]).toEqual([port, 2, ''])
      expect(stderr).toContain('a whole number from 0 to 65535')
    }
  })

  test('nobody reaches it from another address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
    for (const { address } of others)
      await expect(fetch(`http://${address}:${lab.port}/`)).rejects.toThrow('fetch failed')
  })
})

test('where the lab is not built, a sentence says what to do', async () => {
  await expect(pageFiles(join(cwd, 'nowhere'))).rejects.toThrow(/not built; run `npm run build`/)
  await expect(pageFiles(cwd)).rejects.toThrow(/not built/)
})

test('Ctrl-C ends it with 0, open connections or not', async () => {
  const second = await startLab(['--port', '0'], cwd)
  await fetch(second.address)
  const { address } = second
  expect(await second.stop()).toEqual({
    code: 0,
    stdout: `The lab is at ${address} until Ctrl-C ends it.\nThe lab at ${address} has ended.\n`,
    stderr: '',
  })
  await expect(fetch(address)).rejects.toThrow('fetch failed')
})

test('without --port the next free port is taken; a port asked for and taken is a sentence', async () => {
  const another = await startLab([], cwd)
  expect(another.port).not.toBe(lab.port)
  await another.stop()
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number }
  const { code, stderr } = await linnet(['lab', '--port', String(port)], { cwd })
  holder.close()
  expect(stderr).toContain(`port ${port} is taken`)
  expect(code).toBe(2)
})

describe('folders that are no runs: a sentence, exit code 2', () => {
  const broken = (name: string, damage: (path: string) => void): string => {
    const path = join('broken', name)
    cpSync(join(cwd, first), join(cwd, path), { recursive: true })
    damage(join(cwd, path))
    return path
  }
  const cut = (file: string) => (path: string) => {
    const bytes = readFileSync(join(path, file))
    writeFileSync(join(path, file), bytes.subarray(0, bytes.length / 2))
  }
  const cases: [string, () => string, RegExp][] = [
    ['missing', () => 'nowhere', /nowhere/],
    ['a file', () => 'config.json', /config\.json is a file/],
    [
      'empty',
      () => {
        mkdirSync(join(cwd, 'empty'))
        return 'empty'
      },
      /empty is no run and holds none.*config\.json/,
    ],
    ...runFiles.map((file): [string, () => string, RegExp] => [
      `without ${file}`,
      () => broken(`without-${file}`, (path) => rmSync(join(path, file))),
      new RegExp(`broken.without-${file} has no ${file}`),
    ]),
    ...runFiles.map((file): [string, () => string, RegExp] => [
      `with half of ${file}`,
      () => broken(`half-${file}`, cut(file)),
      new RegExp(`broken.half-${file}.${file}`),
    ]),
  ]

  test.each(cases)('%s', async (_, make, sentence) => {
    const { code, stdout, stderr } = await linnet(['lab', make()], { cwd })
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect([code, stdout]).toEqual([2, ''])
  })

  test('more than five hundred runs, and not five hundred', async () => {
    const many = join(folder(), 'many')
    for (let i = 0; i < 500; i++) cpSync(join(cwd, first), join(many, `${i}`), { recursive: true })
    const runs = (await findRuns([many], () => {})).length
    expect(runs).toBe(500)
    const oneMore = join(cwd, second)
    await expect(findRuns([many, oneMore], () => {})).rejects.toThrow(
      'these folders hold 501 runs, and a page lists up to 500; name those that matter',
    )
    // The same run by two names is one.
    expect(await findRuns([many, join(many, '7')], () => {})).toHaveLength(500)
  })

  test('of those found inside a folder, broken ones are told of and left out', async () => {
    cpSync(join(cwd, first), join(cwd, 'mixed', 'good'), { recursive: true })
    cpSync(join(cwd, first), join(cwd, 'mixed', 'bad'), { recursive: true })
    rmSync(join(cwd, 'mixed', 'bad', 'outcome.json'))
    const mixed = await startLab(['mixed', '--port', '0'], cwd)
    const list = (await (await fetch(`${mixed.address}runs.json`)).json()) as { name: string }[]
    expect(list.map(({ name }) => name)).toEqual([join('mixed', 'good')])
    const { stderr } = await mixed.stop()
    expect(stderr).toMatch(/left out: mixed.bad has no outcome\.json/)
  })
})
