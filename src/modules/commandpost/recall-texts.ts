// What the system enters in the duty log about recalls and meetings, in both languages.
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import type { SystemHands } from '../../kernel/module.ts'
import type { closeRecall, orderRecall, recordMeeting } from './contracts.ts'
import type { Happened, Telling } from './follow-ups.ts'
import { moment } from './log-texts.ts'
import { commandpostDb, needPost, unitsOf } from './lower.ts'
import { addCounts, countsOf, noCounts } from './recall-counts.ts'
import { recallOf } from './recall-reads.ts'

async function placeOf(hands: SystemHands, input: InputOf<typeof orderRecall>) {
  const { agencyId } = hands.agency
  return hands.read(async anyDb => {
    const db = commandpostDb(anyDb)
    if (input.reportPostId !== null) {
      const { name } = await needPost(db, agencyId, input.operationId, input.reportPostId)
      return { zh: name, en: name }
    }
    if (input.reportUnitId === null) return { zh: '本单位', en: 'their own units' }
    const name = (await unitsOf(db, agencyId)).get(input.reportUnitId)?.shortName ?? ''
    return { zh: name, en: name }
  })
}

export async function recallOrdered({
  hands,
  input,
  answer,
}: Happened<InputOf<typeof orderRecall>>): Promise<Telling[]> {
  const row = await hands.read(db => recallOf(commandpostDb(db), hands.agency.agencyId, input.recallId))
  const { called, onDuty } = answer as OutputOf<typeof orderRecall>
  const place = await placeOf(hands, input)
  const by = moment(hands, input.reportBy)
  return [
    {
      operationId: input.operationId,
      kind: 'order',
      unitId: input.unitIds.length === 1 ? (input.unitIds[0] ?? null) : null,
      zh: `下达第 ${row.n} 号召回(${row.ordered_by})：召回 ${called} 人，另有 ${onDuty} 人在岗，${by.zh} 前到${place.zh}报到。${row.reason}`,
      en: `Recall ${row.n} (${row.ordered_by}): ${called} called, ${onDuty} on duty, to report at ${place.en} by ${by.en}. ${row.reason}`,
    },
  ]
}

export async function recallClosed({
  hands,
  input,
  at,
}: Happened<InputOf<typeof closeRecall>>): Promise<Telling[]> {
  const { agencyId } = hands.agency
  const { row, counts } = await hands.read(async anyDb => {
    const db = commandpostDb(anyDb)
    const units = await countsOf(db, agencyId, [input.recallId], at)
    const sums = units.map(({ recall_id: _recall, unit_id: _unit, ...one }) => one)
    return { row: await recallOf(db, agencyId, input.recallId), counts: sums.reduce(addCounts, noCounts) }
  })
  const out = counts.called - counts.arrived - counts.exempt
  const how = {
    order: { zh: `结束。${row.closed_why ?? ''}`, en: `closed. ${row.closed_why ?? ''}` },
    complete: { zh: '全部到齐或免召，自动结束', en: 'closed: everybody is in or exempt' },
    level: { zh: '随勤务等级回落结束', en: 'closed with its duty level' },
  }[input.how]
  return [
    {
      operationId: row.operation_id,
      kind: 'order',
      zh: `第 ${row.n} 号召回${how.zh}：应召 ${counts.called} 人，到 ${counts.arrived} 人，免召 ${counts.exempt} 人，未到 ${out} 人。`,
      en: `Recall ${row.n} ${how.en}: ${counts.called} called, ${counts.arrived} arrived, ${counts.exempt} exempt, ${out} missing.`,
    },
  ]
}

export async function meetingHeld({
  hands,
  input,
}: Happened<InputOf<typeof recordMeeting>>): Promise<Telling[]> {
  const { n } = await hands.read(db =>
    commandpostDb(db)
      .selectFrom('meeting')
      .select('n')
      .where('agency_id', '=', hands.agency.agencyId)
      .where('meeting_id', '=', input.meetingId)
      .executeTakeFirstOrThrow(),
  )
  const at = moment(hands, input.heldAt)
  const many = input.decisions.length
  return [
    {
      operationId: input.operationId,
      kind: 'report',
      zh: `第 ${n} 次会议《${input.title}》，${at.zh} 于${input.place}，${input.chair}主持，议定 ${many} 项。`,
      en: `Meeting ${n}, ${input.title}: ${at.en} at ${input.place}, chaired by ${input.chair}, ${many} decided.`,
    },
  ]
}
