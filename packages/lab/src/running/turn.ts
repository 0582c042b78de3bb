/** Work between two turns, in milliseconds: what a cancelled run still does. */
const slice = 8

const channel = new MessageChannel()
const waiting: (() => void)[] = []
channel.port1.onmessage = () => waiting.shift()?.()

/** Lets messages and other runs in; unlike a timer it does not wait. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    channel.port2.postMessage(0)
  })
}

/** Takes turns with everything else in the thread: a function that waits for one when a slice of work is done. */
export function turnTaker(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < slice) return undefined
    return turn().then(() => {
      began = performance.now()
    })
  }
}
