// Work of the system: follow-ups of commands from the queue, routines and watches by the clock. All of it
// re-enters through the kernel as commands of the system actor.
import { type Runner, run } from 'graphile-worker'
import type pg from 'pg'
import { alertStates, alerts, settleAlerts } from './books/contracts.ts'
import type { AgencySettings } from './command.ts'
import { Problem } from './contract.ts'
import { quiet } from './db/queue.ts'
import { queuePool } from './db/queue-pool.ts'
import { derivedId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import type { Sighting, Watch } from './module.ts'

interface FollowUpPayload {
  hook: string
  agency: string
  command: string
}

/** Compares what a watch sees with what is open, and submits a command only where they differ. */
export async function runWatch(kernel: Kernel, agencyId: string, watch: Watch): Promise<number> {
  const hands = await kernel.system(agencyId)
  const now = kernel.now().toISOString()
  const seen = await hands.read(db => watch.detect(db, now))
  const open = await kernel.ask(hands.actor, alerts, {
    watch: watch.key,
    states: [...alertStates],
    limit: 5_000,
  })
  const openSubjects = new Map(open.rows.map(row => [row.subject, row.severity]))
  const seenSubjects = new Set(seen.map(one => one.subject))
  const raise = seen.filter(one => !openSubjects.has(one.subject)).slice(0, 2_000)
  // Only what became red, or amber again: a title that counts minutes would be a command every minute.
  const turn = seen.filter(one => (openSubjects.get(one.subject) ?? one.severity) !== one.severity)
  const clear = [...openSubjects.keys()].filter(subject => !seenSubjects.has(subject))
  if (raise.length === 0 && turn.length === 0 && clear.length === 0) return 0
  await hands.run(settleAlerts, {
    watch: watch.key,
    ownerRole: watch.owner,
    raise: raise.map(raised),
    turn: turn.slice(0, 2_000).map(raised),
    clear,
  })
  return raise.length + turn.length + clear.length
}

function raised(one: Sighting) {
  const { subject, severity, link, unitId, dueAt, title } = one
  return { subject, severity, link, unitId, dueAt, titleZh: title.zh, titleEn: title.en }
}

/** One round of every watch of an agency. A watch that fails is logged and does not stop the others. */
export async function runWatches(kernel: Kernel, agencyId: string): Promise<void> {
  for (const watch of kernel.registry.watches) {
    try {
      await runWatch(kernel, agencyId, watch)
    } catch (error) {
      kernel.reportBug(error, `watch ${watch.key}`)
    }
  }
}

/** The queue itself waits four hours before it gives out what a killed worker held. */
const unlockAll = `select graphile_worker.force_unlock_workers(array(select distinct locked_by
  from graphile_worker._private_jobs where locked_by is not null))`

export class Jobs {
  private readonly kernel: Kernel
  private readonly config: pg.ClientConfig
  private readonly alone: boolean
  private pool: pg.Pool | undefined
  private runner: Runner | undefined
  private readonly lastRun = new Map<string, number>()

  /** `alone`: no other server works on this queue, so whatever is locked was left by one that was killed. */
  constructor(kernel: Kernel, config: pg.ClientConfig, { alone = false } = {}) {
    this.kernel = kernel
    this.config = config
    this.alone = alone
  }

  async start(): Promise<void> {
    this.pool = queuePool(this.config, message => this.kernel.log.warn('queue connection lost', { message }))
    if (this.alone) await this.pool.query(unlockAll)
    this.runner = await run({
      pgPool: this.pool,
      concurrency: 1,
      noHandleSignals: true,
      pollInterval: 2_000,
      logger: quiet,
      taskList: {
        'follow-up': payload => this.followUp(payload as FollowUpPayload),
        minute: () => this.minute().catch(error => this.failed(error, 'minute')),
      },
      crontab: '* * * * * minute',
    })
  }

  /**
   * The queue gives a job again until it is done, so a follow-up may run twice. Its commands get ids that follow
   * from the command before, by which the second run repeats the first and changes nothing.
   */
  private async followUp({ hook, agency, command }: FollowUpPayload): Promise<void> {
    try {
      const followUp = this.kernel.registry.followUps.get(hook)
      if (!followUp) throw new Error(`there is no follow-up ${hook}`)
      const hands = await this.kernel.system(agency)
      let n = 0
      await followUp.run(command, {
        ...hands,
        run: (contract, input, id) => {
          n += 1
          return hands.run(contract, input, id ?? derivedId(command, `${hook} ${n}`))
        },
      })
    } catch (error) {
      this.failed(error, `follow-up ${hook}`)
    }
  }

  /** The queue keeps its failures to itself, so they are logged here; what may succeed later is left to it. */
  private failed(error: unknown, about: string): void {
    this.kernel.reportBug(error, about)
    // A refusal is an answer and stands in the journal; only what could not be stored is tried again.
    if (error instanceof Problem && error.entry.status < 500) return
    throw error
  }

  /** Routines that are due and all watches, agency by agency. */
  async minute(): Promise<void> {
    for (const agency of await this.kernel.agencyList()) {
      await this.routines(agency)
      await runWatches(this.kernel, agency.agencyId)
    }
  }

  private async routines(agency: AgencySettings): Promise<void> {
    for (const routine of this.kernel.registry.routines) {
      const key = `${agency.agencyId} ${routine.name}`
      if (Date.now() - (this.lastRun.get(key) ?? 0) < routine.everySeconds * 1000 - 500) continue
      this.lastRun.set(key, Date.now())
      try {
        await routine.run(await this.kernel.system(agency.agencyId), agency)
      } catch (error) {
        this.kernel.reportBug(error, `routine ${routine.name}`)
      }
    }
  }

  async close(): Promise<void> {
    await this.runner?.stop()
    await this.pool?.end()
  }
}
