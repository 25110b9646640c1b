// How the web is built. Split by route: the phone loads neither desk, map nor charts.
import { join, relative, sep } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig, Plugin } from 'vite'
import { strictCss } from '../ui/strict-css.ts'
import { precache, workerName } from './web-precache.ts'

export function webConfig(
  root: string,
  outDir: string,
  parts: readonly string[],
  version: string,
): InlineConfig {
  return {
    configFile: false,
    root: join(root, 'web'),
    // Nothing is written outside dist, and node_modules may be read-only.
    cacheDir: join(root, 'dist/.vite'),
    plugins: [strictCss(), react(), onlyFrom(root, parts), precache(root)],
    define: { fangxianVersion: JSON.stringify(version) },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // Data URLs would need img-src and font-src opened further.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          index: join(root, 'web/index.html'),
          [workerName]: join(root, 'src/device/service-worker.ts'),
        },
        // The worker's address stays the same: a browser asks there whether there is a new version.
        output: {
          entryFileNames: ({ name }) => (name === workerName ? '[name].js' : 'assets/[name]-[hash].js'),
        },
      },
    },
  }
}

/** A source outside the parts would change without the stamp noticing, and an old page would be served. */
function onlyFrom(root: string, parts: readonly string[]): Plugin {
  return {
    name: 'fangxian-only-from',
    buildEnd(error) {
      if (error) return
      for (const id of this.getModuleIds()) {
        const path = relative(root, id.split('?')[0] ?? '')
          .split(sep)
          .join('/')
        const ours = !path.startsWith('..') && !path.startsWith('node_modules/') && !id.startsWith('\0')
        if (ours && !parts.some(part => path.startsWith(`${part}/`)))
          this.error(`the pages import ${path}, which the stamp of the sources does not cover`)
      }
    },
  }
}
