import { readFileSync } from 'node:fs'

/** A table of fixtures/, made by the script of the same name beside it. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}
