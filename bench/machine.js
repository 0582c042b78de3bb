// What the figures were measured on, without anything that names the machine.
import { cpus, platform, release, totalmem } from 'node:os'

const GIGABYTE = 2 ** 30

export function machine() {
  const [first] = cpus()
  return {
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / GIGABYTE)} GiB`,
    system: `${platform()} ${release().split('.').slice(0, 2).join('.')}`,
    node: process.version,
  }
}
