// Builds the lab twice over: dist/folder for any static host, dist/linnet-lab.html to open from disk. Skipped when nothing
// that goes into it has changed. Files are put in place whole, the page last, so that an interruption leaves a page that works.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const target = join(here, 'dist')
const folder = join(target, 'folder')
const file = join(target, 'linnet-lab.html')
const stamp = join(target, 'fingerprint')

const ownFiles = [
  ...['build.js', 'single-file.js', 'policy.js', 'vite.config.ts', 'tsconfig.json'],
  ...['index.html', 'package.json'],
]
const sources = [
  ...['src', 'public', ...ownFiles].map((name) => join('packages', 'lab', name)),
  ...['kernels', 'linnet', 'studies'].map((name) => join('packages', name, 'src')),
  join('packages', 'kernels', 'build', 'fingerprint'),
  'package-lock.json',
  // The gallery shows what lies there.
  'examples',
  // The bundler reads from it what JSX means and for which language it writes.
  'tsconfig.base.json',
]

/** The files under a path, as paths from `base`, or the path itself. */
function filesUnder(base, path) {
  if (!statSync(join(base, path)).isDirectory()) return [path]
  return readdirSync(join(base, path), { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(join(base, name)).isFile())
    .sort()
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => filesUnder(root, source))) {
    const content = readFileSync(join(root, path))
    hash.update(`${path.replaceAll(sep, '/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Moves what was built to where it is served from: first what the page names, then the page; at last old files go. */
function install(built) {
  const page = 'index.html'
  const fresh = filesUnder(built, '.')
  for (const name of [...fresh.filter((one) => one !== page), page]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    renameSync(join(built, name), join(folder, name))
  }
  for (const name of filesUnder(folder, '.')) if (!fresh.includes(name)) rmSync(join(folder, name))
}

/** What builds that were killed have left: no build takes an hour. */
function sweep() {
  for (const name of readdirSync(target).filter((one) => one.startsWith('part-'))) {
    const path = join(target, name)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {}
    if (Date.now() - mtimeMs > 3.6e6) rmSync(path, { recursive: true, force: true })
  }
}

async function build() {
  // Whoever calls: a test runner's own setting would build for development.
  process.env.NODE_ENV = 'production'
  const { build: bundle } = await import('vite')
  const { singleFile } = await import('./single-file.js')
  mkdirSync(target, { recursive: true })
  sweep()
  const part = mkdtempSync(join(target, 'part-'))
  try {
    const built = join(part, 'folder')
    await bundle({ root: here, logLevel: 'warn', build: { outDir: built } })
    writeFileSync(join(part, 'whole.html'), singleFile(built))
    rmSync(stamp, { force: true })
    install(built)
    renameSync(join(part, 'whole.html'), file)
    writeFileSync(join(part, 'fingerprint'), wanted)
    renameSync(join(part, 'fingerprint'), stamp)
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

const wanted = fingerprint()
const built = [join(folder, 'index.html'), file, stamp].every((path) => existsSync(path))
if (!built || readFileSync(stamp, 'utf8') !== wanted) await build()
