// A command as the journal has it, for what follows from it.
import type { SystemHands } from '../../kernel/module.ts'

export async function journaled(hands: SystemHands, commandId: string) {
  return hands.read(db =>
    db
      .selectFrom('journal')
      .select(['input', 'answer', 'received_at'])
      .where('agency_id', '=', hands.agency.agencyId)
      .where('id', '=', commandId)
      .executeTakeFirstOrThrow(),
  )
}
