import { defineConfig } from 'vitest/config'
import others from './vitest.config.ts'

// Tests that judge time or memory, in a pass of their own: one after the other, beside nothing else.
export default defineConfig({
  ...others,
  test: {
    ...others.test,
    include: ['packages/*/test/**/alone/*.test.ts'],
    exclude: [],
    fileParallelism: false,
  },
})
