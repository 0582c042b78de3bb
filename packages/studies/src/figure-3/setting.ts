/**
 * The synthetic row of figure 3 of Arora, Cohen, Hu and Luo 2019 (arXiv 1905.13655), as far as their paper and code say it.
 * Where the two leave a doubt, the reason for the choice stands here.
 */

/** W* is size×size. */
export const size = 100
export const rank = 5
/** ‖W*‖_F, so that the entries have root mean square 1. */
export const frobenius = 100
/** Entries seen, drawn uniformly without replacement. */
export const observed = 2000
/** W(0) = start·I at every depth. */
export const start = 1e-3
/**
 * The configuration file published with the code says 0.01, but the published plot was made with 0.1: the time constant of
 * depth 1 is observed/(2·stepSize) steps, and the plot shows 10⁴; the first jump of depth 3 agrees.
 */
export const stepSize = 0.1
export const steps = 200_000
/** Flow time of as many steps. */
export const horizon = 20_000
export const depths = [1, 2, 3] as const
export type Depth = (typeof depths)[number]
/** Singular values followed. */
export const followed = 10
/** The published plots end about here; what comes later are flat lines. */
export const plotted = 30_000
