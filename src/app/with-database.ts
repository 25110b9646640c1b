// Words of the command line that work on the database itself, beside a running server or without one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseAddresses, openDatabase } from './installation.ts'
import { listenForInterruption } from './interruption.ts'
import { dataFolder, openPlace, type Place } from './place.ts'
import { noticeLine } from './progress.ts'
import { Interrupted, refused } from './refused.ts'

/** Nothing is migrated: what is looked at is not changed first, and a restore brings its own level. */
export async function withDatabase<R>(
  { mayBeNew }: { mayBeNew: boolean },
  work: (addresses: DatabaseAddresses, place: Place) => Promise<R>,
): Promise<R> {
  if (!mayBeNew) refuseNoData()
  const interruption = listenForInterruption(() => noticeLine('stopping 正在停止'))
  try {
    const place = openPlace()
    const addresses = await openDatabase(place, { unmigrated: true, signal: interruption.signal })
    try {
      return await Promise.race([work(addresses, place), interrupted(interruption.asked)])
    } finally {
      await addresses.stop()
    }
  } finally {
    interruption.release()
  }
}

async function interrupted(asked: Promise<void>): Promise<never> {
  await asked
  // The work given up may hang on a database that goes on because a server uses it.
  setTimeout(() => process.exit(), 2_000).unref()
  throw new Interrupted('Stopped half-way.\n已中途停止。')
}

/** Looking for something in a folder that is not there must not leave a new database in it. */
function refuseNoData(): void {
  const folder = dataFolder()
  if (process.env.DATABASE_URL || existsSync(join(folder, 'pg'))) return
  throw refused(
    `There is no database in ${folder}. Go to the folder where Fangxian was started, or name its data folder by FANGXIAN_DATA.`,
    `${folder} 中没有数据库。请到启动防线的目录执行,或用 FANGXIAN_DATA 指定数据目录。`,
  )
}
