import { theory } from 'linnet'
import { useRef } from 'preact/hooks'
import type { Store } from '../store/store.ts'
import { LaneChoice } from './lane-choice.tsx'
import { StatementList } from './statement-list.tsx'
import { StatementPage } from './statement-page.tsx'
import './statement-page.css'
import './theory.css'

/** The statements as a live list, or the page of one of them. */
export function Theory({ store }: { readonly store: Store }) {
  const { statement: kind } = store.state.value.view
  const left = useRef<string | undefined>(undefined)
  const listed = useRef(false)
  const statement = theory.statements.entries.find((one) => one.kind === kind)
  if (statement) {
    left.current = statement.kind
    return <StatementPage key={statement.kind} store={store} statement={statement} asked={listed.current} />
  }
  listed.current = true
  return (
    <>
      <h2>Theory</h2>
      <LaneChoice store={store} />
      <StatementList store={store} returnTo={left.current} />
    </>
  )
}
