import { entry } from '../registry/entry.ts'
import type { Probe } from './probe.ts'

/**
 * The integrator's last estimate of the spectral radius of ∇²φ (the sharpness, where ∇²φ has no larger negative eigenvalue); not
 * a number where the dynamics make no such estimate. Column `spectralRadius`.
 */
export const spectralRadius = entry(
  {
    kind: 'spectralRadius',
    title: 'Spectral radius',
    symbol: '\\rho(\\nabla^2\\phi)',
    help: 'the estimate of the spectral radius of the Hessian that a stabilised integrator works with',
    source: 'Sommeijer, Shampine, Verwer 1998, RKC: an explicit solver for parabolic PDEs, section 2',
  },
  {},
  {
    create: (): Probe => ({
      columns: [
        {
          name: 'spectralRadius',
          symbol: '\\rho(\\nabla^2\\phi)',
          help: 'last estimate of the spectral radius of the Hessian; not a number where none is made',
        },
      ],
      read: (moment) => [moment.accounts.spectralRadius ?? Number.NaN],
    }),
  },
)
