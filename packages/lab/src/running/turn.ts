/** Work between two turns, in milliseconds: what a cancelled run still does. */
const slice = 8

/** Calls `then` after messages that have come in and other runs had their turn; unlike a timer it does not wait. */
const later: (then: () => void) => void =
  // Node takes a thousand messages of one port before it looks at anything else.
  (globalThis as { setImmediate?: (then: () => void) => void }).setImmediate ?? viaMessage()

function viaMessage(): (then: () => void) => void {
  const channel = new MessageChannel()
  const waiting: (() => void)[] = []
  channel.port1.onmessage = () => waiting.shift()?.()
  return (then) => {
    waiting.push(then)
    channel.port2.postMessage(0)
  }
}

/** Takes turns with everything else in the thread: a function that waits for one when a slice of work is done. */
export function turnTaker(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < slice) return undefined
    return new Promise((resolve) =>
      later(() => {
        began = performance.now()
        resolve()
      }),
    )
  }
}
