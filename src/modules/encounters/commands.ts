// What is rare or weighty at a post: an emergency let through, somebody held, the limits themselves. Ordinary facts of
// the journal; none of them reads an encounter, which may come later than what was said about it.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import { settleAlerts } from '../../kernel/books/alerts/contracts.ts'
import type { PostOfOperation } from '../posts/index.ts'
import { describeEmergency, holdPerson, passEmergency, releasePerson } from './contracts.ts'
import { endHolding } from './contracts-holdings.ts'
import { encountersProblems } from './contracts-problems.ts'
import { setRules } from './contracts-rules.ts'
import { notedEncounter } from './encounter-store.ts'
import { minutesLater, postOf } from './lower.ts'
import type { EncountersTables } from './tables.ts'
import { emergencySighting, emergencyWatch } from './sightings.ts'

const on = commandsOn<EncountersTables>()
type Tx = CommandTx<EncountersTables>

async function needPost(tx: Tx, meta: CommandMeta, postId: string): Promise<PostOfOperation> {
  const post = await postOf(tx.db, meta.agency.agencyId, postId)
  if (!post) throw encountersProblems.postMissing()
  return post
}

/** When it happened, as far as the phone's clock can be believed: not after now, and not more than a day ago. */
function happenedAt({ occurredAt, receivedAt }: CommandMeta): string {
  const believed = occurredAt <= receivedAt && occurredAt >= minutesLater(receivedAt, -24 * 60)
  return believed ? occurredAt : receivedAt
}

const emergency = on(passEmergency, {
  async handle(tx, input, meta) {
    const post = await needPost(tx, meta, input.postId)
    const passed = {
      agency_id: meta.agency.agencyId,
      passage_id: meta.commandId,
      post_id: input.postId,
      emergency: input.emergency,
      people: input.people,
      passer: input.passer,
      note: input.note,
      passed_at: happenedAt(meta),
      received_at: meta.receivedAt,
      passed_by: meta.actor.accountId,
    }
    tx.write(tx.db.insertInto('emergency_passage').values(passed))
    // In the same transaction: a minute is long where somebody gives birth.
    const { title, ...seen } = emergencySighting(passed, post)
    await meta.call(settleAlerts, {
      watch: emergencyWatch,
      ownerRole: 'dutyOfficer',
      raise: [{ ...seen, titleZh: title.zh, titleEn: title.en }],
      turn: [],
      clear: [],
    })
    return {}
  },
})

/** It may be told by whoever takes over; the last word counts, and history keeps the others. */
const describe = on(describeEmergency, {
  handle(tx, input, meta) {
    const { emergency, people, note } = input
    tx.write(
      tx.db
        .updateTable('emergency_passage')
        .set({ emergency, people, note })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('passage_id', '=', input.emergencyId),
      { rows: 1, otherwise: encountersProblems.passageMissing() },
    )
    return {}
  },
})

const hold = on(holdPerson, {
  async handle(tx, input, meta) {
    await needPost(tx, meta, input.postId)
    const beganAt = happenedAt(meta)
    tx.write(
      tx.db.insertInto('holding').values({
        agency_id: meta.agency.agencyId,
        holding_id: meta.commandId,
        post_id: input.postId,
        encounter_id: input.encounterId,
        basis: input.basis,
        needs: input.needs,
        began_at: beganAt,
        ends_at: minutesLater(beganAt, input.minutesMost),
        held_by: meta.actor.accountId,
      }),
    )
    return {}
  },
})

async function needHolding(tx: Tx, meta: CommandMeta, holdingId: string) {
  const row = await tx.db
    .selectFrom('holding')
    .select(['ends_at', 'ended_at', 'outcome'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('holding_id', '=', holdingId)
    .executeTakeFirst()
  if (!row) throw encountersProblems.holdingMissing()
  return row
}

const release = on(releasePerson, {
  async handle(tx, input, meta) {
    const row = await needHolding(tx, meta, input.holdingId)
    if (row.outcome !== null) throw encountersProblems.alreadyEnded()
    tx.write(
      tx.db
        .updateTable('holding')
        .set({
          // It may have ended by itself before anybody said so.
          ended_at: row.ended_at ?? happenedAt(meta),
          outcome: input.outcome,
          ended_by: meta.actor.accountId,
          note: input.note,
        })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('holding_id', '=', input.holdingId),
    )
    return {}
  },
})

const end = on(endHolding, {
  async handle(tx, { holdingId }, meta) {
    const row = await needHolding(tx, meta, holdingId)
    if (row.ended_at !== null) throw encountersProblems.alreadyEnded()
    if (row.ends_at > meta.receivedAt) throw encountersProblems.notDue()
    tx.write(
      tx.db
        .updateTable('holding')
        .set({ ended_at: row.ends_at })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('holding_id', '=', holdingId),
    )
    return {}
  },
})

const rules = on(setRules, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    if (input.postId !== null) {
      if (input.postKind !== null) throw encountersProblems.oneOfBoth()
      if (!(await postOf(tx.db, agencyId, input.postId))) throw encountersProblems.postNotFound()
    }
    const last = await tx.db
      .selectFrom('encounter_rule')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('agency_id', '=', agencyId)
      .executeTakeFirst()
    const version = (last?.version ?? 0) + 1
    tx.write(
      tx.db.insertInto('encounter_rule').values({
        agency_id: agencyId,
        version,
        post_kind: input.postKind,
        post_id: input.postId,
        fever_tenths: input.feverTenths,
        asks_code: input.asksCode,
        asks_temperature: input.asksTemperature,
        asks_disinfection: input.asksDisinfection,
        exempt: input.exempt,
        turn_back_words: input.turnBackWords,
        objection_words: input.objectionWords,
        set_at: meta.receivedAt,
        set_by: meta.actor.accountId,
      }),
    )
    return { version }
  },
})

export const commands = [notedEncounter, emergency, describe, hold, release, end, rules]
