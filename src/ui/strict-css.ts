import { fileURLToPath } from 'node:url'

/**
 * Build plugin for vite. Under `style-src 'self'` no <style> element may be added at run time, but Ant
 * Design still adds a few (its colour variables, the scroll lock below a drawer, the width of a
 * scrollbar). All of them pass through one small file; this puts sheet-injection.ts in its place, which
 * does the same with constructed style sheets, and those the policy allows.
 */
export function strictCss() {
  const ours = fileURLToPath(new URL('./sheet-injection.ts', import.meta.url)).replaceAll('\\', '/')
  const theirs = /\/@rc-component\/util\/(?:es|lib)\/Dom\/dynamicCSS\.js$/
  return {
    name: 'fangxian-strict-css',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      // An attribute set from a script is inline style to the policy; the same text through CSSOM is not.
      if (!/node_modules\/(?:antd|@rc-component)\//.test(id.replaceAll('\\', '/'))) return null
      const mended = code.replace(
        /([\w.]+)\.setAttribute\((['"])style\2,\s*/g,
        '(css => { $1.style.cssText = css })(',
      )
      return mended === code ? null : { code: mended, map: null }
    },
    load(id: string) {
      const file = (id.split('?')[0] ?? id).replaceAll('\\', '/')
      return theirs.test(file) ? `export * from ${JSON.stringify(ours)}\n` : null
    },
  }
}
