// The stage that a scenario plays on: a kernel with a clock of its own, on the given database. The clock is a
// constructor argument of the process that plays; there is no way in over HTTP.
import type { Scenario, Stage } from '../../scenarios/scenario.ts'
import type { Actor } from '../kernel/command.ts'
import type { CommandContract } from '../kernel/contract.ts'
import { derivedId, uuidv7 } from '../kernel/ids.ts'
import { parseInput } from '../kernel/input.ts'
import { Kernel } from '../kernel/kernel.ts'
import { silentLog } from '../kernel/log.ts'
import type { ReaderHands, TaskControl } from '../kernel/module.ts'
import { problemOf } from '../kernel/problem.ts'
import { instantAt } from '../kernel/time.ts'
import { found } from './first-administrator.ts'
import type { DatabaseAddresses } from './installation.ts'
import { registry } from './registry.ts'

export interface OpenStage {
  stage: Stage
  kernel: Kernel
  agencyId: string
  actor: Actor
  close(): Promise<void>
}

/**
 * Founds the scenario's agency (or finds it) and opens its stage. `until` ends the play at an instant: what would
 * happen later is left undone, as in an operation that is running. `signal` stops it between two commands.
 */
export async function openStage(
  addresses: DatabaseAddresses,
  masterKey: Buffer,
  scenario: Scenario,
  anchor: string,
  options: { until?: Date; signal?: AbortSignal; say: (line: string) => void },
): Promise<OpenStage> {
  const timeZone = 'Asia/Shanghai'
  const signal = options.signal ?? new AbortController().signal
  let clock = new Date(instantAt(timeZone, anchor, 0))
  const kernel = new Kernel({
    registry: registry(),
    database: addresses.app,
    masterKey,
    now: () => clock,
    log: silentLog,
    commandConnections: 1,
    queryConnections: 2,
  })
  // Ids begin at the anchor's own instant, so that rows lie in the order of the operation.
  const root = derivedId(uuidv7Of(clock), `${scenario.name} ${anchor}`)
  const id = (label: string) => derivedId(root, label)
  const agencyId = id('agency')
  const known = (await kernel.agencyList()).some(one => one.agencyId === agencyId)
  const { code, name } = scenario.agency
  if (!known) await found(kernel, { agencyId, code, name, kind: 'rehearsal' }, id('command found'))
  const agency = (await kernel.agencyList()).find(one => one.agencyId === agencyId)
  if (!agency) throw new Error('invariant: an agency just founded is there')
  const { actor } = await kernel.system(agencyId)
  const hands = await kernel.reader(actor)
  const stage: Stage = {
    agency,
    anchor,
    id,
    setClock(instant) {
      if (options.until && Date.parse(instant) > options.until.getTime()) return false
      clock = new Date(instant)
      return true
    },
    async run(contract: CommandContract, input, label, by) {
      signal.throwIfAborted()
      return (await kernel.run(by ?? actor, contract, input as never, id(`command ${label}`))) as never
    },
    state: stating(kernel, actor, signal),
    ask: (contract, input) => kernel.ask(actor, contract, input),
    async isDone(label) {
      const found = await hands.read(db =>
        db
          .selectFrom('journal')
          .select('verdict')
          .where('agency_id', '=', agencyId)
          .where('id', '=', id(`command ${label}`))
          .executeTakeFirst(),
      )
      return found?.verdict === 'done'
    },
    ...bringing(kernel, hands, { signal, alone: options.until === undefined }, options.say),
    say: line => options.say(`${line.zh} ${line.en}`),
  }
  return { stage, kernel, agencyId, actor, close: () => kernel.close() }
}

/** What is stated at a post is stated by an officer; whose phone it was is not what a scenario is about. */
function stating(kernel: Kernel, actor: Actor, signal: AbortSignal): Stage['state'] {
  const atPosts: Actor = { ...actor, roles: [...actor.roles, 'officer'] }
  return async facts => {
    signal.throwIfAborted()
    const entries = facts.map(({ contract: { name, version }, input, label, at }) => {
      const happened = new Date(at)
      const id = derivedId(uuidv7Of(happened), `${actor.scope.agencyId} ${label}`)
      return { id, name, version, occurredAt: happened.toISOString(), input }
    })
    for (const verdict of await kernel.submit(atPosts, entries)) {
      if (verdict.verdict !== 'done') throw problemOf(verdict.problem)
    }
  }
}

/** Uploads and tasks, as a user's pages would call them. */
function bringing(
  kernel: Kernel,
  hands: ReaderHands,
  { signal, alone }: Pick<TaskControl, 'signal' | 'alone'>,
  say: (line: string) => void,
): Pick<Stage, 'upload' | 'task'> {
  return {
    async upload(uploadName, fileName, bytes, input) {
      const one = kernel.registry.uploads.get(uploadName)
      if (!one) throw new Error(`there is no upload ${uploadName}`)
      return one.read({ fileName, bytes }, parseInput(one.input, input) as never, hands)
    },
    async task(taskName, input) {
      const one = kernel.registry.tasks.get(taskName)
      if (!one) throw new Error(`there is no task ${taskName}`)
      const control: TaskControl = {
        taskId: uuidv7(Date.now()),
        ...{ signal, alone },
        progress: ({ done, total, note }) => say(`${note.zh} ${note.en} ${Math.round(done)}/${total}`),
      }
      const result = await one.run(parseInput(one.input, input) as never, hands, control)
      // A task that is asked to end gives what it has so far; nothing may be made of it.
      signal.throwIfAborted()
      return result
    },
  }
}

/** The first UUIDv7 of an instant: no random part, because the same anchor must give the same ids. */
function uuidv7Of(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}
