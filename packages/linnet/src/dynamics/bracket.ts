/** More iterations than bisection every third step needs to split an interval down to rounding. */
const MOST_ITERATIONS = 160

/**
 * Where f ceases to be positive: the right end of a bracket in [0, 1], no wider than `width`, around a change of sign;
 * `atZero` = f(0) > 0, and `atOne` = f(1) is not positive (or not a number). Regula falsi after Illinois (Dahlquist and
 * Björck 1974, 6.2), every third step a bisection, so that no function can hold it up.
 */
export function firstNotPositive(
  f: (x: number) => number,
  atZero: number,
  atOne: number,
  width: number,
): number {
  let a = 0
  let b = 1
  let fa = atZero
  let fb = atOne
  let lastMoved: 'a' | 'b' | undefined
  for (let i = 1; i <= MOST_ITERATIONS && b - a > width; i++) {
    const secant = a + ((b - a) * fa) / (fa - fb)
    const inside = secant > a && secant < b && i % 3 !== 0
    // Kept half a width off both ends, so that the bracket closes when the secant has found the place.
    const x = inside ? Math.min(b - width / 2, Math.max(a + width / 2, secant)) : (a + b) / 2
    const fx = f(x)
    if (fx > 0) {
      if (lastMoved === 'a') fb /= 2
      a = x
      fa = fx
      lastMoved = 'a'
    } else {
      if (lastMoved === 'b') fa /= 2
      b = x
      fb = fx
      lastMoved = 'b'
    }
  }
  return b
}
