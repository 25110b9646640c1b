// What must not stand too long: a difficulty nobody answers, a directive nobody signs for, a time that runs out.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import {
  type DifficultyKind,
  difficultyKindTitles,
  type Owner,
  ownerTitles,
  type Urgency,
  urgencyTitles,
} from './contracts.ts'
import { agencyInScope, commandpostDb, minutesLater, postNames, unitsOf } from './lower.ts'
import type { DifficultyRow } from './difficulty-reads.ts'
import { recallWatches } from './recall-watches.ts'
import { visitWatches } from './visit-watches.ts'

/** A directive that nobody has signed for so long is chased by the clock. */
export const unsignedMinutes = 30
/** 即将逾期 */
export const nearMinutes = 4 * 60
/** The post's word is asked for again after so long. */
export const wordMinutes = 12 * 60
const sightingsMost = 500

async function openDifficulties(db: Kysely<AnyTables>, states: readonly string[]): Promise<DifficultyRow[]> {
  return commandpostDb(db)
    .selectFrom('difficulty')
    .selectAll()
    .where('state', 'in', [...states])
    .orderBy('due_at')
    .orderBy('difficulty_id')
    .limit(sightingsMost)
    .execute()
}

type Said = Pick<Sighting, 'title' | 'severity' | 'dueAt'>
/** An alert takes two hundred characters; names of posts and titles together may be longer. */
const clip = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…`.toWellFormed() : text)
const clipped = (said: Said): Said => ({
  ...said,
  title: { zh: clip(said.title.zh), en: clip(said.title.en) },
})

async function difficultySighting(
  db: Kysely<AnyTables>,
  rows: readonly DifficultyRow[],
  say: (row: DifficultyRow, post: string) => Said,
): Promise<Sighting[]> {
  const own = commandpostDb(db)
  const posts = await postNames(
    own,
    await agencyInScope(own),
    rows.map(row => row.operation_id),
  )
  return rows.map(row => ({
    subject: row.difficulty_id,
    link: `/difficulties?open=${row.difficulty_id}`,
    unitId: row.unit_id,
    ...clipped(say(row, posts.get(row.post_id) ?? '')),
  }))
}

const kindOf = (row: DifficultyRow) => difficultyKindTitles[row.kind as DifficultyKind]

function unansweredOf(owned: (row: DifficultyRow) => boolean): Watch['detect'] {
  return async (db, now) => {
    const rows = (await openDifficulties(db, ['raised'])).filter(owned)
    return difficultySighting(db, rows, (row, post) => {
      const due = row.due_at ?? now
      const owner = ownerTitles[row.owner as Owner]
      const urgency = urgencyTitles[row.urgency as Urgency]
      return {
        title: {
          zh: `${post}${kindOf(row).zh}困难(${urgency.zh})待${owner.zh}答复`,
          en: `${post}: ${kindOf(row).en.toLowerCase()} (${urgency.en.toLowerCase()}) waits for the ${owner.en.toLowerCase()}`,
        },
        severity: row.urgency === 'urgent' || row.owner !== 'unit' || due <= now ? 'red' : 'amber',
        dueAt: due,
      }
    })
  }
}

/** Every one that its unit's leader has not answered; red when urgent or past its time. */
const unanswered: Watch = {
  key: 'commandpost.difficultyUnanswered',
  title: { zh: '一线困难未答复', en: 'A difficulty without an answer' },
  owner: 'unitLeader',
  detect: unansweredOf(row => row.owner === 'unit'),
}

/** Gone up by the clock and still not answered: always red, and the command post's. */
const wentUp: Watch = {
  key: 'commandpost.difficultyWentUp',
  title: { zh: '一线困难超时上提', en: 'A difficulty that went up' },
  owner: 'dutyOfficer',
  detect: unansweredOf(row => row.owner !== 'unit'),
}

/** Answered, and not solved by the time that was promised; or solved, and the post has not said so for half a day. */
const overdue: Watch = {
  key: 'commandpost.difficultyOverdue',
  title: { zh: '一线困难逾期未解决', en: 'A difficulty past its time' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = (await openDifficulties(db, ['working', 'solved'])).filter(row =>
      row.state === 'working'
        ? row.due_at !== null && row.due_at <= now
        : row.solved_at !== null && minutesLater(row.solved_at, wordMinutes) <= now,
    )
    return difficultySighting(db, rows, (row, post) => {
      const working = row.state === 'working'
      return {
        title: working
          ? {
              zh: `${post}${kindOf(row).zh}困难逾期未解决`,
              en: `${post}: ${kindOf(row).en.toLowerCase()} not solved by the time promised`,
            }
          : {
              zh: `${post}${kindOf(row).zh}困难待点位确认`,
              en: `${post}: ${kindOf(row).en.toLowerCase()} waits for the post’s word`,
            },
        severity: working ? 'red' : 'amber',
        dueAt: working ? (row.due_at ?? now) : minutesLater(row.solved_at ?? now, wordMinutes),
      }
    })
  },
}

interface OpenAddressee {
  addressee_id: string
  directive_id: string
  unit_id: string
  post_id: string | null
  operation_id: string
  state: string
  number: string
  title: string
  issued_at: string
  due_at: string
}

async function openAddressees(db: Kysely<AnyTables>, now: string): Promise<OpenAddressee[]> {
  const { rows } = await sql<OpenAddressee>`
    select a.addressee_id, a.directive_id, a.unit_id, a.post_id, d.operation_id, a.state, d.number, d.title,
      d.issued_at, d.due_at
    from directive_addressee a join directive d on d.agency_id = a.agency_id and d.directive_id = a.directive_id
    where d.state = 'open' and a.state in ('sent', 'received', 'returned') and d.issued_at <= ${now}::timestamptz
    order by d.due_at, a.addressee_id limit ${sightingsMost}`.execute(db)
  return rows
}

async function directiveSightings(
  db: Kysely<AnyTables>,
  rows: readonly OpenAddressee[],
  say: (row: OpenAddressee, to: string) => Said,
): Promise<Sighting[]> {
  if (rows.length === 0) return []
  const own = commandpostDb(db)
  const agencyId = await agencyInScope(own)
  const posts = await postNames(
    own,
    agencyId,
    rows.map(row => row.operation_id),
  )
  const units = await unitsOf(own, agencyId)
  return rows.map(row => ({
    subject: row.addressee_id,
    link: `/directives?open=${row.directive_id}`,
    unitId: row.unit_id,
    ...clipped(say(row, posts.get(row.post_id ?? '') ?? units.get(row.unit_id)?.shortName ?? '')),
  }))
}

const unsigned: Watch = {
  key: 'commandpost.directiveUnacknowledged',
  title: { zh: '指令超时未签收', en: 'A directive nobody acknowledged' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = (await openAddressees(db, now)).filter(
      row => row.state === 'sent' && minutesLater(row.issued_at, unsignedMinutes) <= now && row.due_at > now,
    )
    return directiveSightings(db, rows, (row, to) => ({
      title: {
        zh: `${to}未签收${row.number}《${row.title}》`,
        en: `${to} has not acknowledged ${row.number} ${row.title}`,
      },
      severity: 'amber',
      dueAt: minutesLater(row.issued_at, unsignedMinutes),
    }))
  },
}

/** Less than four hours left, or a quarter of the time where the whole is shorter. */
const nearAt = (row: OpenAddressee) => {
  const whole = (Date.parse(row.due_at) - Date.parse(row.issued_at)) / 60_000
  return minutesLater(row.due_at, -Math.min(nearMinutes, whole / 4))
}

const near: Watch = {
  key: 'commandpost.directiveNearDue',
  title: { zh: '指令即将逾期', en: 'A directive near its time' },
  owner: 'unitLeader',
  async detect(db, now) {
    const rows = (await openAddressees(db, now)).filter(row => nearAt(row) <= now && row.due_at > now)
    return directiveSightings(db, rows, (row, to) => ({
      title: {
        zh: `${to}承办的${row.number}《${row.title}》即将逾期`,
        en: `${to}: ${row.number} ${row.title} is due soon`,
      },
      severity: 'amber',
      dueAt: row.due_at,
    }))
  },
}

const late: Watch = {
  key: 'commandpost.directiveOverdue',
  title: { zh: '指令逾期', en: 'A directive past its time' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = (await openAddressees(db, now)).filter(row => row.due_at <= now)
    return directiveSightings(db, rows, (row, to) => ({
      title: {
        zh: `${to}承办的${row.number}《${row.title}》已逾期`,
        en: `${to}: ${row.number} ${row.title} is overdue`,
      },
      severity: 'red',
      dueAt: row.due_at,
    }))
  },
}

export const watches: readonly Watch[] = [
  unanswered,
  wentUp,
  overdue,
  unsigned,
  near,
  late,
  ...recallWatches,
  ...visitWatches,
]
