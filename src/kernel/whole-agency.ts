// A handler that must judge by more than its actor may see: the rules of a roster look at a whole crew, while an officer
// sees his unit. It widens what is read, says for how long, and answers for what it tells of it.
import { sql } from 'kysely'
import type { CommandMeta, CommandTx } from './command.ts'
import { uuidPattern } from './ids.ts'

/**
 * Runs `work` with the units of the whole agency in sight; behind it the actor's own scope stands again, also where
 * work failed. Another agency stays as closed as ever. What was written before is sent under the actor's scope.
 */
export async function seeingAgency<T, R>(
  tx: Pick<CommandTx<T>, 'db'>,
  meta: Pick<CommandMeta, 'actor'>,
  work: () => Promise<R>,
): Promise<R> {
  const { unitIds } = meta.actor.scope
  if (unitIds === '*') return work()
  if (!unitIds.every(one => uuidPattern.test(one))) throw new Error('invariant: a scope is made of UUIDs')
  const enter = (units: string) => sql`select set_config('app.unit_ids', ${units}, true)`.execute(tx.db)
  const back = () => enter(`{${unitIds.join(',')}}`)
  await enter('*')
  let result: R
  try {
    result = await work()
  } catch (error) {
    // Where the transaction is broken the savepoint takes the scope back; the first failure is the one to tell.
    await back().catch(() => undefined)
    throw error
  }
  await back()
  return result
}
