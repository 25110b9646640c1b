// Where an installation keeps its things: the data folder and the master key, which is never in the database.
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { linkSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { refused } from './refused.ts'

export interface Place {
  dataFolder: string
  masterKey: Buffer
}

export function dataFolder(): string {
  return resolve(process.env.FANGXIAN_DATA || '.data')
}

const keyBytes = 32

function decodeKey(text: string, from: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === keyBytes) return key
  throw refused(
    `${from} must hold ${keyBytes} bytes in base64; it holds ${key.length}. Without the right key nothing sealed can be read: bring it back from where you keep its copy.`,
    `${from} 应为 ${keyBytes} 字节的 base64,现为 ${key.length} 字节。没有正确的主密钥,加密内容无法打开:请从备份处取回。`,
  )
}

/** Makes the folder and the key the first time. Losing the key is losing everything that is sealed. */
export function openPlace(folder = dataFolder()): Place {
  const fromEnvironment = process.env.FANGXIAN_MASTER_KEY
  try {
    makeDataFolder(folder)
    if (fromEnvironment) {
      return { dataFolder: folder, masterKey: decodeKey(fromEnvironment, 'FANGXIAN_MASTER_KEY') }
    }
    const file = join(folder, 'master.key')
    if (!existsSync(file)) makeKey(folder, file)
    return { dataFolder: folder, masterKey: decodeKey(readFileSync(file, 'utf8'), file) }
  } catch (error) {
    throw folderRefused(error, folder)
  }
}

const weAreRoot = () => process.getuid?.() === 0

/**
 * Root starting in a person's checkout leaves the folder to that person. A folder of root's is opened for walking
 * through, because PostgreSQL runs in it as another user and would else have to lie elsewhere; what lies inside
 * keeps its own modes.
 */
function makeDataFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!weAreRoot()) return
  const { uid, gid } = statSync(first ? dirname(first) : folder)
  for (let made = folder; made.length >= (first ?? folder).length; made = dirname(made)) {
    if (uid === 0) chmodSync(made, (statSync(made).mode & 0o7777) | 0o011)
    else chownSync(made, uid, gid)
  }
}

/** Whole or not there, and never over another: two that start at once must not each keep a key of its own. */
function makeKey(folder: string, file: string): void {
  const part = `${file}.${randomBytes(4).toString('hex')}`
  const handle = openSync(part, 'wx', 0o600)
  try {
    writeSync(handle, `${randomBytes(keyBytes).toString('base64')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  try {
    const { uid, gid } = statSync(folder)
    if (weAreRoot()) chownSync(part, uid, gid)
    linkSync(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(part, { force: true })
  }
}

/** Says what to do where the folder does not let us in; any other error as it is. */
export function folderRefused(error: unknown, folder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (!code || !['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(code)) return error
  return refused(
    `The data folder ${folder} cannot be used: ${message}. Start as the user it belongs to, give it to this user, or name another by FANGXIAN_DATA.`,
    `数据目录 ${folder} 无法使用(${code})。请以其所属用户启动、调整权限,或用 FANGXIAN_DATA 另行指定。`,
    error,
  )
}
