/** A name of the code as words: `stepSize` → `step size`, `σ1Squared` → `σ1 squared`. */
export function inWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
}
