/** Seconds as people read them: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

/** A rate with three digits and a prefix: `1.24 k/s`. */
export function rate(perSecond: number, unit: string): string {
  if (!Number.isFinite(perSecond) || perSecond <= 0) return `– ${unit}/s`
  const prefixes = ['', 'k', 'M', 'G']
  let scaled = perSecond
  let prefix = 0
  while (scaled >= 999.5 && prefix < prefixes.length - 1) {
    scaled /= 1000
    prefix++
  }
  return `${scaled.toPrecision(3)} ${prefixes[prefix]}${unit}/s`
}
