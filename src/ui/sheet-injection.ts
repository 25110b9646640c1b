/**
 * Stands in for rc-util's dynamicCSS (see strict-css.ts): same calls, but the rules go into constructed
 * style sheets instead of <style> elements. Callers still get an element back, because they mark it; it is
 * never put into the page.
 */
type Option = { attachTo?: Node | null }
type Entry = { sheet: CSSStyleSheet; css: string; element: HTMLStyleElement; root: DocumentOrShadowRoot }

const entries = new Map<string, Entry>()
let anonymous = 0

function rootOf(option?: Option): DocumentOrShadowRoot {
  const root = option?.attachTo?.getRootNode?.()
  return typeof ShadowRoot !== 'undefined' && root instanceof ShadowRoot ? root : document
}

export function updateCSS(css: string, key: string, option?: Option): HTMLStyleElement {
  const known = entries.get(key)
  if (known) {
    if (known.css !== css) known.sheet.replaceSync(css)
    known.css = css
    return known.element
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const root = rootOf(option)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  const entry = { sheet, css, root, element: document.createElement('style') }
  entries.set(key, entry)
  return entry.element
}

export function injectCSS(css: string, option?: Option): HTMLStyleElement {
  anonymous += 1
  return updateCSS(css, `anonymous-${anonymous}`, option)
}

export function removeCSS(key: string): void {
  const entry = entries.get(key)
  if (!entry) return
  entry.root.adoptedStyleSheets = entry.root.adoptedStyleSheets.filter(sheet => sheet !== entry.sheet)
  entries.delete(key)
}

export function clearContainerCache(): void {}
