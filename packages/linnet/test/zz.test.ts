import { it } from 'vitest'
import { simulate, theory } from '../src/index.ts'
it('x', async () => {
  const out: [number, string][] = []
  for (const [name, loss] of [['c6', { kind: 'completion', truth: { kind: 'lowRank', rows: 6, columns: 5, rank: 2 }, observed: 24 }], ['c20', { kind: 'completion', truth: { kind: 'lowRank', rows: 20, columns: 20, rank: 3 }, observed: 200, normalisation: 'mean' }], ['w', { kind: 'whitened', target: { kind: 'gaussian', rows: 4, columns: 3 } }], ['lp', { kind: 'lp', power: 4, truth: { kind: 'gaussian', rows: 3, columns: 4 }, samples: 20 }]] as const)
  for (const init of [{ kind: 'balanced', scale: 0.01 }, { kind: 'gaussian', deviation: 0.4 }])
  for (const depth of [2, 3, 5])
  for (const integrator of ['auto', 'tsit5', 'dop853', 'rkc2'])
  for (const tolerance of [1e-2, 1e-4, 1e-6, 1e-8, 1e-10]) {
    if (integrator === 'rkc2' && tolerance < 1e-7) continue
    const run = await simulate({ loss, network: { kind: 'linear', depth, widths: 20 < depth ? 1 : (name === 'c20' ? 20 : 6) }, init, dynamics: { kind: 'gradientFlow', integrator, tolerance }, until: { time: name[0] === 'c' ? 100 : 5 }, seed: 3, probes: [{ kind: 'loss' }], record: { samples: 20, snapshots: 21 } })
    for (const s of run.snapshots.slice(-1)) {
      const one = { ...run, snapshots: [run.snapshots[0]!, s] }
      const [c] = theory.certify(one, { statements: ['conservation'] })
      const norms = Math.max(...[run.snapshots[0]!, s].flatMap((q) => q.layers.map((l) => run.objective.engine.scoped(() => run.objective.engine.singularValues(run.objective.engine.copyIn(l))[0]!))))
      const bare = 2 * Math.SQRT2 * norms * s.accounts.localErrors
      out.push([c!.numbers['largestDrift']! / bare, [name, init.kind, depth, integrator, tolerance, s.position].join(' ')])
    }
  }
  out.sort((a, b) => b[0] - a[0])
  for (const [r, n] of out.slice(0, 12)) console.log(r.toFixed(4), n)
  const worst: Record<string, number> = {}
  for (const [r, n] of out) { const k = n.split(' ').slice(3, 5).join(' '); worst[k] = Math.max(worst[k] ?? 0, r) }
  console.log(worst)
}, 300000)
