import { configDefaults, defineConfig } from 'vitest/config'

// Tests run on the TypeScript sources (the `source` export condition), so that no build can be stale.
const conditions = ['source', 'node', 'import', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // Those run by vitest.alone.config.ts.
    exclude: [...configDefaults.exclude, '**/alone/**'],
    testTimeout: 60_000,
    pool: 'forks',
    // Relaxed SIMD (the fma binary) needs this flag in Node 20; Node ≥ 22 has it on and ignores it.
    execArgv: ['--experimental-wasm-relaxed-simd'],
  },
})
