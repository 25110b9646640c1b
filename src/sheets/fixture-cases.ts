import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Files that nobody here wrote; they lie beside the repository and may be absent. */
const root = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url))

export interface FixtureCase {
  name: string
  bytes: Uint8Array
}

/** Absent: no cases and a line that says so. Present but without a match: an error, because then nothing is tested. */
export function fixtureCases(folder: string, pattern: RegExp): FixtureCase[] {
  const path = `${root}${folder}`
  if (!existsSync(path)) {
    console.log(`[fixtures] ${folder}: absent, 0 cases`)
    return []
  }
  const cases = readdirSync(path)
    .filter(name => pattern.test(name) && statSync(`${path}/${name}`).isFile())
    .map(name => ({ name, bytes: new Uint8Array(readFileSync(`${path}/${name}`)) }))
  console.log(`[fixtures] ${folder}: ${cases.length} cases`)
  if (cases.length === 0) throw new Error(`${folder} exists but holds no file like ${pattern}`)
  return cases
}

export function fixtureText(path: string): string | null {
  if (!existsSync(root + path)) {
    console.log(`[fixtures] ${path}: absent`)
    return null
  }
  return readFileSync(root + path, 'utf8')
}
