/** Widths of Helvetica-like sans-serif letters in em, enough to break lines without a layout engine. */
const narrow = new Set("ijl|.,:;'!·ˈ()[]{}ft/\\ I")
const broad = new Set('mwMW@%—∇∑→⇒')

/** Estimated width of `text` set in `size` pixels; a little generous, so that lines broken by it fit. */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const letter of text) {
    if (narrow.has(letter)) ems += 0.3
    else if (broad.has(letter)) ems += 0.9
    else if (letter >= 'A' && letter <= 'Z') ems += 0.7
    else ems += 0.57
  }
  return ems * size
}

/** Breaks `text` at spaces into lines of at most `width` pixels; a single longer word keeps its line. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (line && widthOf(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line ? [...lines, line] : lines
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const lowered = '₀₁₂₃₄₅₆₇₈₉'

/** `subscript('σ', 10)` is σ₁₀. */
export function subscript(symbol: string, index: number): string {
  return symbol + [...String(index)].map((digit) => lowered[Number(digit)]).join('')
}

const indices: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...lowered].map((letter, digit) => [String(digit), letter])),
  ...{ '+': '₊', '-': '₋', '−': '₋', i: 'ᵢ', j: 'ⱼ', k: 'ₖ', m: 'ₘ', n: 'ₙ', p: 'ₚ', r: 'ᵣ', t: 'ₜ' },
}

/** Sets indices that are written out as letters below the line where there are such letters: Wⱼ₊₁ for `W_{j+1}`; `‖W‖_F` stays. */
export function typeset(text: string): string {
  return text.replace(/_(?:\{([^{}]+)\}|([A-Za-z\d]))/g, (written, group?: string, letter?: string) => {
    const letters = [...(group ?? letter ?? '')].map((one) => indices[one])
    return letters.every((one) => one !== undefined) ? letters.join('') : written
  })
}

/** 10⁻³ for −3. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0) return '1'
  if (exponent === 1) return '10'
  const digits = [...String(Math.abs(exponent))].map((digit) => raised[Number(digit)]).join('')
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** Groups of three with thin spaces and a true minus: 200 000, −0.5. */
export function plainNumber(value: number): string {
  const [whole = '', fraction] = String(Math.abs(value)).split('.')
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole
  return `${value < 0 ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`
}

/** `digits` significant digits for people: 0.001671, 12.3, 200 000, 1.2 × 10⁻⁹; an em dash when not a number. */
export function readable(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '—'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  if (value !== 0 && (power < -4 || power >= 9)) {
    const sign = mantissa.startsWith('-') ? '−' : ''
    return `${sign}${String(Math.abs(Number(mantissa)))} × ${powerOfTen(power)}`
  }
  return plainNumber(Number(value.toPrecision(digits)))
}
