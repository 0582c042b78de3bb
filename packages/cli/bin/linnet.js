#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (!existsSync(main)) {
  process.stderr.write('linnet: not built yet; run `npm run build` in the folder of the project first\n')
  process.exit(2)
}
await import(new URL('../dist/interrupt.js', import.meta.url).href)
await import(main.href)
