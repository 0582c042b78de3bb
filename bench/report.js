// Sections of figures as Markdown, with the targets met and missed and what changed since the last time.

/** Changes below this are noise on a machine that does other things as well. */
const NOISE = 0.2
const MEGABYTE = 2 ** 20

const short = (number) =>
  number >= 1000
    ? Math.round(number).toLocaleString('en').replaceAll(',', ' ')
    : Number(number.toPrecision(3)).toString()

const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
]

/** How many times better ours is than the peer, or undefined where one of them is absent. */
function ratio({ results, better }, { key, ours, peer }) {
  const [mine, theirs] = [results[ours]?.figures?.[key], results[peer]?.figures?.[key]]
  if (mine === undefined || theirs === undefined) return undefined
  return better === 'less' ? theirs / mine : mine / theirs
}

/** Every target of a section with what was measured: { what, target, measured, met }; met is undefined where nothing was. */
export function judged(section) {
  const ratios = section.targets.map((target) => {
    const measured = ratio(section, target)
    return {
      what: `${target.what}, ${target.key}`,
      target: `≥ ${short(target.least)}×`,
      measured: measured === undefined ? 'not measured' : `${short(measured)}×`,
      met: measured === undefined ? undefined : measured >= target.least,
    }
  })
  const checks = (section.checks ?? []).map(({ what, measured, most }) => ({
    what,
    target: `≤ ${most}`,
    measured: measured.toExponential(1),
    met: measured <= most,
  }))
  return [...ratios, ...checks]
}

const verdict = ({ met }) => (met === undefined ? '–' : met ? 'met' : 'MISSED')

function figures({ rows, results, unit }) {
  const present = Object.entries(results).filter(([, result]) => !result.absent)
  const body = rows.map((row) => [row, ...present.map(([, result]) => short(result.figures[row]))])
  const memory = present.map(([, { peakMemory }]) => `${Math.round(peakMemory / MEGABYTE)} MiB`)
  return table([unit, ...present.map(([name]) => name)], [...body, ['peak memory of the process', ...memory]])
}

export function sectionLines(section) {
  const absent = Object.entries(section.results).filter(([, result]) => result.absent)
  const targets = judged(section)
  return [
    `## ${section.title}`,
    '',
    ...figures(section),
    '',
    ...absent.map(([name, result]) => `Not measured: ${name}: ${result.absent}`),
    ...(section.notes ?? []).map((note) => `- ${note}`),
    '',
    ...(targets.length === 0
      ? []
      : table(
          ['target', 'wanted', 'measured', ''],
          targets.map((target) => [target.what, target.target, target.measured, verdict(target)]),
        )),
    '',
  ]
}

/** What is worse than in the results of the last time, by more than noise. */
export function worse(section, before) {
  if (before === undefined) return []
  const lines = []
  for (const [name, { figures = {} }] of Object.entries(section.results))
    for (const [key, now] of Object.entries(figures)) {
      const then = before.results[name]?.figures?.[key]
      if (then === undefined) continue
      const loss = section.better === 'less' ? now / then - 1 : then / now - 1
      if (loss > NOISE)
        lines.push(`${section.title}: ${name}, ${key}: ${short(then)} → ${short(now)} ${section.unit}`)
    }
  return lines
}
