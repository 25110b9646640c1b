// What counts as having been there in a span of duty days: one wording for the measures and for the lists behind them.
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Span } from '../../kernel/module.ts'

/** A zone existed in the span when it began before the end and was not lifted before the beginning. */
export const existedIn = (span: Span): Expression<SqlBool> =>
  sql<boolean>`zone.begins_at < ${span.ends}::timestamptz
    and (zone.lifted_at is null or zone.lifted_at > ${span.begins}::timestamptz)`

/** A post was in use on some day of the span; a closed one up to its last day, a planned one never. */
export const inUseIn = (from: string, until: string): Expression<SqlBool> =>
  sql<boolean>`(post.opens_on is null or post.opens_on <= ${until}::date)
    and (post.closes_on is null or post.closes_on >= ${from}::date)
    and (post.state in ('active', 'paused') or (post.state = 'closed' and post.closes_on is not null))`

/** A site worked in a sampling round of the span. */
export const sampledIn = (from: string, until: string): Expression<SqlBool> =>
  sql<boolean>`exists (select from round_site rs join sampling_round r
    on r.agency_id = rs.agency_id and r.round_id = rs.round_id
    where rs.agency_id = post.agency_id and rs.post_id = post.post_id
      and r.day between ${from}::date and ${until}::date)`
