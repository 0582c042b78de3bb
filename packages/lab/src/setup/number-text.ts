/** The number that a text stands for; what people paste (−, spaces, a decimal comma is refused) is read as they mean it. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace(/[\u2212\u2013]/g, '-')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** Numbers between commas, semicolons or white space. */
export function readNumbers(text: string): number[] | undefined {
  const cells = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(/[\s,;]+/)
    .filter((cell) => cell !== '')
  const values = cells.map(readNumber)
  return values.length > 0 && values.every((value) => value !== undefined) ? values : undefined
}

/** Rows of numbers, a line each. */
export function readRows(text: string): number[][] | undefined {
  const lines = text
    .replace(/\]\s*,\s*\[/g, '\n')
    .replace(/[[\]]/g, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const rows = lines.map(readNumbers)
  return rows.length > 0 && rows.every((row) => row !== undefined) ? rows : undefined
}

/** Short, and the same number when it is read again. */
export function writeNumber(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return String(value)
  const short = value.toExponential().replace('e+', 'e')
  // 1234567 is shorter than 1.234567e6.
  return short.length < String(value).length ? short : String(value)
}

/** Digits that can be told apart on a control: `4.137`, `0.0021`. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits))
}

export function noNumber(text: string): string {
  if (text.trim() === '') return 'Nothing is given; write a number such as 0.001 or 1e-3.'
  return /^\s*[-\u2212]?\d+,\d+\s*$/.test(text)
    ? `“${text.trim()}” has a decimal comma; write ${text.trim().replace(',', '.')}.`
    : `“${shortened(text)}” is no number; write one such as 0.001 or 1e-3.`
}

export function shortened(text: string): string {
  const plain = text.trim()
  return plain.length > 24 ? `${plain.slice(0, 24)}…` : plain
}
