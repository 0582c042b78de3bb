/** Two digits, as in the sentences of certificates: `0.31`, `1.6e-12`. */
export function twoDigits(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : `${value}`
  const size = Math.abs(value)
  return size >= 0.01 && size < 1e4 ? `${Number(value.toPrecision(2))}` : value.toExponential(1)
}

/** A measured number in a list: whole numbers as they are, others to four digits. */
export function measuredNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return `${value}`
  if (!Number.isFinite(value)) return twoDigits(value)
  const size = Math.abs(value)
  return size >= 0.001 && size < 1e5 ? `${Number(value.toPrecision(4))}` : value.toExponential(2)
}
