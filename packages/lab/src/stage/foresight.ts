/** What is known of the prediction of one run. */
export interface Foreseen {
  /** What is predicted, in a sentence. */
  readonly claim?: string | undefined
  /** Why nothing is, in a sentence. */
  readonly reason?: string | undefined
}

/** What the dashed curves of a lane are, or why there are none; nothing while that is not known. `seeds` are the runs of the lane. */
export function foresight(seeds: readonly Foreseen[]): string | undefined {
  const reasons = seeds.flatMap(({ reason }) => reason ?? [])
  const claims = seeds.flatMap(({ claim }) => claim ?? [])
  if (reasons[0] !== undefined) {
    const of =
      reasons.length < seeds.length
        ? `of ${reasons.length} of ${seeds.length} seeds, and so not of their median`
        : 'here'
    return `Nothing is predicted ${of}. ${reasons[0]}`
  }
  if (claims[0] === undefined || claims.length < seeds.length) return undefined
  const median = seeds.length > 1 ? ' The median of what is predicted for each seed.' : ''
  return `${dashed(claims[0])}${median}`
}

/** `Theorem 1: the flow.` becomes `Dashed, by Theorem 1: the flow.` */
function dashed(claim: string): string {
  const [, source, what] = /^(Theorem \w+): (.*)$/.exec(claim) ?? []
  return source
    ? `Dashed, by ${source}: ${what}`
    : `Dashed: ${claim.charAt(0).toLowerCase()}${claim.slice(1)}`
}

/** The sentences of all lanes: said once where it is the same of several. */
export interface Foresights {
  readonly shared?: string
  /** By lane. */
  readonly own: readonly (string | undefined)[]
}

export function foresights(lanes: readonly (readonly Foreseen[])[]): Foresights {
  const own = lanes.map(foresight)
  const [first] = own
  if (own.length < 2 || first === undefined || own.some((sentence) => sentence !== first)) return { own }
  return { shared: first, own: own.map(() => undefined) }
}
