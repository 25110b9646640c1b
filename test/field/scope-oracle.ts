// Random accounts of several agencies and units ask and command at random, with ids of others, over HTTP. Nothing of
// another agency, or of a unit outside the scope, ever comes back or is changed.
import { registry } from '../../src/app/registry.ts'
import { drawn } from '../../src/device/outbox/trial-draw.ts'
import { anyInput } from './any-input.ts'
import { type Ground, inDatabase, newId } from './ground.ts'
import type { Result } from './judging.ts'
import { type Bureaus, makeBureaus, type Seat } from './scope-bureaus.ts'
import { type Owned, seenIn } from './scope-judging.ts'
import { picked, type Sizes } from './sizes.ts'

interface Asked {
  path: string
  body: string
  /** Declared to see the whole agency, whatever unit its reader belongs to. */
  wide: boolean
}

interface Counts {
  answered: number
  own: number
  statuses: Map<number, number>
}

/** What is asked at random, drawn for each look anew, so that the order in which they are answered changes nothing. */
class Oracle {
  private readonly queries = [...registry().queries.values()]
  // Whoever closes accounts by chance ends the run of another.
  private readonly commands = [...registry().commands.values()]
    .map(one => one.contract)
    .filter(one => !one.name.startsWith('access.'))
  private readonly owned: Owned
  private readonly spokenOf: Map<number, string[]>

  constructor(owned: Owned, agencies: number) {
    this.owned = owned
    const spoken = [...owned.spoken]
    this.spokenOf = new Map(
      Array.from({ length: agencies }, (_, n) => [
        n + 1,
        spoken.flatMap(([id, of]) => (of === n + 1 ? [] : [id])),
      ]),
    )
  }

  /** Ids of an agency that fit a field: of posts for `postId` and `postIds`, of anything where no column is called so. */
  private idsOf(agency: number, field: string): readonly string[] {
    const column = field.replace(/s$/, '').replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
    const { byColumn } = this.owned
    return byColumn.get(column)?.get(agency) ?? byColumn.get('unit_id')?.get(agency) ?? []
  }

  get routes(): string {
    const wide = this.queries.filter(one => one.handler.sees === 'agency').length
    return `${this.queries.length} queries (${wide} of them for the whole agency) and ${this.commands.length} commands`
  }

  asking({ agency, roles }: Seat, draw: () => number): Asked {
    const open = this.queries.filter(
      ({ contract }) => draw() < 0.1 || contract.roles.some(role => roles.includes(role)),
    )
    const { contract, handler } = picked(draw, open)
    const other = picked(
      draw,
      [...this.spokenOf.keys()].filter(one => one !== agency),
    )
    const asked = draw() < 0.4 ? other : agency
    const ids = (field: string) => this.idsOf(asked, field)
    const input = draw() < 0.15 ? {} : anyInput(contract.input, { draw, ids, nowMs: Date.now() })
    return {
      path: `/api/queries/${contract.name}`,
      body: JSON.stringify(input),
      wide: handler.sees === 'agency',
    }
  }

  /** Only with ids of others: with his own somebody might rightly change what the run looks at. */
  commanding({ agency, roles }: Seat, draw: () => number): Asked {
    const open = this.commands.filter(one => one.roles.some(role => roles.includes(role)))
    const { name, version, input } = picked(draw, open)
    const ids = this.spokenOf.get(agency) ?? []
    const lot = { draw, ids: () => ids, nowMs: Date.now() }
    const occurredAt = new Date().toISOString()
    const command = { id: newId(), name, version, occurredAt, input: anyInput(input, lot) }
    return { path: '/api/commands', body: JSON.stringify({ commands: [command] }), wide: false }
  }
}

export async function scopeOracle(ground: Ground, { many, seed }: Sizes): Promise<Result> {
  const bureaus = await makeBureaus(ground)
  const oracle = new Oracle(bureaus.owned, bureaus.agencyIds.length)
  const counts: Counts = { answered: 0, own: 0, statuses: new Map() }
  const violations: string[] = []
  const looks = many(2_000, 100_000)
  let n = 0
  const lane = async () => {
    while (n < looks) {
      n += 1
      const draw = drawn(seed + n)
      const seat = picked(draw, bureaus.seats)
      const asked = draw() < 0.7 ? oracle.asking(seat, draw) : oracle.commanding(seat, draw)
      const leaks = await look(ground, bureaus, seat, asked, counts)
      const whom = `${seat.roles.join()} of unit ${seat.unit ?? '*'} of agency ${seat.agency}`
      violations.push(
        ...leaks.map(one => `${asked.path} shows ${one} to ${whom}: ${asked.body.slice(0, 200)}`),
      )
    }
  }
  await Promise.all(Array.from({ length: 4 }, lane))
  violations.push(...(await touchedOutside(ground, bureaus)))
  if (counts.own < looks / 5) violations.push(`too little was seen: ${counts.own} own ids and names`)
  const failed = [...counts.statuses].filter(([status]) => status >= 500)
  for (const [status, times] of failed) violations.push(`${times} answers ${status}`)
  const told = `${counts.answered} answered, ${counts.own} ids and names of the own agency seen`
  return {
    looked: `${looks} looks by ${bureaus.seats.length} accounts at ${oracle.routes}, ${bureaus.owned.tables} tables with rows, ${told}`,
    violations,
  }
}

async function look(
  { server }: Ground,
  { owned }: Bureaus,
  seat: Seat,
  { path, body, wide }: Asked,
  counts: Counts,
): Promise<string[]> {
  const response = await fetch(server.base + path, {
    ...{ method: 'POST', body, headers: { 'content-type': 'application/json', cookie: seat.cookie } },
  })
  const answer = await response.text()
  counts.statuses.set(response.status, (counts.statuses.get(response.status) ?? 0) + 1)
  if (response.status === 200) counts.answered += 1
  const { leaks, own } = seenIn(answer, body, wide ? { ...seat, unit: null } : seat, owned)
  counts.own += own
  return [...new Set(leaks)]
}

/** What the books say of who changed what: nobody wrote into another agency, nor into a unit outside his scope. */
async function touchedOutside(ground: Ground, { agencyIds, seats }: Bureaus): Promise<string[]> {
  return inDatabase(ground.server, async owner => {
    const strange = await owner.query<{ name: string }>(
      `select j.name from app.journal j join unnest($1::uuid[], $2::uuid[]) s (account_id, agency_id)
         on s.account_id = j.actor_id and s.agency_id <> j.agency_id`,
      [seats.map(one => one.accountId), seats.map(one => one.agencyId)],
    )
    const outside = await owner.query<{ name: string }>(
      `select j.name from app.journal j join app.change c on c.agency_id = j.agency_id and c.command_id = j.id
       where j.agency_id = any ($1::uuid[]) and jsonb_typeof(j.actor->'units') = 'array'
         and c.table_name in ('officer', 'duty_entry', 'station_turn', 'visit')
         and exists (select 1 from jsonb_array_elements_text(jsonb_build_array(c.before->>'unit_id', c.after->>'unit_id')) u (unit)
           where u.unit is not null and not j.actor->'units' ? u.unit)`,
      [agencyIds],
    )
    return [...strange.rows, ...outside.rows].map(({ name }) => `${name} wrote outside its scope`)
  })
}
