import { completion, gradientFlow, identity, linear, lowRank, probes, simulate, theory } from 'linnet'

const truth = lowRank({ rows: 100, columns: 100, rank: 5, frobenius: 100, seed: 1 })
const run = await simulate({
  loss: completion({ truth, observed: 2000, normalisation: 'mean', seed: 2 }),
  network: linear({ depth: 3 }),
  init: identity({ scale: 1e-3 }),
  dynamics: gradientFlow({ tolerance: 1e-6 }),
  probes: [probes.loss, probes.singularValues(10), probes.unbalancedness],
  until: { time: 2e4 },
})
for (const certificate of theory.certify(run)) console.log(certificate.summary)
