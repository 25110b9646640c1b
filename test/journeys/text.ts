// Whether every word on a page can be read: none cut off without a sign of it, none lying over another.
import type { Page } from 'playwright-core'

/**
 * Runs in the browser. A text that ends in … or may be scrolled to is not cut off; one that stands under what
 * is laid over it on an opaque ground, as rows under the head of their table, is not seen and lies over nothing.
 */
function readTexts(): string[] {
  type Seen = { element: Element; left: number; top: number; right: number; bottom: number }
  const said = new Set<string>()
  const named = (element: Element) =>
    `${element.className || element.tagName} “${(element.textContent ?? '').trim().slice(0, 24)}”`
  const above = function* (from: Element) {
    for (let one: Element | null = from; one && one !== document.body; one = one.parentElement) yield one
  }
  /** What is left in sight of a text by the boxes around it; null where nothing is. */
  const inSight = (element: Element, words: DOMRect): Seen | null => {
    if (words.width < 2 || words.height < 2) return null
    const seen = { element, left: words.left, top: words.top, right: words.right, bottom: words.bottom }
    for (const one of above(element)) {
      const style = getComputedStyle(one)
      if (style.clipPath !== 'none' || style.visibility === 'hidden' || style.opacity === '0') return null
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
      const box = one.getBoundingClientRect()
      const ends = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
      const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
      const cut = Math.max(box.left - seen.left, seen.right - box.right, seen.bottom - box.bottom - 2)
      if (cut > 2 && !ends && !scrolls) said.add(`cut off by ${Math.round(cut)} px: ${named(element)}`)
      seen.left = Math.max(seen.left, box.left)
      seen.top = Math.max(seen.top, box.top)
      seen.right = Math.min(seen.right, box.right)
      seen.bottom = Math.min(seen.bottom, box.bottom)
      if (seen.right - seen.left < 2 || seen.bottom - seen.top < 2) return null
    }
    return seen
  }
  const laidOver = (from: Element, other: Element) => {
    let opaque = false
    for (const one of above(from)) {
      if (one.contains(other)) return false
      const { backgroundColor, backgroundImage, position } = getComputedStyle(one)
      opaque ||= backgroundImage !== 'none' || !/, 0\)$|transparent/.test(backgroundColor)
      if (opaque && /sticky|fixed|absolute/.test(position)) return true
    }
    return false
  }
  const texts: Seen[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element || !node.textContent?.trim() || element.closest('script, style, noscript, option')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const seen = inSight(element, range.getBoundingClientRect())
    if (seen) texts.push(seen)
  }
  for (const [at, a] of texts.entries()) {
    for (const b of texts.slice(at + 1, at + 80)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (wide < 4 || high < 6 || a.element.contains(b.element) || b.element.contains(a.element)) continue
      if (laidOver(a.element, b.element) || laidOver(b.element, a.element)) continue
      said.add(`${named(a.element)} lies over ${named(b.element)}`)
    }
  }
  return [...said]
}

/** What cannot be read on the open page. */
export const textSays = (page: Page): Promise<string[]> => page.evaluate(readTexts)
