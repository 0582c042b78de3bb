// Compiles the AssemblyScript kernels twice, once without fused multiply-add (`strict`) and once with it (`fma`), and
// writes each binary as .wasm and as a base64 module: a module loads alike in Node, in a page, in a worker and from a
// single HTML file opened from disk, where fetch() of a .wasm would be refused.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const source = join(here, 'assembly')
const target = join(here, 'build')
const binaries = [
  { name: 'strict', flags: [] },
  { name: 'fma', flags: ['--enable', 'relaxed-simd'] },
]
const shared = ['-O3', '--converge', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--use', 'abort=']

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)))
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.ts')) hash.update(file).update(readFileSync(join(source, file)))
  }
  return hash.digest('hex')
}

function writeWhole(file, content) {
  writeFileSync(`${file}.part`, content)
  renameSync(`${file}.part`, file)
}

async function compile(asc, { name, flags }) {
  const wasm = `${name}.wasm`
  const { error, stdout, stderr } = await asc.main(
    [join(source, 'index.ts'), '--baseDir', here, '--outFile', wasm, ...shared, ...flags],
    {
      writeFile: (_file, content) => writeWhole(join(target, wasm), content),
    },
  )
  process.stdout.write(stdout.toString())
  process.stderr.write(stderr.toString())
  if (error) throw error
  const base64 = readFileSync(join(target, wasm)).toString('base64')
  writeWhole(join(target, `${name}.js`), `export default '${base64}'\n`)
  writeWhole(join(target, `${name}.d.ts`), 'declare const base64: string\nexport default base64\n')
}

const stamp = join(target, 'fingerprint')
const wanted = fingerprint()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  const { default: asc } = await import('assemblyscript/asc')
  mkdirSync(target, { recursive: true })
  for (const binary of binaries) await compile(asc, binary)
  writeWhole(stamp, wanted)
}
