import { ConfigError, parseConfig } from 'linnet'
import { describe, expect, it } from 'vitest'
import { assemble } from '../src/assemble.ts'
import { drawFigure } from '../src/figure/draw.ts'
import { studies } from '../src/studies.ts'
import { document, malformed } from './page.ts'
import { syntheticRun } from './synthetic.ts'

/** What every study must be; a new one is held to it by standing in the registry. */
describe.each(studies.entries.map((study) => [study.kind, study] as const))('the study %s', (_, study) => {
  const plans = [study.plan(), study.plan({ quick: true }), study.plan({ seeds: [11, 12] })]

  it('says what it is and where it is from', () => {
    expect(study.claim.split(/\.\s|;\s/).length).toBeLessThanOrEqual(3)
    expect(study.source).toMatch(/\d{4} \(arXiv \d{4}\.\d{4,5}\)/)
    expect(study.citation.arxiv).toMatch(/^\d{4}\.\d{4,5}$/)
    expect(study.citation.bibtex).toMatch(/^@\w+\{/)
  })

  it('gives every published number its evidence, source and precision', () => {
    expect(study.quantities.some(({ published }) => published)).toBe(true)
    expect(new Set(study.quantities.map(({ id }) => id)).size).toBe(study.quantities.length)
    for (const { published, definition } of study.quantities) {
      expect(definition).not.toBe('')
      if (!published) continue
      expect(['reported', 'read off the plot']).toContain(published.evidence)
      expect(published.source).toMatch(/\d{4}/)
      expect(published.precision).toBeGreaterThan(0)
      expect(published.precision).toBeLessThan(1)
      expect(Number.isFinite(published.value)).toBe(true)
    }
  })

  it('plans runs with unique names fit for files, seeded as asked', () => {
    for (const plan of plans) {
      expect(plan.length).toBeGreaterThan(0)
      expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length)
      for (const { id, seed, config } of plan) {
        expect(id).toMatch(/^[a-z0-9-]+$/)
        expect(config.seed).toBe(seed)
      }
    }
    expect(plans[1]!.length).toBeLessThan(plans[0]!.length)
    expect(new Set(plans[2]!.map(({ seed }) => seed))).toEqual(new Set([11, 12]))
  })

  it('plans configs that the library accepts, and that record what the study reads', () => {
    for (const { config } of plans.flat()) expect(() => parseConfig(config)).not.toThrow()
    const [{ config }] = plans[0] as [(typeof plans)[0][number]]
    expect(() => parseConfig({ ...config, network: { kind: 'linear', depth: -1 } })).toThrow(ConfigError)
  })

  it('measures only its own quantities, and draws its figure, from any part of its runs', () => {
    const runs = plans[1]!.map((planned) =>
      syntheticRun(planned, (r, step) => (11 - r) * (1 - 1 / (1 + step / 1e4))),
    )
    for (const some of [runs, runs.slice(1), runs.slice(0, 1)]) {
      const result = assemble(study, some, Math)
      expect(result.comparison.rows.length).toBeGreaterThan(0)
      expect(malformed(drawFigure(result.figure, document))).toBeUndefined()
      expect(result.certificates).toHaveLength(some.length)
    }
  })
})
