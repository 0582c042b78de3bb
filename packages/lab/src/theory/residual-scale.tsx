import { twoDigits } from '../elements/numbers.ts'

/** Decades shown: from below double precision to the whole. */
const [least, most] = [-18, 0]

interface Props {
  readonly residual: number
  readonly tolerance: number
  /** Whether the statement is claimed of the run at all. */
  readonly isClaimed: boolean
}

/** Residual and tolerance on a line of decades: how much room there is between them. */
export function ResidualScale({ residual, tolerance, isClaimed }: Props) {
  if (!Number.isFinite(residual) || !Number.isFinite(tolerance)) return null
  const [at, allowed] = [place(residual), place(tolerance)]
  const says = `Residual ${twoDigits(residual)}, allowed ${twoDigits(tolerance)}, on a logarithmic line`
  return (
    <svg
      class={`scale ${!isClaimed ? 'unclaimed' : residual <= tolerance ? 'within' : 'beyond'}`}
      viewBox="0 0 288 44"
      role="img"
    >
      <title>{says}</title>
      <path class="axis" d="M6 22h276" />
      <path class="allowed" d={`M6 22H${allowed}`} />
      {[-16, -12, -8, -4, 0].map((decade) => (
        <g key={decade}>
          <path class="axis" d={`M${place(10 ** decade)} 19v6`} />
          <text x={place(10 ** decade)} y="40">
            {decade === 0 ? '1' : `1e${decade}`}
          </text>
        </g>
      ))}
      <path class="limit" d={`M${allowed} 13v18`} />
      <circle class="residual" cx={at} cy="22" r="4.5" />
      <text class="residual" x={at} y="10">
        {twoDigits(residual)}
      </text>
    </svg>
  )
}

/** Zero, and what is smaller than the line, stands at its foot. */
function place(value: number): number {
  const decade = value > 0 ? Math.log10(value) : least
  return 6 + (276 * (Math.min(most, Math.max(least, decade)) - least)) / (most - least)
}
