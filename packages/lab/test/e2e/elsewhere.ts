import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { listening } from './plain-host.ts'

/** A host of somebody else's: it lets everybody in, and counts what is asked for. */
export interface Elsewhere {
  readonly server: Server
  readonly address: string
  /** Paths asked for. */
  readonly asked: Set<string>
}

export async function elsewhere(pages: Readonly<Record<string, string>> = {}): Promise<Elsewhere> {
  const asked = new Set<string>()
  const server = createServer(({ url = '' }, response) => {
    asked.add(url)
    const page = pages[url]
    const type = page ? 'text/html' : url === '/script' ? 'text/javascript' : 'text/css'
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': type }).end(page ?? '')
  })
  server.on('upgrade', ({ url = '' }, socket) => {
    asked.add(url)
    socket.destroy()
  })
  return { server, address: `http://127.0.0.1:${await listening(server)}`, asked }
}

/** What an injection may reach for elsewhere; each is asked for under its own name. */
export const reaches = ['/script', '/style', '/image', '/frame', '/fetch', '/beacon', '/events', '/socket']

/** What an injection may run here; each leaves its name. */
export const runs = ['element', 'handler', 'address', 'evaluated']

/** Tries everything that an injection could, and tells what of `runs` was run. */
export async function attack(page: Page, address: string): Promise<readonly string[]> {
  await page.evaluate((there) => {
    const add = <K extends keyof HTMLElementTagNameMap>(name: K, set: Partial<HTMLElementTagNameMap[K]>) => {
      const element = Object.assign(document.createElement(name), set)
      document.body.append(element)
      return element
    }
    add('script', { textContent: 'window.ran_element = 1' })
    const button = add('button', {})
    button.setAttribute('onclick', 'window.ran_handler = 1')
    button.click()
    add('a', { href: 'javascript:void(window.ran_address = 1)' }).click()
    add('script', { src: `${there}/script` })
    add('link', { rel: 'stylesheet', href: `${there}/style` })
    add('img', { src: `${there}/image` })
    add('iframe', { src: `${there}/frame` })
    void fetch(`${there}/fetch`).catch(() => undefined)
    navigator.sendBeacon(`${there}/beacon`)
    for (const [kind, url] of [
      ['EventSource', `${there}/events`],
      ['WebSocket', `${there.replace('http', 'ws')}/socket`],
    ] as const)
      try {
        new window[kind](url)
      } catch {}
    // Later: while a driver's own code runs, evaluation is allowed.
    setTimeout(() => {
      try {
        Object.assign(window, { ran_evaluated: new Function('return 1')() })
      } catch {}
      Object.assign(window, { attacked: true })
    }, 50)
  }, address)
  await page.waitForFunction(() => 'attacked' in window)
  return page.evaluate((names) => names.filter((name) => `ran_${name}` in window), runs)
}
