/** How the time axis is scaled; on a logarithmic one six decades are shown, as many as runs record. */
export type TimeScale = 'linear' | 'log'

const decades = 6

/** Share of the horizon → share of the axis, 0 … 1. */
export function toAxis(share: number, scale: TimeScale): number {
  if (scale === 'linear' || share <= 0) return Math.max(0, share)
  return Math.max(0, 1 + Math.log10(share) / decades)
}

/** Share of the axis → share of the horizon. */
export function fromAxis(place: number, scale: TimeScale): number {
  if (place <= 0) return 0
  return scale === 'linear' ? place : 10 ** (decades * (place - 1))
}
