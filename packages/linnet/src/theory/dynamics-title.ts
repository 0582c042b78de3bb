import { dynamics } from '../dynamics/index.ts'

/** Dynamics in the middle of a sentence: `gradient descent`, `GroupRMSprop`; those without a title by their kind. */
export function titleOf(kind: string): string {
  const title = dynamics.entries.find((one) => one.kind === kind)?.title ?? kind
  const isName = /^\S*[A-Z]/.test(title.slice(1).split(' ')[0]!)
  return isName ? title : title.charAt(0).toLowerCase() + title.slice(1)
}
