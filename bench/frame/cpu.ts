// Processor time of the server's thread and of the database's processes. On a machine that others use, too, this is
// what can be compared: a second of a core is a second of a core.
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

const tickMicros = 10_000

/** Microseconds used so far, or undefined where the system does not tell (it is read from /proc). */
export async function cpuMeter(owner: pg.Client): Promise<(() => number) | undefined> {
  if (process.platform !== 'linux') return undefined
  const { rows } = await owner.query<{ file: string }>("select pg_read_file('postmaster.pid') as file")
  const postmaster = rows[0]?.file.split('\n')[0]
  return () => {
    const own = process.threadCpuUsage()
    return own.user + own.system + databaseTicks(postmaster) * tickMicros
  }
}

function databaseTicks(postmaster: string | undefined): number {
  let ticks = 0
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const stat = statOf(pid)
    if (stat && (stat.parent === postmaster || pid === postmaster)) ticks += stat.ticks
  }
  return ticks
}

function statOf(pid: string): { parent: string; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: fields[1] ?? '', ticks: Number(fields[11]) + Number(fields[12]) }
  } catch (error) {
    // The process ended between the listing and the look.
    if (['ENOENT', 'ESRCH'].includes(String((error as { code?: string }).code))) return undefined
    throw error
  }
}
