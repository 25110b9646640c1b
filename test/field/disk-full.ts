// The disk under the database is full, and then it is grown. It is a mount of its own, in memory, which root may make
// and whose size can be changed while it is used.
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync, statfsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { booksOf, makeGround, rowsNow } from './ground.ts'
import { newLedger, type Result, resultOf } from './judging.ts'
import { openFolder } from './real-server.ts'
import type { Sizes } from './sizes.ts'
import { batches, postsState } from './traffic.ts'

const MB = 1024 * 1024
const roomyMB = 4_096
/** Left free at first: some thousand entries and less than a piece of the log. */
const leftMB = 6
const patienceMs = 10 * 60_000

const ran = (file: string, args: string[]): boolean => spawnSync(file, args, { stdio: 'ignore' }).status === 0
const mounted = (folder: string) =>
  process.platform === 'linux' &&
  ran('mount', ['-t', 'tmpfs', '-o', `size=${roomyMB}m,mode=711`, 'tmpfs', folder])
const resized = (folder: string, bytes: number) =>
  ran('mount', ['-o', `remount,size=${Math.ceil(bytes)}`, folder])

/** Undefined where a mount can be made. */
export async function mountNeeds(): Promise<string | undefined> {
  const folder = openFolder()
  try {
    if (!mounted(folder)) return 'a mount'
    return ran('umount', [folder]) ? undefined : 'a mount that can be undone'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Mounts that stand, so that they are undone however we end. */
const standing = new Set<string>()

export function undoMounts(): void {
  for (const folder of standing) {
    // Lazily: a process that is on its way out may still stand in it.
    if (!ran('umount', [folder])) ran('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
    standing.delete(folder)
  }
}

export async function diskFull({ many }: Sizes): Promise<Result> {
  const folder = openFolder()
  if (!mounted(folder)) throw new Error('invariant: it was asked whether a mount can be made')
  standing.add(folder)
  chmodSync(folder, 0o711)
  const ground = await makeGround({ folder })
  try {
    const times = many(1, 10)
    const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
    let over = false
    const heard = { answers: 0, busy: 0 }
    const next = batches(ground, Number.POSITIVE_INFINITY)
    const traffic = postsState({
      ...{ ground, base: ground.server.base, ledger, lanes: 4 },
      ...{ until: Date.now() + (times + 1) * patienceMs, next: () => (over ? undefined : next()) },
      answered: () => {
        heard.answers += 1
      },
      busy: () => {
        heard.busy += 1
      },
    })
    const more: string[] = []
    const backs: number[] = []
    try {
      for (let n = 0; n < times; n += 1) {
        const { blocks, bfree, bsize } = statfsSync(folder)
        if (!resized(folder, (blocks - bfree) * bsize + leftMB * MB)) more.push('it could not be made small')
        const turned = heard.busy + 8
        if (!(await until(() => heard.busy >= turned))) more.push('it was never full')
        if (!resized(folder, roomyMB * MB)) more.push('it could not be grown')
        const [from, answers] = [performance.now(), heard.answers]
        if (!(await until(() => heard.answers > answers + 4))) more.push('never came back')
        backs.push((performance.now() - from) / 1_000)
      }
    } finally {
      over = true
      await traffic
    }
    const back = backs.map(one => one.toFixed(1)).join(', ')
    const happened = `full ${times} times, ${heard.busy} answers 503 with Retry-After, back after ${back} s`
    return resultOf(ledger, await booksOf(ground.server, ledger, before), happened, { more })
  } finally {
    await ground.server.close()
    undoMounts()
  }
}

async function until(done: () => boolean): Promise<boolean> {
  const end = Date.now() + patienceMs
  while (!done()) {
    if (Date.now() > end) return false
    await sleep(20)
  }
  return true
}
