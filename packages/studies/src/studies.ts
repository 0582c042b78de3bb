import { registry } from 'linnet'
import { figure3 } from './figure-3/figure-3.ts'
import type { Study } from './study.ts'

/** Every study, by name: `studies.get('figure-3')`. */
export const studies = registry<Study>('study', [figure3])

export { figure3 }
