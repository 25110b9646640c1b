// A duty level that calls officers back: the order is one step for who gives it, and the recall follows from it once.
import type { InputOf } from '../../kernel/contract.ts'
import { derivedId } from '../../kernel/ids.ts'
import type { FollowUp, Routine } from '../../kernel/module.ts'
import { orderLevel } from '../operations/contracts.ts'
import { levelOrder } from '../operations/index.ts'
import { closeRecall, orderRecall } from './contracts.ts'
import { journaled } from './journaled.ts'
import { commandpostDb } from './lower.ts'
import { chooseOfficers } from './recall-choice.ts'

export const recallWithLevel: FollowUp = {
  name: 'commandpost.recallWithLevel',
  after: orderLevel,
  async run(commandId, hands) {
    const { agency, actor } = hands
    const { agencyId } = agency
    const { input } = await journaled(hands, commandId)
    const level = input as InputOf<typeof orderLevel>
    const now = hands.now().toISOString()
    // The queue may have stood still past the time; then there is nothing left to call anybody to.
    if (!level.recall || Date.parse(level.recall.reportBy) <= Date.parse(now)) return
    const choice = {
      unitIds: level.scopeUnitId === null ? [] : [level.scopeUnitId],
      kinds: [],
      officerIds: [],
      exceptIds: [],
      sharePercent: level.recall.sharePercent,
    }
    const done = await hands.read(async anyDb => {
      const db = commandpostDb(anyDb)
      const before = await db
        .selectFrom('recall')
        .select('recall_id')
        .where('agency_id', '=', agencyId)
        .where('level_id', '=', level.levelId)
        .executeTakeFirst()
      if (before) return true
      const { called } = await chooseOfficers(db, { agency, actor, now }, choice)
      return called.every(one => one.dutyPostId !== null)
    })
    if (done) return
    await hands.run(orderRecall, {
      recallId: derivedId(level.levelId, 'recall'),
      operationId: level.operationId,
      reason: level.reason,
      orderedBy: level.orderedBy,
      reportBy: level.recall.reportBy,
      levelId: level.levelId,
      ...choice,
    })
  },
}

/** A recall falls back with its level, however that came to its end: by the clock, early, or by another order. */
export const recallFallsBack: Routine = {
  name: 'commandpost.recallFallsBack',
  everySeconds: 60,
  async run(hands, agency) {
    const now = hands.now().toISOString()
    const over = await hands.read(async anyDb => {
      const open = await commandpostDb(anyDb)
        .selectFrom('recall')
        .select(['recall_id', 'level_id'])
        .where('agency_id', '=', agency.agencyId)
        .where('state', '=', 'open')
        .where('level_id', 'is not', null)
        .orderBy('recall_id')
        .execute()
      const found: string[] = []
      for (const row of open) {
        const level = await levelOrder(anyDb, agency.agencyId, row.level_id ?? '')
        const ends = level ? (level.ended_at ?? level.falls_back_at) : null
        if (ends !== null && ends <= now) found.push(row.recall_id)
      }
      return found
    })
    for (const recallId of over) {
      await hands.run(closeRecall, { recallId, how: 'level' }, derivedId(recallId, 'falls back'))
    }
  },
}
