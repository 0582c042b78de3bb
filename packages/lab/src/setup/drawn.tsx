import { createContext, type FunctionComponent } from 'preact'
import { useContext } from 'preact/hooks'
import type { Control } from './control.ts'

type Draws = FunctionComponent<{ readonly control: Control }>

const context = createContext<Draws>(() => null)

/** Says how controls are drawn: specs hold controls that may be specs. */
export const DrawnBy = context.Provider

export function Drawn({ control }: { readonly control: Control }) {
  const Draw = useContext(context)
  return <Draw control={control} />
}
