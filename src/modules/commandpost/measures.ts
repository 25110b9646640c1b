import { type Kysely, sql } from 'kysely'
import { everyone } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { deskReaders, difficulties, directives, recalled, visits } from './contracts.ts'
import { recalledInScope } from './recall-counts.ts'
import { difficultyInScope, directiveInScope } from './scope.ts'

async function counted(db: Kysely<AnyTables>, text: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  return (await text.execute(db)).rows[0]?.n ?? 0
}
const desk = everyone.filter(role => deskReaders.includes(role))

export const measures: Measure[] = [
  {
    key: 'difficulties.raised',
    title: { zh: '上报一线困难', en: 'Difficulties raised' },
    unit: 'difficulty',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from difficulty
          where ${difficultyInScope} and raised_at >= ${span.begins}::timestamptz and raised_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: difficulties,
      input: (span: Span) => ({ raisedFrom: span.from, raisedUntil: span.until, limit: 5_000 }),
    },
  },
  {
    /** With the post's word; a duplicate that was merged is no second one. */
    key: 'difficulties.solved',
    title: { zh: '解决一线困难', en: 'Difficulties solved' },
    unit: 'difficulty',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from difficulty
          where ${difficultyInScope} and closed_at >= ${span.begins}::timestamptz and closed_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: difficulties,
      input: (span: Span) => ({ closedFrom: span.from, closedUntil: span.until, limit: 5_000 }),
    },
  },
  {
    /** From above, as they came; what was passed down from one is not received again. */
    key: 'directives.received',
    title: { zh: '接收上级指令', en: 'Directives from above' },
    unit: 'directive',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from directive where ${directiveInScope} and source = 'above' and parent_id is null
          and issued_at >= ${span.begins}::timestamptz and issued_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: directives,
      input: (span: Span) => ({
        sources: ['above'],
        passedDown: false,
        issuedFrom: span.from,
        issuedUntil: span.until,
        limit: 5_000,
      }),
    },
  },
  {
    key: 'directives.completed',
    title: { zh: '办结指令', en: 'Directives completed' },
    unit: 'directive',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from directive where ${directiveInScope} and state = 'completed' and parent_id is null
          and completed_at >= ${span.begins}::timestamptz and completed_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: directives,
      input: (span: Span) => ({
        passedDown: false,
        completedFrom: span.from,
        completedUntil: span.until,
        limit: 5_000,
      }),
    },
  },
  {
    /** Each officer of each recall; who stood at a post when it was ordered was not called. */
    key: 'recall.called',
    title: { zh: '召回人员', en: 'Officers called back' },
    unit: 'person-time',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from recall_officer where ${recalledInScope} and state <> 'onDuty'
          and called_at >= ${span.begins}::timestamptz and called_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: recalled,
      input: (span: Span) => ({ calledFrom: span.from, calledUntil: span.until, limit: 5_000 }),
    },
  },
  {
    key: 'recall.arrived',
    title: { zh: '召回到达', en: 'Arrived after a recall' },
    unit: 'person-time',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from recall_officer where ${recalledInScope} and state <> 'onDuty'
          and arrived_at >= ${span.begins}::timestamptz and arrived_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: recalled,
      input: (span: Span) => ({ arrivedFrom: span.from, arrivedUntil: span.until, limit: 5_000 }),
    },
  },
  {
    /** Each visit is to one post; the policy of the unit keeps to what the asker sees. */
    key: 'visits.posts',
    title: { zh: '检查慰问点位', en: 'Visits to posts' },
    unit: 'visit',
    roles: desk,
    count: (db, span) =>
      counted(
        db,
        sql`select count(*) as n from visit
          where visited_at >= ${span.begins}::timestamptz and visited_at < ${span.ends}::timestamptz`,
      ),
    records: {
      query: visits,
      input: (span: Span) => ({ visitedFrom: span.from, visitedUntil: span.until, limit: 5_000 }),
    },
  },
]
