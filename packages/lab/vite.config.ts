import { defineConfig } from 'vite'

// Built from the TypeScript sources (the `source` export condition), as the tests are.
const conditions = ['source', 'browser', 'import', 'default']

export default defineConfig({
  base: './',
  resolve: { conditions },
  worker: { format: 'iife' },
  build: { target: 'es2023', outDir: 'dist/folder', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
})
