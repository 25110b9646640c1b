// Several agencies with units, people and what happened there, on the real program; everything bears a mark of whose it is.
import { found } from '../../src/app/first-administrator.ts'
import type { ActorRole, Role } from '../../src/kernel/contract.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { addAccount } from '../../src/modules/access/contracts.ts'
import { addOfficer } from '../../src/modules/people/contracts.ts'
import { type Ground, inDatabase, makeBureau, newId, sessionOf, withKernel } from './ground.ts'
import type { Owned, Viewer } from './scope-judging.ts'
import { emergencyOf, encounterOf } from './traffic.ts'

const agencies = 3
const units = 3
const officersEach = 3

export interface Seat extends Viewer {
  accountId: string
  agencyId: string
  roles: readonly ActorRole[]
  cookie: string
}

export interface Bureaus {
  seats: Seat[]
  agencyIds: string[]
  owned: Owned
}

/** Names of an agency bear `〔Q1〕`, those of somebody of one of its units `〔Q1U2〕`: the first is told, the second may not be. */
export async function makeBureaus(ground: Ground): Promise<Bureaus> {
  const agencyIds: string[] = []
  const seats: Omit<Seat, 'cookie'>[] = []
  const places: { agency: number; postIds: string[] }[] = []
  await withKernel(ground.server, async kernel => {
    for (let agency = 1; agency <= agencies; agency += 1) {
      const agencyId = newId()
      agencyIds.push(agencyId)
      await found(kernel, {
        agencyId,
        code: `q${newId().slice(-8)}`,
        name: `示例县公安局〔Q${agency}〕`,
        kind: 'rehearsal',
      })
      const hands = await kernel.system(agencyId)
      const made = await makeBureau(hands, { units, postsEach: 2, mark: `〔Q${agency}〕` })
      places.push({ agency, postIds: made.postIds })
      seats.push(...(await staffOf(kernel, agency, agencyId, made.unitIds)))
    }
  })
  const open = await signedIn(ground, seats)
  for (const { agency, postIds } of places) await somethingHappens(ground, open, agency, postIds)
  return { seats: open, agencyIds, owned: await ownedBy(ground, agencyIds) }
}

async function staffOf(
  kernel: Kernel,
  agency: number,
  agencyId: string,
  unitIds: readonly string[],
): Promise<Omit<Seat, 'cookie'>[]> {
  const { run } = await kernel.system(agencyId)
  const seats: Omit<Seat, 'cookie'>[] = []
  const seat = async (roles: Role[], unit: number | null, officerId: string | null) => {
    const [accountId, badge] = [newId(), `9${agency}${String(seats.length).padStart(4, '0')}`]
    const scopeUnitId = unit === null ? null : (unitIds[unit - 1] ?? null)
    await run(addAccount, { accountId, badge, name: `示〔Q${agency}〕`, roles, scopeUnitId, officerId })
    seats.push({ accountId, agencyId, roles, agency, unit })
  }
  for (let unit = 1; unit <= units; unit += 1) {
    const officerIds = Array.from({ length: officersEach }, newId)
    for (const [n, officerId] of officerIds.entries()) {
      const badge = `8${agency}${unit}${String(n).padStart(3, '0')}`
      const officer = {
        officerId,
        unitId: unitIds[unit - 1] ?? '',
        badge,
        name: `例〔Q${agency}U${unit}〕`,
        kind: 'police',
      }
      await run(addOfficer, officer as never)
    }
    await seat(['officer'], unit, officerIds[0] ?? null)
    await seat(['unitLeader'], unit, officerIds[1] ?? null)
  }
  await seat(['commander', 'administrator'], null, null)
  await seat(['dutyOfficer'], null, null)
  return seats
}

async function signedIn(ground: Ground, seats: readonly Omit<Seat, 'cookie'>[]): Promise<Seat[]> {
  const open: Seat[] = []
  for (const seat of seats) {
    open.push({ ...seat, cookie: await sessionOf(ground.server, seat.agencyId, seat.accountId) })
  }
  return open
}

async function somethingHappens(
  ground: Ground,
  seats: readonly Seat[],
  agency: number,
  postIds: string[],
): Promise<void> {
  const cookie = seats.find(one => one.agency === agency && one.unit === 1)?.cookie ?? ''
  const commands = [
    ...Array.from({ length: 20 }, () => encounterOf({ postIds })),
    ...Array.from({ length: 4 }, () => emergencyOf({ postIds })),
    // Held, so that there are reviews.
    ...Array.from({ length: 3 }, () => ({ ...encounterOf({ postIds }), version: 7 })),
  ]
  const answer = await fetch(`${ground.server.base}/api/commands`, {
    ...{ method: 'POST', body: JSON.stringify({ commands }) },
    headers: { 'content-type': 'application/json', cookie },
  })
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
}

interface Table {
  name: string
  columns: string[]
}

/** Whose each id is, read as the owner from every table that knows agencies. */
async function ownedBy(ground: Ground, agencyIds: readonly string[]): Promise<Owned> {
  return inDatabase(ground.server, async owner => {
    const { rows: tables } = await owner.query<Table>(
      `select c.relname as name, array_agg(a.attname::text) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and a.atttypid = 'uuid'::regtype
         and exists (select 1 from pg_attribute g where g.attrelid = c.oid and g.attname = 'agency_id')
       group by 1`,
    )
    const owned: Owned = { agencyOf: new Map(), spoken: new Map(), byColumn: new Map(), tables: 0 }
    for (const { name, columns } of tables) {
      const { rows } = await owner.query<Record<string, string | null>>(
        `select ${columns.map(one => `"${one}"`).join(', ')} from app."${name}" where agency_id = any ($1::uuid[])`,
        [agencyIds],
      )
      if (rows.length > 0) owned.tables += 1
      for (const row of rows) {
        const agency = agencyIds.indexOf(row.agency_id ?? '') + 1
        for (const [column, id] of Object.entries(row)) if (id) enter(owned, column, id, agency)
      }
    }
    return owned
  })
}

function enter(owned: Owned, column: string, id: string, agency: number): void {
  mapOf(owned, id).set(id, agency)
  const ofColumn = owned.byColumn.get(column) ?? new Map<number, string[]>()
  owned.byColumn.set(column, ofColumn)
  const ids = ofColumn.get(agency) ?? []
  ofColumn.set(agency, ids)
  ids.push(id)
}

/** Every fourth is one that others speak of; always the same, whatever table it is met in. */
const mapOf = ({ agencyOf, spoken }: Owned, id: string) =>
  Number.parseInt(id.slice(-2), 16) % 4 === 0 ? spoken : agencyOf
