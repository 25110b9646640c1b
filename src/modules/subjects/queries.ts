import { type Kysely, sql } from 'kysely'
import { findMarks } from '../../kernel/marks.ts'
import { queriesOn } from '../../kernel/query.ts'
import type { KernelTables } from '../../kernel/tables.ts'
import { accountNames } from '../access/index.ts'
import {
  erasuresList,
  findSubject,
  type LinkKind,
  looksList,
  normalised,
  openSubject,
  type SubjectKind,
  subjectsProblems,
  unopenedList,
  type ValueKind,
  valueKindWords,
} from './contracts.ts'
import type { SubjectsTables } from './tables.ts'

type Tables = SubjectsTables & Pick<KernelTables, 'opening'>
const on = queriesOn<Tables>()

async function bareSubject(db: Kysely<Tables>, agencyId: string, subjectId: string) {
  const row = await db
    .selectFrom('subject')
    .select(['subject_id', 'kind', 'made_at', 'last_seen_on', 'erased_at'])
    .where('agency_id', '=', agencyId)
    .where('subject_id', '=', subjectId)
    .executeTakeFirst()
  if (!row) return null
  const { subject_id, kind, made_at, last_seen_on, erased_at } = row
  return {
    erased: erased_at !== null,
    bare: { subjectId: subject_id, kind: kind as SubjectKind, madeAt: made_at, lastSeenOn: last_seen_on },
  }
}

const namesOf = (db: Kysely<Tables>, agencyId: string, accounts: (string | null)[]) =>
  accountNames(db as never, agencyId, [...new Set(accounts.filter(one => one !== null))])

const find = on(findSubject, {
  async run(db, { kind, text }, meta) {
    const spelling = normalised(kind, text)
    if (spelling === null) {
      const { zh, en } = valueKindWords[kind]
      throw subjectsProblems.noMark({ what: zh, whatEn: en.toLowerCase() })
    }
    const [found] = await findMarks(db as never, [meta.mark(kind, spelling)])
    if (!found) return { subject: null }
    meta.about(found.subjectId)
    const subject = await bareSubject(db, meta.agency.agencyId, found.subjectId)
    return { subject: subject && !subject.erased ? subject.bare : null }
  },
})

const open = on(openSubject, {
  async run(db, { subjectId }, meta) {
    const { agencyId } = meta.agency
    const subject = await bareSubject(db, agencyId, subjectId)
    if (!subject) throw subjectsProblems.missing()
    if (subject.erased) throw subjectsProblems.erased()
    const rows = await db
      .selectFrom('subject_value')
      .select(['value_id', 'kind', 'value', 'noted_at'])
      .where('agency_id', '=', agencyId)
      .where('subject_id', '=', subjectId)
      .orderBy('noted_at')
      .orderBy('value_id')
      .execute()
    const texts = await meta.open(rows.map(row => row.value))
    const values = rows.map(({ value_id, kind, noted_at }, at) => {
      const text = texts[at]
      // The key is gone while the rows came back with an older backup: erased all the same.
      if (text == null) throw subjectsProblems.erased()
      return { valueId: value_id, kind: kind as ValueKind, text, notedAt: noted_at }
    })
    const links = await db
      .selectFrom('subject_link')
      .select(['subject_id', 'other_id', 'kind', 'made_at'])
      .where('agency_id', '=', agencyId)
      .where(sql<boolean>`(subject_id = ${subjectId} or other_id = ${subjectId})`)
      .orderBy('made_at')
      .orderBy('subject_id')
      .orderBy('other_id')
      .orderBy('kind')
      .limit(200)
      .execute()
    return {
      ...subject.bare,
      values,
      links: links.map(({ subject_id, other_id, kind, made_at }) => ({
        otherId: subject_id === subjectId ? other_id : subject_id,
        kind: kind as LinkKind,
        madeAt: made_at,
      })),
    }
  },
})

const looks = on(looksList, {
  async run(db, { subjectId, offset, limit }, meta) {
    const { agencyId } = meta.agency
    let all = db
      .selectFrom('opening')
      .where('agency_id', '=', agencyId)
      .where('query', 'in', [findSubject.name, openSubject.name])
    if (subjectId !== undefined) all = all.where('subject_id', '=', subjectId)
    const rows = await all
      .select(['opening_id', 'at', 'actor_id', 'query', 'subject_id', 'purpose', 'case_ref'])
      .orderBy('at', 'desc')
      .orderBy('opening_id', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    const { n } = await all.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
    const accounts = rows.map(row => row.actor_id)
    const names = await namesOf(db, agencyId, accounts)
    return {
      rows: rows.map(row => ({
        openingId: row.opening_id,
        at: row.at,
        actor: names.get(row.actor_id)?.name ?? '',
        opened: row.query === openSubject.name,
        subjectId: row.subject_id,
        purpose: row.purpose,
        caseRef: row.case_ref ?? '',
      })),
      total: n,
    }
  },
})

const erasures = on(erasuresList, {
  async run(db, { offset, limit }, meta) {
    const { agencyId } = meta.agency
    const all = db
      .selectFrom('subject_erasure as e')
      .innerJoin('subject as s', join =>
        join.onRef('s.agency_id', '=', 'e.agency_id').onRef('s.subject_id', '=', 'e.subject_id'),
      )
      .where('e.agency_id', '=', agencyId)
      .where('e.decided_at', 'is', null)
    const rows = await all
      .select(['e.subject_id', 's.kind', 'e.reason', 'e.proposed_at', 'e.proposed_by'])
      .orderBy('e.proposed_at')
      .orderBy('e.erasure_id')
      .offset(offset)
      .limit(limit)
      .execute()
    const { n } = await all.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
    const proposers = rows.map(row => row.proposed_by)
    const names = await namesOf(db, agencyId, proposers)
    return {
      rows: rows.map(row => ({
        subjectId: row.subject_id,
        kind: row.kind as SubjectKind,
        reason: row.reason,
        proposedAt: row.proposed_at,
        proposedBy: row.proposed_by === null ? null : (names.get(row.proposed_by)?.name ?? ''),
        own: row.proposed_by !== null && row.proposed_by === meta.actor.accountId,
      })),
      total: n,
    }
  },
})

const unopened = on(unopenedList, {
  async run(db, { offset, limit }, meta) {
    const all = db
      .selectFrom('subject_box')
      .where('agency_id', '=', meta.agency.agencyId)
      .where('dismissed_at', 'is', null)
    const rows = await all
      .select(['fact_id', 'n', 'kind', 'noted_at'])
      .orderBy('noted_at')
      .orderBy('fact_id')
      .orderBy('n')
      .offset(offset)
      .limit(limit)
      .execute()
    const { n } = await all.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
    return {
      rows: rows.map(row => ({
        factId: row.fact_id,
        n: row.n,
        kind: row.kind as ValueKind,
        notedAt: row.noted_at,
      })),
      total: n,
    }
  },
})

export const queries = [find, open, looks, erasures, unopened]
