import { defineConfig, type Plugin } from 'vite'
import { folderPolicy, policyTag } from './policy.js'

// Built from the TypeScript sources (the `source` export condition), as the tests are.
const conditions = ['source', 'browser', 'import', 'default']

/** The built page says what it may load; while it is being worked on, Vite's own scripts come too. */
const withPolicy: Plugin = {
  name: 'policy',
  apply: 'build',
  transformIndexHtml: (html) =>
    html
      .replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${policyTag(folderPolicy)}`)
      // Vite writes this tag anew; the page finds its script by it.
      .replace('<script type="module"', '<script id="script" type="module"'),
}

export default defineConfig({
  base: './',
  resolve: { conditions },
  plugins: [withPolicy],
  build: {
    target: 'es2023',
    outDir: 'dist/folder',
    emptyOutDir: true,
    // One script and one style, nothing beside them: so that both fit into a single file.
    assetsInlineLimit: Number.POSITIVE_INFINITY,
    cssCodeSplit: false,
    modulePreload: false,
    // Workers are made of the same script, and from disk only classic ones start.
    rolldownOptions: {
      output: { format: 'iife', codeSplitting: false },
      // Only Vite's own preloading looks at it, and there is nothing to preload.
      checks: { emptyImportMeta: false },
    },
    chunkSizeWarningLimit: 3000,
  },
})
