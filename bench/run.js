// npm run bench [-- --only descent,svd] [-- --rounds 3]: measures, prints, writes results.json and results.md beside this file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { machine } from './machine.js'
import { judged, sectionLines, worse } from './report.js'

const SECTIONS = ['descent', 'products', 'svd', 'flow']
const json = new URL('results.json', import.meta.url)
const markdown = new URL('results.md', import.meta.url)

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '2' } },
})
const rounds = Number(options.rounds)
const chosen = options.only?.split(',') ?? SECTIONS
const unknown = chosen.filter((name) => !SECTIONS.includes(name))
if (unknown.length > 0 || !(Number.isInteger(rounds) && rounds > 0)) {
  process.stderr.write(
    `bench: use --only with some of ${SECTIONS.join(', ')}, and --rounds with a whole number from 1 on.\n`,
  )
  process.exit(2)
}

const before = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : { sections: {} }
const now = machine()
// Figures of another machine are no yardstick, and are not kept beside this one's.
const comparable = JSON.stringify(before.machine) === JSON.stringify(now)
const sections = comparable ? { ...before.sections } : {}
const declined = []
for (const name of chosen) {
  process.stderr.write(`${name}\n`)
  const { run } = await import(`./${name}.js`)
  const section = await run(rounds)
  if (comparable) declined.push(...worse(section, before.sections[name]))
  sections[name] = section
}

const all = SECTIONS.filter((name) => sections[name]).map((name) => sections[name])
const missed = all.flatMap(judged).filter(({ met }) => met === false)
const described = Object.entries(now).map(([what, value]) => `${what}: ${value}`)
const results = all.flatMap((section) => Object.values(section.results))
const versions = [...new Set(results.flatMap(({ version }) => version ?? []))]
const list = (lines, none) => (lines.length === 0 ? [none] : lines.map((line) => `- ${line}`))
const text = [
  '# Benchmarks',
  '',
  `Best of ${rounds} rounds, one contestant at a time, one thread each. Times are processor times of the whole process: what the clock shows on a quiet machine. Differences under 20 % mean nothing.`,
  '',
  ...described.map((line) => `- ${line}`),
  `- peers: ${versions.join(', ') || 'none found'}`,
  '',
  ...all.flatMap(sectionLines),
  '## Targets missed',
  '',
  ...list(
    missed.map(({ what, target, measured }) => `${what}: ${measured}, wanted ${target}`),
    'None.',
  ),
  '',
  '## Worse than the last time',
  '',
  ...list(declined, comparable ? 'Nothing.' : 'There are no earlier figures of this machine.'),
  '',
].join('\n')

writeFileSync(json, `${JSON.stringify({ machine: now, rounds, sections }, null, 2)}\n`)
writeFileSync(markdown, text)
process.stdout.write(text)
