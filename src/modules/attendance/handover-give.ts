// Giving a hand-over: the page is made, or made again after it was returned.
import { type CompiledQuery, sql } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { Problem, type InputOf } from '../../kernel/contract.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'
import { attendanceProblems, giveHandover, type HandoverItem } from './contracts.ts'
import {
  bandNamed,
  bandsAround,
  followingBand,
  nextOf,
  type PostBand,
  sameBand,
  successorsOf,
} from './handover-bands.ts'
import { itemsGiven, standing, successorOf } from './handover-given.ts'
import { handoverProblems } from './handover-problems.ts'
import {
  bookOfPost,
  differencesOf,
  lastSigned,
  namedFor,
  type Page,
  pageById,
  pageOfBand,
} from './handover-rows.ts'
import { clockOf, lateHoursMost, momentOf } from './moment.ts'
import type { AttendanceTx } from './recording.ts'
import { anyDb, anyOf, bandsOf } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()
type Given = InputOf<typeof giveHandover>

export const officerOf = (meta: CommandMeta): string => {
  const { officerId } = meta.actor
  if (!officerId) throw attendanceProblems.noOfficerAccount()
  return officerId
}

/** Whoever looks at what was held must know which page and post it is about. */
export async function about<T>(who: Record<string, string>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) throw new Problem(error.code, error.entry, { ...who, ...error.params })
    throw error
  }
}

interface Turn {
  post: PostOfOperation
  from: PostBand
  to: PostBand
  successorId: string
  last: HandoverItem[]
}

/** Whether it is this officer's turn to hand over, and to whom. */
async function turnOf(tx: AttendanceTx, meta: CommandMeta, input: Given, moment: string): Promise<Turn> {
  const { agencyId, timeZone } = meta.agency
  const [posts, book, bands] = await Promise.all([
    postsByIds(anyDb(tx.db), agencyId, [input.postId]),
    bookOfPost(tx.db, agencyId, input.postId),
    bandsOf(anyDb(tx.db), agencyId),
  ])
  const post = posts.get(input.postId)
  if (!post) throw attendanceProblems.unknownPost()
  if (!book) throw handoverProblems.noHandoverBook({ post: post.name })
  const bare = bandNamed(meta.agency, bands, input.postId, input)
  if (!bare) throw attendanceProblems.unknownSeat()
  const time = clockOf(timeZone)
  if (moment < bare.begins) throw handoverProblems.handoverTooEarly({ time: time(bare.begins) })
  const latest = new Date(Date.parse(bare.ends) + lateHoursMost * 3_600_000).toISOString()
  if (moment > latest) throw handoverProblems.handoverTooLate({ time: time(bare.ends) })
  const [around, named, signed] = await Promise.all([
    bandsAround(tx.db, meta.agency, post.operationId, input.day),
    namedFor(tx.db, agencyId, input.postId, input),
    lastSigned(tx.db, agencyId, input.postId, bare.begins),
  ])
  const here = around.get(input.postId) ?? []
  const from = here.find(one => sameBand(one, input)) ?? bare
  if (!from.officerIds.includes(officerOf(meta))) throw handoverProblems.notOfBand({ post: post.name })
  const next = nextOf(here, from)
  const successorId = successorOf(named?.officerId, successorsOf(from, next), input.successorId, post.name)
  if (successorId === officerOf(meta)) throw handoverProblems.successorIsGiver()
  const to = next ?? followingBand(meta.agency, bands, from)
  if (!to) throw handoverProblems.noSuccessor({ post: post.name })
  return { post, from, to, successorId, last: signed?.items ?? book.items }
}

/** The page that is given again, or undefined for the first time. */
async function pageBefore(tx: AttendanceTx, meta: CommandMeta, input: Given): Promise<Page | undefined> {
  const { agencyId } = meta.agency
  const [ofBand, ofId] = await Promise.all([
    pageOfBand(tx.db, agencyId, input.postId, input),
    pageById(tx.db, agencyId, input.handoverId),
  ])
  if (!ofBand) {
    if (ofId) throw attendanceProblems.idTaken()
    return undefined
  }
  const again = ofBand.handoverId === input.handoverId && ofBand.giverId === meta.actor.officerId
  if (!again || ofBand.state !== 'returned') {
    throw handoverProblems.alreadyGiven({ time: clockOf(meta.agency.timeZone)(ofBand.givenAt) })
  }
  return ofBand
}

/** What of the page is written anew each time that it is given. */
const contentOf = (input: Given, items: readonly HandoverItem[], successorId: string, moment: string) => ({
  successor_id: successorId,
  state: 'given',
  given_at: moment,
  weather: input.weather,
  vehicles: input.counts.vehicles,
  people: input.counts.people,
  vehicles_turned: input.counts.vehiclesTurned,
  people_turned: input.counts.peopleTurned,
  fevers: input.counts.fevers,
  transferred: input.counts.transferred,
  events: input.events,
  orders: input.orders,
  must_know: input.mustKnow,
  items: JSON.stringify(items),
})

function writePage(
  tx: AttendanceTx,
  meta: CommandMeta,
  input: Given,
  turn: Turn,
  before: Page | undefined,
  content: ReturnType<typeof contentOf>,
): void {
  const { agencyId } = meta.agency
  if (before) {
    tx.write(
      tx.db
        .updateTable('handover')
        .set({ ...content, round: before.round + 1, settled_at: null, settled_by: null, settled_why: null })
        .where('agency_id', '=', agencyId)
        .where('handover_id', '=', input.handoverId)
        .where('round', '=', before.round)
        .where('state', '=', 'returned'),
      { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
    )
    return
  }
  const { post, from, to } = turn
  tx.write(
    tx.db.insertInto('handover').values({
      agency_id: agencyId,
      handover_id: input.handoverId,
      operation_id: post.operationId,
      post_id: input.postId,
      unit_id: post.unitId,
      day: input.day,
      pattern_id: input.patternId,
      band: input.band,
      period: `[${from.begins},${from.ends})`,
      next_day: to.day,
      next_pattern_id: to.patternId,
      next_band: to.band,
      next_begins: to.begins,
      giver_id: officerOf(meta),
      round: 1,
      ...content,
    }),
  )
}

/** Matters that this page opened or closed in an earlier round are as this round says. */
async function writeMatters(tx: AttendanceTx, meta: CommandMeta, input: Given): Promise<void> {
  const { agencyId } = meta.agency
  const { handoverId, postId } = input
  const ids = [...input.opened, ...input.closed].map(one => one.matterId)
  if (new Set(ids).size !== ids.length) throw attendanceProblems.idTaken()
  const known = await tx.db
    .selectFrom('handover_matter')
    .select(['matter_id', 'post_id', 'opened_in', 'closed_in'])
    .where('agency_id', '=', agencyId)
    .where(({ or, eb }) => or([eb('matter_id', '=', anyOf(ids)), eb('opened_in', '=', handoverId)]))
    .orderBy('matter_id')
    .execute()
  const byId = new Map(known.map(row => [row.matter_id, row]))
  if (input.opened.some(one => (byId.get(one.matterId)?.opened_in ?? handoverId) !== handoverId))
    throw attendanceProblems.idTaken()
  for (const { matterId } of input.closed) {
    const row = byId.get(matterId)
    const open = row?.post_id === postId && row.opened_in !== handoverId
    if (!open || (row.closed_in ?? handoverId) !== handoverId) throw handoverProblems.matterMissing()
  }
  const own = (column: 'opened_in' | 'closed_in') =>
    sql`agency_id = ${agencyId}::uuid and ${sql.ref(column)} = ${handoverId}::uuid`
  const write = (text: ReturnType<typeof sql>) =>
    tx.write({ compile: () => text.compile(tx.db) as CompiledQuery })
  write(sql`update handover_matter set closed_in = null, closed_how = null where ${own('closed_in')}`)
  write(sql`delete from handover_matter where ${own('opened_in')}`)
  if (input.opened.length > 0) {
    tx.write(
      tx.db.insertInto('handover_matter').values(
        input.opened.map(one => ({
          agency_id: agencyId,
          matter_id: one.matterId,
          post_id: postId,
          text: one.text,
          due_at: one.dueAt,
          opened_in: handoverId,
          closed_in: null,
          closed_how: null,
        })),
      ),
    )
  }
  for (const { matterId, how } of input.closed) {
    tx.write(
      tx.db
        .updateTable('handover_matter')
        .set({ closed_in: handoverId, closed_how: how })
        .where('agency_id', '=', agencyId)
        .where('matter_id', '=', matterId)
        .where('closed_in', 'is', null),
      { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
    )
  }
}

export const giveCommands = [
  on(giveHandover, {
    async handle(tx, input, meta) {
      const who = { officerId: officerOf(meta), postId: input.postId, at: meta.occurredAt }
      return about({ ...who, handoverId: input.handoverId }, async () => {
        const moment = momentOf(meta)
        const before = await pageBefore(tx, meta, input)
        const turn = await turnOf(tx, meta, input, moment)
        const items = itemsGiven(turn.last, input.items)
        if (before) {
          const differences = await differencesOf(tx.db, meta.agency.agencyId, [before.handoverId])
          standing(before, differences, { counts: input.counts, items })
        }
        writePage(tx, meta, input, turn, before, contentOf(input, items, turn.successorId, moment))
        await writeMatters(tx, meta, input)
        return { round: (before?.round ?? 0) + 1, successorId: turn.successorId }
      })
    },
  }),
]
