import type { Page } from 'playwright-core'

/** What is wrong with a page for those who have a keyboard, and for those whose fingers are broad. */
interface Judge {
  /** Everything that can be operated, by a number each. */
  collect(): void
  /** Judges what has the focus; its number, or none where the page has been left. */
  look(): number | undefined
  /** Sentences about all of it, after a walk. */
  faults(): string[]
}

/** Runs in the page: watches what the focus comes by. */
function install(): void {
  const native = 'a[href], button, input, select, textarea, summary, [tabindex]'
  const faults = new Set<string>()
  const reached = new Set<Element>()
  const outlines = new Map<Element, string>()
  let all: Element[] = []

  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0
  const isIdle = (element: Element) => element.matches(':disabled, [inert] *, [hidden], [type="file"]')
  const cursorOf = (element: Element) => getComputedStyle(element).cursor
  const isPointedAt = (element: Element) =>
    /pointer|crosshair|resize|grab/.test(cursorOf(element)) &&
    (!element.parentElement || cursorOf(element.parentElement) !== cursorOf(element))
  const named = (element: Element) => {
    const text = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)
    return `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${text}`
  }
  /** Radio buttons are one stop; so are heatmaps that show the same entries. */
  const isReached = (element: Element): boolean => {
    if (reached.has(element)) return true
    if (element instanceof HTMLInputElement && element.type === 'radio')
      return [...reached].some((other) => other instanceof HTMLInputElement && other.name === element.name)
    if (element.matches('.heatmap[tabindex="-1"]'))
      return [...reached].some(
        (other) => other.matches('.heatmap') && other.closest('.maps') === element.closest('.maps'),
      )
    // What is only pointed at belongs to a control, or holds some.
    if (element.matches(native)) return false
    const label = element.closest('label')
    const control =
      label?.control ?? [...reached].find((one) => element.contains(one) || one.contains(element))
    return control !== undefined && control !== null && (isIdle(control) || isReached(control))
  }
  const outlineOf = (element: Element) =>
    [element, element.nextElementSibling]
      .map((one) => one && getComputedStyle(one))
      .map((style) =>
        style && style.outlineStyle !== 'none' ? `${style.outlineWidth} ${style.outlineColor}` : '',
      )
      .join()
  /** The control itself, or the words that it is pressed by. */
  const targetOf = (element: Element) =>
    (element.matches('[type="radio"]') ? element.closest('label')! : element).getBoundingClientRect()
  const isCrowded = (box: DOMRect, own: Element) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    return all.some((other) => {
      if (other === own || other.contains(own) || own.contains(other) || !other.matches(native)) return false
      const { left, right, top, bottom } = targetOf(other)
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < 12
    })
  }
  const judgeTarget = (element: Element) => {
    const box = targetOf(element)
    if (box.width >= 24 && box.height >= 24) return
    // As the guidelines have it: targets inside sentences, and those that stand apart, may be small; bars can be typed, too.
    const inSentence = element.closest('p, li, td') !== null && element.matches('a, .link')
    if (inSentence || element.matches('.bar') || !isCrowded(box, element)) return
    faults.add(`is small, ${box.width.toFixed(1)}×${box.height.toFixed(1)}: ${named(element)}`)
  }
  const isCovered = (element: Element) => {
    // Words that go over two lines are two boxes.
    const [{ left, top, width, height }] = (
      element.matches('a') ? [...element.getClientRects()] : [targetOf(element)]
    ) as [DOMRect]
    return ![0.5, 0.1, 0.9].some((share) => {
      const hit = document.elementFromPoint(left + width * share, top + height * share)
      return hit && (element.contains(hit) || hit.closest('label')?.contains(element))
    })
  }
  const judge: Judge = {
    collect() {
      const root = document.querySelector('dialog:modal') ?? document.body
      const shown = [...root.querySelectorAll('*')].filter((one) => isShown(one) && !isIdle(one))
      all = shown.filter(
        (one) => (one.matches(native) && !one.matches('[tabindex="-1"]:not(button)')) || isPointedAt(one),
      )
      for (const one of all) if (one !== document.activeElement) outlines.set(one, outlineOf(one))
    },
    look() {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      reached.add(element)
      const outline = outlineOf(element)
      if (outline === outlines.get(element) || !/([2-9]|\d\d)px/.test(outline))
        faults.add(`has the focus, and that is not seen: ${named(element)}`)
      if (isCovered(element)) faults.add(`has the focus, and is covered: ${named(element)}`)
      judgeTarget(element)
      return all.indexOf(element)
    },
    faults() {
      for (const element of all)
        if (element.isConnected && !isReached(element)) faults.add(`cannot be reached: ${named(element)}`)
      return [...faults]
    },
  }
  Object.assign(window, { judge })
}

const judged = <T>(page: Page, ask: (judge: Judge) => T) =>
  page.evaluate(`(${ask})(window.judge)`) as Promise<T>

/** Goes through the page with the tabulator from its beginning, `Tab` or `Shift+Tab`, until it comes round; what was wrong. */
export async function walk(
  page: Page,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<{ stops: number; faults: string[] }> {
  await page.evaluate(install)
  await judged(page, (judge) => judge.collect())
  const seen = new Set<number>()
  // Beyond the last control is the browser's own; one more step, and the first comes.
  for (let outside = 0; outside < 3; ) {
    await page.keyboard.press(key)
    const stop = await judged(page, (judge) => judge.look())
    if (stop === undefined) outside++
    else if (seen.has(stop)) break
    else if (stop >= 0) seen.add(stop)
  }
  return { stops: seen.size, faults: await judged(page, (judge) => judge.faults()) }
}
