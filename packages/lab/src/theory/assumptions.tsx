import type { Assumption } from 'linnet'
import { twoDigits } from '../elements/numbers.ts'
import { WithIndices } from '../elements/with-indices.tsx'

/** What the theorem asks for, each with the number that decides. */
export function Assumptions({ assumptions }: { readonly assumptions: readonly Assumption[] }) {
  return (
    <ul class="assumptions">
      {assumptions.map(({ name, holds, measured, threshold, explanation }) => (
        <li key={name} class={holds ? 'met' : 'unmet'}>
          <strong>{name}</strong> <em>{holds ? 'met' : 'not met'}</em>
          <span class="detail">
            <WithIndices text={explanation} />
            {!isYesOrNo(measured, threshold) &&
              ` (measured ${twoDigits(measured)}, threshold ${twoDigits(threshold)})`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Some assumptions are true or not, 1 or 0 against 1: their number says nothing more. */
function isYesOrNo(measured: number, threshold: number): boolean {
  return threshold === 1 && (measured === 0 || measured === 1)
}
