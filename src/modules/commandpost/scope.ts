// What lies in the asker's units: one wording for the lists and for the measures behind which they stand. Tables whose
// rows somebody of another unit must reach by a single address have no policy of units in the database.
import { type RawBuilder, sql } from 'kysely'

/** A column of unit ids against the scope of the session; everything where it is the whole bureau. */
export const inScope = (column: RawBuilder<unknown>) =>
  sql<boolean>`(case current_setting('app.unit_ids', true) when '*' then true
    else ${column} = any (nullif(current_setting('app.unit_ids', true), '')::uuid[]) end)`

export const difficultyInScope = inScope(sql`difficulty.unit_id`)

/** Given by one of the units, to one of them, or past one of them. */
export const directiveInScope = sql<boolean>`(${inScope(sql`directive.issuer_unit_id`)} or exists (
  select from directive_addressee a where a.agency_id = directive.agency_id
    and a.directive_id = directive.directive_id
    and (${inScope(sql`a.unit_id`)} or ${inScope(sql`a.informed_unit_id`)})))`
