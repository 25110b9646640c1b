import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { type RunAs, run } from './launcher-processes.ts'
import { DatabaseRefused, errorCode } from './launcher-refused.ts'

/**
 * Where the parts of a database lie. `home` is the folder the caller named: locks, users, log. `place` holds
 * what the server's user must reach: cluster, socket, a copy of the binaries. They are the same folder unless
 * root keeps `home` below a folder closed to others.
 */
export interface Place {
  home: string
  place: string
  cluster: string
  log: string
  locks: string
  users: string
  /** Set when we are root: PostgreSQL refuses to run as root. */
  runAs: RunAs | undefined
}

const weAreRoot = () => process.getuid?.() === 0

/** Makes `home` and says which user a new cluster in it would belong to. */
export function prepareHome(dataDir: string): { home: string; newOwner: RunAs | undefined } {
  const wanted = resolve(dataDir)
  try {
    const newOwner = weAreRoot() ? ownerForNew(wanted) : undefined
    const first = mkdirSync(wanted, { recursive: true, mode: 0o700 })
    for (let made = wanted; first && made.length >= first.length; made = dirname(made)) {
      // Folders made by root for nobody stay root's and may be walked through, not listed.
      if (newOwner && newOwner.uid !== nobody().uid) chownSync(made, newOwner.uid, newOwner.gid)
      else if (newOwner) chmodSync(made, 0o711)
    }
    const home = realpathSync(wanted)
    if (existsSync(join(home, 'PG_VERSION'))) {
      throw new DatabaseRefused(
        `${home} is itself a PostgreSQL data folder made by something else. Name another folder, or run that server and set DATABASE_URL.`,
        `${home} 本身是其他程序建立的 PostgreSQL 数据目录。请另选目录,或自行运行该数据库并设置 DATABASE_URL。`,
      )
    }
    for (const part of ['locks', 'users']) likeParent(join(home, part))
    return { home, newOwner }
  } catch (error) {
    throw explained(error, wanted)
  }
}

function explained(error: unknown, folder: string): unknown {
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(errorCode(error))) return error
  return new DatabaseRefused(
    `The data folder ${folder} cannot be used by uid ${process.getuid?.()}: ${(error as Error).message}. Start as the user it belongs to, give it to this user, or name another folder.`,
    `uid ${process.getuid?.()} 无法使用数据目录 ${folder}。请以该目录的所属用户启动、调整目录权限,或另选目录。`,
    { cause: error },
  )
}

/** A folder root makes in somebody's home must stay usable when that person starts the program next. */
function likeParent(folder: string): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) && weAreRoot()) {
    const parent = statSync(dirname(folder))
    chownSync(folder, parent.uid, parent.gid)
  }
}

/**
 * Root starting in a person's folder runs the server as that person, so that the person can start it alone
 * later and a closed home folder is no obstacle. initdb needs a name for the user, hence the look in passwd.
 */
function ownerForNew(wanted: string): RunAs {
  let existing = wanted
  while (!existsSync(existing)) existing = dirname(existing)
  const { uid, gid } = statSync(existing)
  return uid !== 0 && passwd().some(entry => entry.uid === uid) ? { uid, gid } : nobody()
}

function passwd(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .filter(line => line.includes(':') && !line.startsWith('#'))
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
}

function nobody(): RunAs {
  const found = passwd().find(entry => entry.name === 'nobody')
  if (found) return { uid: found.uid, gid: found.gid }
  throw new DatabaseRefused(
    'PostgreSQL refuses to run as root, and /etc/passwd has no user "nobody" to run it as. Start Fangxian as an ordinary user, or set DATABASE_URL.',
    'PostgreSQL 拒绝以 root 运行，而 /etc/passwd 中没有 nobody 用户。请以普通用户启动，或设置 DATABASE_URL。',
  )
}

/** Whether that user gets into the folder: asked of the system, since modes alone miss ACLs and mounts. */
export async function canEnter(folder: string, runAs: RunAs | undefined): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], runAs)).code === 0
}

/**
 * Decides where the cluster lies. Called under the lock. `otherPlaces` is where clusters of closed homes go;
 * `throwaway` marks a database of a test.
 */
export async function findPlace(
  { home, newOwner }: { home: string; newOwner: RunAs | undefined },
  { otherPlaces, throwaway }: { otherPlaces: string; throwaway: boolean },
  onLog: (line: string) => void,
): Promise<Place> {
  const recorded = join(home, 'pg-location')
  const below = throwaway ? realpathSync(tmpdir()) : dirname(home)
  let place = home
  if (existsSync(recorded)) {
    place = recordedPlace(home, recorded)
  } else if (newOwner && !existsSync(join(home, 'cluster')) && !(await opened(home, newOwner, below))) {
    place = moveOut(home, recorded, otherPlaces, newOwner, onLog)
  }
  const cluster = join(place, 'cluster')
  const runAs = weAreRoot() ? (clusterOwner(cluster) ?? newOwner) : undefined
  if (runAs && !(await opened(place, runAs, below))) {
    throw new DatabaseRefused(
      `The database lies in ${place}, which uid ${runAs.uid} can no longer reach (PostgreSQL does not run as root). Allow passing through every folder above it: chmod o+x.`,
      `数据库位于 ${place},但 uid ${runAs.uid} 已无法进入(PostgreSQL 不能以 root 运行)。请对其各级上级目录执行 chmod o+x。`,
    )
  }
  const parts = { log: join(home, 'postgres.log'), locks: join(home, 'locks'), users: join(home, 'users') }
  return { home, place, cluster, runAs, ...parts }
}

function clusterOwner(cluster: string): RunAs | undefined {
  if (!existsSync(cluster)) return undefined
  const { uid, gid } = statSync(cluster)
  if (uid !== 0) return { uid, gid }
  throw new DatabaseRefused(
    `${cluster} belongs to root, and PostgreSQL refuses to run as root; it was probably copied. Give it back: chown -R nobody ${cluster}`,
    `${cluster} 属于 root,而 PostgreSQL 拒绝以 root 运行(可能是复制而来)。请执行:chown -R nobody ${cluster}`,
  )
}

/**
 * Lets that user pass through the folder where that is ours to allow: the folder itself, and for a test the
 * folders above it that root made in the temporary folder (mkdtemp closes them; moving a test's cluster out
 * would leave it behind when the test removes its folder). Passing is not listing, and what lies inside keeps
 * its own modes.
 */
async function opened(folder: string, runAs: RunAs, below: string): Promise<boolean> {
  if (await canEnter(folder, runAs)) return true
  const above: string[] = []
  for (let one = dirname(folder); one.startsWith(`${below}/`); one = dirname(one)) above.unshift(one)
  const changed: [string, number][] = []
  for (const one of [...above, folder]) {
    const { uid, mode } = statSync(one)
    if (uid !== 0 || (mode & 0o011) === 0o011) continue
    chmodSync(one, (mode & 0o7777) | 0o011)
    changed.push([one, mode & 0o7777])
  }
  if (await canEnter(folder, runAs)) return true
  for (const [one, mode] of changed) chmodSync(one, mode)
  return false
}

function recordedPlace(home: string, recorded: string): string {
  const place = readFileSync(recorded, 'utf8').trim()
  const backLink = join(place, 'home')
  if (!existsSync(backLink)) {
    throw new DatabaseRefused(
      `${recorded} says that the database lies in ${place}, and it is not there. Bring that folder back; or, to begin with an empty database, remove ${recorded}.`,
      `${recorded} 记录数据库位于 ${place},但该处没有数据库。请恢复该目录;若要从空库开始,请删除 ${recorded}。`,
    )
  }
  const other = readFileSync(backLink, 'utf8').trim()
  if (other === home) return place
  const othersRecord = join(other, 'pg-location')
  if (existsSync(othersRecord) && readFileSync(othersRecord, 'utf8').trim() === place) {
    throw new DatabaseRefused(
      `${home} is a copy of ${other}: both name the database in ${place}. Remove ${recorded} to begin with an empty one here.`,
      `${home} 是 ${other} 的副本,两者指向同一数据库 ${place}。若要在此从空库开始,请删除 ${recorded}。`,
    )
  }
  // The folder was moved or renamed: the database goes with it.
  writeFileSync(backLink, `${home}\n`)
  return place
}

/**
 * A random name and not a hash of the path: somebody who deletes the data folder to begin anew must not find
 * the old data again, and we never delete a cluster. What is left over is named instead.
 */
function moveOut(
  home: string,
  recorded: string,
  otherPlaces: string,
  owner: RunAs,
  onLog: (line: string) => void,
): string {
  const place = join(otherPlaces, `${basename(home)}-${randomBytes(4).toString('hex')}`)
  try {
    const first = mkdirSync(otherPlaces, { recursive: true, mode: 0o755 })
    if (first) chmodSync(otherPlaces, 0o755)
    mkdirSync(place, { mode: 0o711 })
    chmodSync(place, 0o711)
    writeFileSync(join(place, 'home'), `${home}\n`)
    writeFileSync(recorded, `${place}\n`)
  } catch (error) {
    throw new DatabaseRefused(
      `The data folder ${home} lies below a folder closed to uid ${owner.uid}, as whom PostgreSQL must run because root may not, and ${place} cannot be used instead. Name a data folder that others may pass into (chmod o+x), or start as an ordinary user.`,
      `数据目录 ${home} 的上级目录不允许 uid ${owner.uid} 进入(PostgreSQL 不能以 root 运行),改用 ${place} 也失败。请选择他人可进入的目录(chmod o+x),或以普通用户启动。`,
      { cause: error },
    )
  }
  onLog(
    `uid ${owner.uid} cannot reach ${home}, so the database lies in ${place} (noted in ${recorded}); back up both`,
  )
  for (const name of readdirSync(otherPlaces)) {
    const link = join(otherPlaces, name, 'home')
    const gone = existsSync(link) && !existsSync(readFileSync(link, 'utf8').trim())
    if (gone) onLog(`left over, its data folder is gone: ${join(otherPlaces, name)}; remove it if not needed`)
  }
  return place
}

/** Longest socket path the system takes, in bytes, without the closing zero. */
const socketPathBytesMax = process.platform === 'darwin' ? 103 : 107
export const port = 5432

/** A folder only the server's user can enter, so that trusting every connection to the socket is right. */
export async function socketFolder(place: Place): Promise<string> {
  const uid = place.runAs?.uid ?? process.getuid?.() ?? 0
  const inside = join(place.place, 'socket')
  if (socketFits(inside)) {
    if (privateFolder(inside, uid, place.runAs)) return inside
    throw new DatabaseRefused(
      `${inside} is not a folder that only uid ${uid} can enter. Remove it and start again.`,
      `${inside} 不是仅 uid ${uid} 可进入的目录。请删除后重新启动。`,
    )
  }
  const hash = createHash('sha256').update(place.cluster).digest('hex').slice(0, 16)
  for (const base of new Set([tmpdir(), '/tmp'])) {
    const outside = join(base, `fangxian-${hash}`)
    if (!socketFits(`${outside}-XXXXXX`) || !existsSync(base) || !(await canEnter(base, place.runAs)))
      continue
    if (privateFolder(outside, uid, place.runAs)) return outside
    // Somebody else took the name, perhaps to listen in: take one that cannot be foretold.
    const unforeseen = mkdtempSync(`${outside}-`)
    if (place.runAs) chownSync(unforeseen, uid, place.runAs.gid)
    return unforeseen
  }
  throw new DatabaseRefused(
    `The path of the socket would be longer than ${socketPathBytesMax} bytes in ${inside}, and ${tmpdir()} and /tmp do not serve either. Use a data folder with a shorter path.`,
    `套接字路径 ${inside} 超过 ${socketPathBytesMax} 字节,${tmpdir()} 与 /tmp 也不可用。请使用路径更短的数据目录。`,
  )
}

const socketFits = (folder: string) => Buffer.byteLength(`${folder}/.s.PGSQL.${port}`) <= socketPathBytesMax

function privateFolder(folder: string, uid: number, runAs: RunAs | undefined): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 })
    if (runAs) chownSync(folder, runAs.uid, runAs.gid)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  const found = lstatSync(folder)
  return found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0
}

/** A socket folder outside the place goes when its server has ended. */
export function leaveSocketFolder(place: Place, folder: string): void {
  if (folder.startsWith(place.place) || !basename(folder).startsWith('fangxian-')) return
  try {
    rmdirSync(folder)
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY'].includes(errorCode(error))) throw error
  }
}
