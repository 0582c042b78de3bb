import { registry } from '../../registry/entry.ts'
import { dop853 } from './dop853.ts'
import type { Integrator } from './integrator.ts'
import { rkc2 } from './rkc2.ts'
import { tsit5 } from './tsit5.ts'

/** Every integrator; `auto` of the gradient flow chooses among them. */
export const integrators = registry<Integrator>('integrator', [tsit5, dop853, rkc2])
