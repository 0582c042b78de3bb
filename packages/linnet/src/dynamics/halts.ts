import type { Clock, Halt } from './dynamics.ts'

/** Up to four significant digits: `0.1333`, `1.5e-7`, `200000`, `1.342e12`. */
export function written(x: number): string {
  const rounded = Number(x.toPrecision(4))
  return Math.abs(rounded) < 1e9 ? String(rounded) : rounded.toExponential().replace('+', '')
}

/** The sentences of runs that end, one function a reason. `at` is where: `time 12.5` or `step 100`. */
export const halts = {
  loss: (at: string, loss: number, limit: number): Halt => ({
    reason: 'loss',
    message: `the loss ${written(loss)} reached the limit ${written(limit)} at ${at}`,
  }),
  gradientNorm: (at: string, norm: number, limit: number): Halt => ({
    reason: 'gradientNorm',
    message: `the gradient norm ${written(norm)} reached the limit ${written(limit)} at ${at}`,
  }),
  diverged: (at: string, loss: number, limit: number, advice: string): Halt => ({
    reason: 'diverged',
    message: `${
      Number.isFinite(loss)
        ? `the loss ${written(loss)} passed the limit ${written(limit)}`
        : 'the loss is no longer a finite number'
    } at ${at}: ${advice}`,
  }),
  stalled: (at: string, advice: string): Halt => ({
    reason: 'stalled',
    message: `no step is small enough at ${at}: ${advice}`,
  }),
  horizon: (clock: Clock, horizon: number): Halt => ({
    reason: 'horizon',
    message: `the horizon of ${written(horizon)} ${clock === 'time' ? 'units of flow time' : 'steps'} was reached`,
  }),
  interrupted: (): Halt => ({
    reason: 'interrupted',
    message: 'interrupted; everything up to here is kept',
  }),
  validation: (time: number): Halt => ({
    reason: 'validation',
    message: `the validation error has not improved since time ${written(time)}; the weights of that time were kept`,
  }),
  fitted: (): Halt => ({
    reason: 'fitted',
    message: 'the training entries are fitted to six digits; nothing is left to learn',
  }),
}
