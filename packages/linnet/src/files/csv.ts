/**
 * A table as CSV: cells separated by commas and quoted where they need it as in RFC 4180, lines ended by `\n` (which tools on every
 * system read; the RFC has `\r\n`).
 */
export function writeCsv(lines: Iterable<Iterable<string | number>>): string {
  let text = ''
  for (const line of lines) text += `${Array.from(line, cell).join(',')}\n`
  return text
}

/** Numbers in their shortest form that reads back as the same double; quotes around what would not read back otherwise. */
function cell(value: string | number): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
