// Ends what a run has started where the run itself cannot any more: it was killed, or the terminal under a test was
// closed. `node guard.ts PID FOLDER` looks at the process and the folder, and ends by itself when the folder is gone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processStart, waitForEnd } from '../../src/kernel/db/launcher-processes.ts'

const lookMs = 1_000
const patienceMs = 30_000
const [parent, folder = ''] = process.argv.slice(2)

async function ended(pid: number): Promise<void> {
  for (const name of ['SIGCONT', 'SIGINT', 'SIGKILL'] as const) {
    if (processStart(pid) === undefined) return
    process.kill(pid, name)
    if (name !== 'SIGCONT') await waitForEnd([pid], patienceMs)
  }
}

/** Every program that was started there, and is still the same process. */
function serverPids(): number[] {
  const pids = join(folder, 'pids')
  if (!existsSync(pids)) return []
  return readFileSync(pids, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(' '))
    .flatMap(([pid, begun]) => (processStart(Number(pid)) === begun ? [Number(pid)] : []))
}

function postmasters(): number[] {
  const note = join(folder, 'data', 'pg', 'cluster', 'postmaster.pid')
  return existsSync(note) ? [Number(readFileSync(note, 'utf8').split('\n')[0])] : []
}

const start = processStart(Number(parent))
while (existsSync(folder) && processStart(Number(parent)) === start) await sleep(lookMs)
if (existsSync(folder)) {
  for (const pid of serverPids()) await ended(pid)
  for (const pid of postmasters()) await ended(pid)
  // Only a run of the full disk has a mount there.
  spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
