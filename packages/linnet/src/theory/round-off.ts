/**
 * Bounds on round-off, in the standard model fl(a∘b) = (a∘b)(1+δ), |δ| ≤ u = ε/2 (Higham 2002, Accuracy and Stability of
 * Numerical Algorithms, chapter 3). All use ε = 2u, which covers the terms of second order.
 */
export const EPSILON = Number.EPSILON

/**
 * Operator-norm error of one product of matrices with all dimensions ≤ d, relative to the product of their operator norms:
 * |fl(AB) − AB| ≤ γ_d|A||B| (Higham 2002, eq. 3.13) and ‖|A|‖ ≤ ‖A‖_F ≤ √d·‖A‖ for either factor give d²·ε.
 */
export function productRoundOff(d: number): number {
  return d * d * EPSILON
}

/**
 * Error of one singular value or eigenvalue of a d×d matrix relative to the largest: backward stable algorithms promise a
 * modest multiple of d·ε (Golub, Van Loan 2013, section 8.6); the multiple allowed here.
 */
const SPECTRUM_MULTIPLE = 8

/** As said above. */
export function spectrumRoundOff(d: number): number {
  return SPECTRUM_MULTIPLE * d * EPSILON
}
