// Working a what-if out as the page does it.
import type { Person, World } from '../../kernel/world.ts'
import { whatIfInput } from './contracts.ts'
import type { WhatIfAnswer } from './what-if-task.ts'

export async function supposes(
  w: World,
  person: Person,
  input: Record<string, unknown>,
  control: { cancelAfterMs?: number; notes?: string[] } = {},
): Promise<WhatIfAnswer> {
  const task = w.kernel.registry.tasks.get('roster.whatIf')
  if (!task) throw new Error('the task is not registered')
  const abort = new AbortController()
  if (control.cancelAfterMs !== undefined) setTimeout(() => abort.abort(), control.cancelAfterMs)
  const found = await task.run(whatIfInput.parse(input), await w.kernel.reader(person.actor), {
    taskId: w.newId(),
    signal: abort.signal,
    progress: step => {
      control.notes?.push(step.note.en)
    },
  })
  return found as WhatIfAnswer
}

/** The code of the problem that a promise ends with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
  return 'nothing went wrong'
}

/** Somebody of another agency in the same database. */
export async function stranger(w: World): Promise<Person> {
  const other = w.newId()
  await w.owner.query('begin')
  await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
  await w.owner.query(
    "insert into app.agency (agency_id, code, name, kind) values ($1, 'shiqiao', '石桥县公安局', 'rehearsal')",
    [other],
  )
  await w.owner.query('commit')
  const found = w.person('外县', ['commander', 'administrator'])
  Object.assign(found.actor, { scope: { agencyId: other, unitIds: '*' } })
  return found
}
