// Folders of built pages, one for each state of the sources. A server shows those that it started with until it ends,
// however often they are built meanwhile; taken away from under it, every page would be blank.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { claim, liveClaims } from '../kernel/db/launcher-processes.ts'
import { errorCode } from '../kernel/db/launcher-refused.ts'

const named = /^web-[0-9a-f]{16}$/
const keptLeast = 5
const dayMs = 24 * 3_600_000
const notOurs = ['EACCES', 'EPERM', 'EROFS']

/** Who shows a folder stands beside it and not in it: what is in it is served. */
const claimsOf = (folder: string) => join(dirname(folder), 'served', basename(folder))

/**
 * Says that this process shows the pages of the folder, which need not be there yet. Where nothing can be written it
 * stays unsaid: the folder is then kept as one of the last, or for the day after the next was built.
 */
export function holdPages(folder: string): { release(): void } {
  try {
    mkdirSync(claimsOf(folder), { recursive: true })
    return claim(claimsOf(folder))
  } catch (error) {
    if ([...notOurs, 'ENOSPC'].includes(errorCode(error))) return { release: () => undefined }
    throw error
  }
}

/** Whether a live process shows it, as far as can be told; what cannot be looked at counts as shown. */
function isShown(folder: string): boolean {
  try {
    return liveClaims(claimsOf(folder)).length > 0
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    if (notOurs.includes(errorCode(error))) return true
    throw error
  }
}

/**
 * Removes older pages. What stays: the newest five; what a newer one took the place of less than a day ago, for
 * servers that could not say that they show it; and what a live process shows.
 */
export function removeOldPages(dist: string, now = Date.now()): void {
  const folders = readdirSync(dist)
    .filter(name => named.test(name))
    .map(name => ({ folder: join(dist, name), builtAt: statSync(join(dist, name)).mtimeMs }))
    .sort((a, b) => b.builtAt - a.builtAt)
  for (const [index, { folder }] of folders.entries()) {
    const replacedAt = folders[index - 1]?.builtAt ?? now
    if (index < keptLeast || now - replacedAt < dayMs || isShown(folder)) continue
    try {
      rmSync(folder, { recursive: true, force: true })
      rmSync(claimsOf(folder), { recursive: true, force: true })
    } catch (error) {
      // Another user built it, and may remove it.
      if (!notOurs.includes(errorCode(error))) throw error
    }
  }
}
