// One command for a whole spreadsheet, written in a handful of statements: 5,000 single commands took a minute.
import { sql } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { importOfficers, type importRow, peopleProblems, rememberMapping } from './contracts.ts'
import { nameSort } from './name-sort.ts'
import { needBadge, needSpan, type PeopleDb, statement } from './people-db.ts'
import type { PeopleTables } from './tables.ts'
import type { z } from 'zod'

const on = commandsOn<PeopleTables>()
type Tx = CommandTx<PeopleTables>
type ImportRow = z.output<typeof importRow>

/** The columns that an import may write, in the order of the statements below. */
interface Written {
  officer_id: string
  badge: string
  name: string
  name_sort: string
  kind: string
  sex: string
  unit_id: string
  title: string
  phone: string | null
  home_agency: string | null
  begins_on: string | null
  ends_on: string | null
}
interface Standing extends Written {
  active: boolean
  skills: Set<string>
}

/** Name and short name of the units in use → id; a short name that several share is null. */
async function unitsByWord(db: PeopleDb, meta: CommandMeta): Promise<Map<string, string | null>> {
  const rows = await db
    .selectFrom('unit')
    .select(['unit_id', 'name', 'short_name'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('active', '=', true)
    .orderBy('unit_id')
    .execute()
  const byWord = new Map<string, string | null>()
  for (const row of rows) {
    const before = byWord.get(row.short_name)
    byWord.set(row.short_name, before === undefined || before === row.unit_id ? row.unit_id : null)
  }
  for (const row of rows) byWord.set(row.name, row.unit_id)
  return byWord
}

async function standing(
  db: PeopleDb,
  meta: CommandMeta,
  rows: readonly ImportRow[],
): Promise<Map<string, Standing>> {
  const badges = rows.map(row => row.badge)
  const found = await db
    .selectFrom('officer')
    .select(['officer_id', 'badge', 'name', 'name_sort', 'kind', 'sex', 'unit_id', 'title', 'phone'])
    .select(['home_agency', 'begins_on', 'ends_on', 'active'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('badge', '=', sql<string>`any (${badges}::text[])`)
    .orderBy('officer_id')
    .execute()
  const byId = new Map(found.map(row => [row.officer_id, { ...row, skills: new Set<string>() }]))
  const skills = await db
    .selectFrom('officer_skill')
    .select(['officer_id', 'skill'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('officer_id', '=', sql<string>`any (${[...byId.keys()]}::uuid[])`)
    .orderBy('officer_id')
    .orderBy('skill')
    .execute()
  for (const row of skills) byId.get(row.officer_id)?.skills.add(row.skill)
  return new Map([...byId.values()].map(one => [one.badge, one]))
}

/** What the row makes of the officer: what it leaves out stays as it stands. */
function written(row: ImportRow, unitId: string, before: Standing | undefined): Written {
  const name = row.name.trim()
  const pick = <T>(given: T | undefined, kept: T | undefined, otherwise: T): T => given ?? kept ?? otherwise
  const keep = <T>(given: T | null | undefined, kept: T | null | undefined): T | null =>
    given === undefined ? (kept ?? null) : given
  return {
    officer_id: row.officerId,
    badge: row.badge,
    name,
    name_sort: before?.name === name ? before.name_sort : nameSort(name),
    kind: row.kind,
    sex: pick<string>(row.sex, before?.sex, 'unknown'),
    unit_id: unitId,
    title: pick(row.title?.trim(), before?.title, ''),
    phone: keep(row.phone, before?.phone),
    home_agency: keep(
      row.homeAgency?.trim() || (row.homeAgency === undefined ? undefined : null),
      before?.home_agency,
    ),
    begins_on: keep(row.beginsOn, before?.begins_on),
    ends_on: keep(row.endsOn, before?.ends_on),
  }
}

const compared = ['name', 'kind', 'sex', 'unit_id', 'title', 'home_agency', 'begins_on', 'ends_on'] as const

interface Plan {
  added: Written[]
  updated: Written[]
  /** Only the phone is written anew. */
  phones: Written[]
  unchanged: number
  phonesSealed: number
  granted: { officerId: string; skill: string }[]
  withdrawn: { officerId: string; skill: string }[]
}

function planSkills(plan: Plan, row: ImportRow, before: Standing | undefined): boolean {
  if (row.skills === undefined) return false
  const wanted = new Set<string>(row.skills)
  const granted = [...wanted].filter(skill => !before?.skills.has(skill))
  const withdrawn = [...(before?.skills ?? [])].filter(skill => !wanted.has(skill))
  for (const skill of granted) plan.granted.push({ officerId: row.officerId, skill })
  for (const skill of withdrawn) plan.withdrawn.push({ officerId: row.officerId, skill })
  return granted.length + withdrawn.length > 0
}

function unitOf(byWord: Map<string, string | null>, unit: string): string {
  const unitId = byWord.get(unit.trim())
  if (unitId === null) throw peopleProblems.importUnitAmbiguous({ unit })
  if (unitId === undefined) throw peopleProblems.importUnit({ unit })
  return unitId
}

function planRows(
  rows: readonly ImportRow[],
  byWord: Map<string, string | null>,
  byBadge: Map<string, Standing>,
): Plan {
  const plan: Plan = {
    added: [],
    updated: [],
    phones: [],
    unchanged: 0,
    phonesSealed: 0,
    granted: [],
    withdrawn: [],
  }
  const seen = new Set<string>()
  for (const row of rows) {
    if (seen.has(row.badge)) throw peopleProblems.importTwice({ badge: row.badge })
    seen.add(row.badge)
    needBadge(row.kind, row.badge)
    const before = byBadge.get(row.badge)
    // The phone is sealed under the id in the row: under another id nobody could ever open it for this officer.
    if (before && before.officer_id !== row.officerId) throw peopleProblems.importStale({ badge: row.badge })
    if (before && !before.active) throw peopleProblems.importRetired({ badge: row.badge })
    const after = written(row, unitOf(byWord, row.unit), before)
    needSpan(after.begins_on, after.ends_on)
    if (after.kind === 'attached' && after.home_agency === null) throw peopleProblems.homeAgencyNeeded()
    const skillsDiffer = planSkills(plan, row, before)
    if (!before) {
      plan.added.push(after)
      continue
    }
    if (row.phone) plan.phonesSealed += 1
    const differs = compared.some(column => after[column] !== before[column])
    const cleared = row.phone === null && before.phone !== null
    if (differs || cleared) plan.updated.push(after)
    else if (row.phone) plan.phones.push(after)
    if (!differs && !cleared && !skillsDiffer) plan.unchanged += 1
  }
  return plan
}

const columns = (rows: readonly Written[]) => {
  const column = (key: keyof Written) => rows.map(row => row[key])
  return sql`unnest(${column('officer_id')}::uuid[], ${column('badge')}::text[], ${column('name')}::text[],
    ${column('name_sort')}::text[], ${column('kind')}::text[], ${column('sex')}::text[], ${column('unit_id')}::uuid[],
    ${column('title')}::text[], ${column('phone')}::text[], ${column('home_agency')}::text[],
    ${column('begins_on')}::date[], ${column('ends_on')}::date[])
    as r (officer_id, badge, name, name_sort, kind, sex, unit_id, title, phone, home_agency, begins_on, ends_on)`
}

function writeOfficers(tx: Tx, meta: CommandMeta, plan: Plan): void {
  const { agencyId } = meta.agency
  if (plan.added.length > 0) {
    tx.write(
      statement(
        tx.db,
        sql`insert into officer (agency_id, officer_id, badge, name, name_sort, kind, sex, unit_id, title, phone,
            home_agency, begins_on, ends_on)
          select ${agencyId}::uuid, r.* from ${columns(plan.added)}`,
      ),
      { rows: plan.added.length, otherwise: peopleProblems.officerExists() },
    )
  }
  const changed = [...plan.updated, ...plan.phones]
  if (changed.length > 0) {
    tx.write(
      statement(
        tx.db,
        sql`update officer o set name = r.name, name_sort = r.name_sort, kind = r.kind, sex = r.sex,
            unit_id = r.unit_id, title = r.title, phone = r.phone, home_agency = r.home_agency,
            begins_on = r.begins_on, ends_on = r.ends_on
          from ${columns(changed)}
          where o.agency_id = ${agencyId}::uuid and o.officer_id = r.officer_id`,
      ),
      { rows: changed.length, otherwise: peopleProblems.officerMissing() },
    )
  }
}

function writeSkills(tx: Tx, meta: CommandMeta, plan: Plan): void {
  const { agencyId } = meta.agency
  const of = (rows: Plan['granted']) =>
    sql`unnest(${rows.map(row => row.officerId)}::uuid[], ${rows.map(row => row.skill)}::text[]) as r (officer_id, skill)`
  if (plan.granted.length > 0) {
    tx.write(
      statement(
        tx.db,
        sql`insert into officer_skill (agency_id, officer_id, skill)
          select ${agencyId}::uuid, r.officer_id, r.skill from ${of(plan.granted)}`,
      ),
    )
  }
  if (plan.withdrawn.length > 0) {
    tx.write(
      statement(
        tx.db,
        sql`delete from officer_skill s using ${of(plan.withdrawn)}
          where s.agency_id = ${agencyId}::uuid and s.officer_id = r.officer_id and s.skill = r.skill`,
      ),
      { rows: plan.withdrawn.length, otherwise: peopleProblems.skillMissing() },
    )
  }
}

export const importCommands = [
  on(importOfficers, {
    allow(_tx, _input, meta) {
      if (meta.actor.scope.unitIds !== '*') throw peopleProblems.agencyWideOnly()
    },
    async handle(tx, input: InputOf<typeof importOfficers>, meta) {
      const byWord = await unitsByWord(tx.db, meta)
      const byBadge = await standing(tx.db, meta, input.rows)
      const plan = planRows(input.rows, byWord, byBadge)
      writeOfficers(tx, meta, plan)
      writeSkills(tx, meta, plan)
      return {
        added: plan.added.length,
        updated: input.rows.length - plan.added.length - plan.unchanged,
        unchanged: plan.unchanged,
        phones: plan.phonesSealed,
      }
    },
  }),

  on(rememberMapping, {
    allow(_tx, { subject }, meta) {
      const { roles } = subject === 'officers' ? importOfficers : rememberMapping
      // The health officer brings results and nothing else.
      const may = roles.filter(role => subject === 'results' || role !== 'healthOfficer')
      if (may.some(role => meta.actor.roles.includes(role))) return
      throw kernelProblems.noRight({ what: rememberMapping.title.zh })
    },
    handle(tx, input, meta) {
      const mapping = JSON.stringify({ signature: input.signature, columns: input.columns })
      tx.write(
        tx.db
          .insertInto('import_mapping')
          .values({
            agency_id: meta.agency.agencyId,
            subject: input.subject,
            signature: input.source,
            mapping,
          })
          .onConflict(clash => clash.columns(['agency_id', 'subject', 'signature']).doUpdateSet({ mapping })),
      )
      return {}
    },
  }),
]
