// Elementary functions in plain WebAssembly arithmetic: the same bits on every machine and in both binaries, which a host's
// Math.exp, Math.pow or Math.sin do not promise. exp, log, pow, log1p and cbrt are musl's algorithms (ARM optimized routines,
// FreeBSD msun) as AssemblyScript's standard library carries them. Largest errors met against 60 digits, in units in the
// last place: exp, log, pow 0.52, log1p, cbrt 0.8, sin, cos 0.8, expm1 0.9.

export { expm1 } from './expm1'
export { cos, sin } from './trigonometric'

export function exp(x: f64): f64 {
  return NativeMath.exp(x)
}

export function log(x: f64): f64 {
  return NativeMath.log(x)
}

/** x^y; with y = 0 it is 1 for every x, NaN for x < 0 and y not a whole number. */
export function pow(x: f64, y: f64): f64 {
  return NativeMath.pow(x, y)
}

export function log1p(x: f64): f64 {
  return NativeMath.log1p(x)
}

export function cbrt(x: f64): f64 {
  return NativeMath.cbrt(x)
}
