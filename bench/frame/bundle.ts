// What a browser loads before it shows the sign-in page, and what comes by route after it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWeb } from '../../src/app/cli/build.ts'
import { type BenchOptions, type Row, rounded } from '../bench.ts'

export async function rows({ say }: BenchOptions): Promise<Row[]> {
  say('bundle: building the pages')
  const folder = await buildWeb()
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    found => found[1] ?? '',
  )
  const entry = withImports(folder, named)
  const all = readdirSync(join(folder, 'assets'))
    .filter(name => /\.(js|css)$/.test(name))
    .map(name => `assets/${name}`)
  const weight = (files: readonly string[]) =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1000
  const whole = weight(all)
  const part = weight(entry)
  return [
    {
      name: `bundle: entry before the desk, gzip (${entry.length} files)`,
      value: rounded(part),
      unit: 'kB',
      ratio: rounded(part / whole),
      peer: 'everything',
    },
    { name: `bundle: everything, gzip (${all.length} files)`, value: rounded(whole), unit: 'kB' },
  ]
}

/** The files and whatever they import at once; `import('…')` waits for its route. */
function withImports(folder: string, files: readonly string[]): string[] {
  const found = new Set<string>()
  const add = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    if (!file.endsWith('.js')) return
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, name] of text.matchAll(
      /(?:^|[;}\s])(?:import|export)\b[^"'()]*?["']\.\/([^"']+\.js)["']/g,
    )) {
      add(`assets/${name}`)
    }
  }
  files.forEach(add)
  return [...found]
}
