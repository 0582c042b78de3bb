import { readFileSync } from 'node:fs'

/** The double whose bits are these 16 hexadecimal digits. */
export function fromHexadecimal(digits: string): number {
  return new Float64Array(BigUint64Array.of(BigInt(`0x${digits}`)).buffer)[0]!
}

/** A table of fixtures/, made by the script of the same name beside it. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}
