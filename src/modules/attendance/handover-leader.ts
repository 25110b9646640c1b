// What a leader decides about hand-overs: that a post has a book, who takes over, which figure holds, who may go.
import { sql } from 'kysely'
import { acceptReview } from '../../kernel/books/contracts.ts'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { officerNames } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import {
  attendanceProblems,
  nameSuccessor,
  openHandoverBook,
  relieveOfficer,
  settleHandover,
} from './contracts.ts'
import { bandNamed, bandsAround, nextOf, sameBand } from './handover-bands.ts'
import { figureOf, itemKeyOf } from './handover-given.ts'
import { handoverProblems } from './handover-problems.ts'
import { differencesOf, namedFor, type Page, pageById, pageOfBand } from './handover-rows.ts'
import { clockOf } from './moment.ts'
import { type AttendanceTx, needRightOver } from './recording.ts'
import { anyDb, bandsOf } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()

async function needOwnPost(tx: AttendanceTx, meta: CommandMeta, postId: string) {
  const posts = await postsByIds(anyDb(tx.db), meta.agency.agencyId, [postId])
  const post = posts.get(postId)
  if (!post) throw attendanceProblems.unknownPost()
  const { unitIds } = meta.actor.scope
  if (unitIds !== '*' && !unitIds.includes(post.unitId)) throw attendanceProblems.outsideScope()
  return post
}

type Naming = InputOf<typeof nameSuccessor>

/** A leader's own officer, or whoever comes for the next band anyway. */
async function needOrderable(tx: AttendanceTx, meta: CommandMeta, input: Naming): Promise<void> {
  const post = await needOwnPost(tx, meta, input.postId)
  const { agencyId } = meta.agency
  if (input.officerId === meta.actor.officerId) throw attendanceProblems.forOneself()
  const [bands, mine, around] = await Promise.all([
    bandsOf(anyDb(tx.db), agencyId),
    officerNames(anyDb(tx.db), agencyId, [input.officerId]),
    bandsAround(tx.db, meta.agency, post.operationId, input.day),
  ])
  const bare = bandNamed(meta.agency, bands, input.postId, input)
  if (!bare) throw attendanceProblems.unknownSeat()
  const next = nextOf(around.get(input.postId) ?? [], bare)
  if (!mine.has(input.officerId) && !next?.officerIds.includes(input.officerId))
    throw attendanceProblems.outsideScope()
}

async function needPage(tx: AttendanceTx, meta: CommandMeta, handoverId: string): Promise<Page> {
  const page = await pageById(tx.db, meta.agency.agencyId, handoverId)
  if (!page) throw handoverProblems.handoverMissing()
  return page
}

/** The review of a hand-over that was held, and not one that this leader sent himself. */
async function needReview(tx: AttendanceTx, meta: CommandMeta, reviewId: string): Promise<void> {
  const { rows } = await sql<{ actor_id: string | null }>`
    select actor_id from review where agency_id = ${meta.agency.agencyId}::uuid
      and review_id = ${reviewId}::uuid and state = 'open' and name = 'attendance.giveHandover'
    order by review_id`.execute(tx.db)
  const [row] = rows
  if (!row) throw attendanceProblems.reviewMissing()
  if (row.actor_id !== null && row.actor_id === meta.actor.accountId) throw attendanceProblems.ownReview()
}

type Settling = InputOf<typeof settleHandover>

/** The page with the figures that a leader says hold; each must be one that giver and successor differed on. */
async function settled(tx: AttendanceTx, meta: CommandMeta, page: Page, figures: Settling['figures']) {
  const all = await differencesOf(tx.db, meta.agency.agencyId, [page.handoverId])
  const open = new Map(all.filter(one => one.round === page.round).map(one => [itemKeyOf(one), one]))
  if (page.state !== 'returned' || open.size === 0) throw handoverProblems.nothingToSettle()
  const said = new Map(figures.map(one => [itemKeyOf(one), one.figure]))
  if (said.size !== figures.length) throw handoverProblems.itemTwice({ name: figures[0]?.name ?? '' })
  const strange = figures.find(
    one => !open.has(itemKeyOf(one)) || figureOf(page, one.kind, one.name) === undefined,
  )
  if (strange) throw handoverProblems.unknownFigure({ name: strange.name })
  const silent = [...open.values()].find(one => !said.has(itemKeyOf(one)))
  if (silent) throw handoverProblems.itemMissing({ name: silent.name })
  const count = (key: keyof Page['counts']) => said.get(`count ${key}`) ?? page.counts[key]
  return {
    items: JSON.stringify(
      page.items.map(one => ({ ...one, counted: said.get(itemKeyOf(one)) ?? one.counted })),
    ),
    vehicles: count('vehicles'),
    people: count('people'),
    vehicles_turned: count('vehiclesTurned'),
    people_turned: count('peopleTurned'),
    fevers: count('fevers'),
    transferred: count('transferred'),
  }
}

const bookCommands = [
  on(openHandoverBook, {
    async allow(tx, input, meta) {
      await needOwnPost(tx, meta, input.postId)
    },
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const post = await needOwnPost(tx, meta, input.postId)
      const keys = new Set(input.items.map(itemKeyOf))
      if (keys.size !== input.items.length) throw handoverProblems.itemTwice({ name: post.name })
      tx.write(
        tx.db
          .insertInto('handover_book')
          .values({
            agency_id: agencyId,
            post_id: post.postId,
            operation_id: post.operationId,
            unit_id: post.unitId,
            items: JSON.stringify(input.items),
            required: input.required,
            opened_at: meta.receivedAt,
            opened_by: meta.actor.accountId,
          })
          // What stood there at the beginning stands; the pages carry it on.
          .onConflict(conflict =>
            conflict.columns(['agency_id', 'post_id']).doUpdateSet({ required: input.required }),
          ),
      )
      return {}
    },
  }),

  on(nameSuccessor, {
    allow: (tx, input, meta) => needOrderable(tx, meta, input),
    async handle(tx, input, meta) {
      const { agencyId, timeZone } = meta.agency
      const { postId, day, patternId, band, officerId } = input
      const [page, before] = await Promise.all([
        pageOfBand(tx.db, agencyId, postId, input),
        namedFor(tx.db, agencyId, postId, input),
      ])
      if (page?.signedAt) throw handoverProblems.handoverSigned({ time: clockOf(timeZone)(page.signedAt) })
      if (page?.giverId === officerId) throw handoverProblems.successorIsGiver()
      if (before) {
        tx.write(
          tx.db
            .updateTable('handover_naming')
            .set({ ended_at: meta.receivedAt })
            .where('agency_id', '=', agencyId)
            .where('naming_id', '=', before.namingId)
            .where('ended_at', 'is', null),
          { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
        )
      }
      tx.write(
        tx.db.insertInto('handover_naming').values({
          ...{
            agency_id: agencyId,
            naming_id: input.namingId,
            post_id: postId,
            day,
            pattern_id: patternId,
            band,
          },
          officer_id: officerId,
          why: input.why,
          named_at: meta.receivedAt,
          named_by: meta.actor.accountId,
          ended_at: null,
        }),
      )
      if (page) {
        tx.write(
          tx.db
            .updateTable('handover')
            .set({ successor_id: officerId })
            .where('agency_id', '=', agencyId)
            .where('handover_id', '=', page.handoverId)
            .where('signed_at', 'is', null),
          { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
        )
      }
      return {}
    },
  }),
]

const decidingCommands = [
  on(settleHandover, {
    async allow(tx, input, meta) {
      const { postId, giverId, successorId } = await needPage(tx, meta, input.handoverId)
      // Neither of the two who differ decides.
      await needRightOver(tx, meta, [
        { officerId: giverId, postId },
        { officerId: successorId, postId },
      ])
      if (input.reviewId) await needReview(tx, meta, input.reviewId)
    },
    async handle(tx, input, meta) {
      const page = await needPage(tx, meta, input.handoverId)
      const figures = await settled(tx, meta, page, input.figures)
      const round = page.round + 1
      tx.write(
        tx.db
          .updateTable('handover')
          .set({ ...figures, state: 'given', round })
          .set({ settled_at: meta.receivedAt, settled_by: meta.actor.accountId, settled_why: input.why })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('handover_id', '=', page.handoverId)
          .where('state', '=', 'returned')
          .where('round', '=', page.round),
        { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
      )
      if (input.reviewId) {
        const { reviewId, why } = input
        await meta.call(acceptReview, { reviewId, correctedBy: meta.commandId, why })
      }
      return { round }
    },
  }),

  on(relieveOfficer, {
    allow: (tx, input, meta) => needRightOver(tx, meta, [input]),
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { postId, day, patternId, band, officerId } = input
      const [posts, names, before] = await Promise.all([
        postsByIds(anyDb(tx.db), agencyId, [postId]),
        officerNames(anyDb(tx.db), agencyId, [officerId]),
        tx.db
          .selectFrom('handover_relief')
          .select('relief_id')
          .where('agency_id', '=', agencyId)
          .where('officer_id', '=', officerId)
          .where('post_id', '=', postId)
          .where('day', '=', day)
          .where('pattern_id', '=', patternId)
          .where('band', '=', band)
          .executeTakeFirst(),
      ])
      const post = posts.get(postId)
      if (!post) throw attendanceProblems.unknownPost()
      const name = names.get(officerId)?.name ?? ''
      if (before) throw handoverProblems.alreadyRelieved({ name })
      const around = await bandsAround(tx.db, meta.agency, post.operationId, day)
      const his = around.get(postId)?.find(one => sameBand(one, input))
      if (!his?.officerIds.includes(officerId)) throw handoverProblems.notHisBand()
      tx.write(
        tx.db.insertInto('handover_relief').values({
          ...{ agency_id: agencyId, relief_id: input.reliefId, officer_id: officerId, post_id: postId },
          ...{ day, pattern_id: patternId, band },
          relieved_at: meta.receivedAt,
          relieved_by: meta.actor.accountId,
          why: input.why,
        }),
      )
      return {}
    },
  }),
]

export const leaderHandoverCommands = [...bookCommands, ...decidingCommands]
