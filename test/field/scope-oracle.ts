// Random accounts of several agencies and units ask and command at random, with ids of others, over HTTP. Nothing of
// another agency, or of a unit outside the scope, ever comes back or is changed.
import { registry } from '../../src/app/registry.ts'
import type { CommandContract, QueryContract } from '../../src/kernel/contract.ts'
import { anyInput } from './any-input.ts'
import { type Ground, inDatabase, newId } from './ground.ts'
import type { Result } from './judging.ts'
import { type Bureaus, makeBureaus, type Seat } from './scope-bureaus.ts'
import { seenIn } from './scope-judging.ts'
import { picked, type Sizes } from './sizes.ts'

type Asked = { path: string; body: string }

interface Counts {
  answered: number
  own: number
  statuses: Map<number, number>
}

export async function scopeOracle(ground: Ground, { many, draw }: Sizes): Promise<Result> {
  const bureaus = await makeBureaus(ground)
  const { queries, commands } = registry()
  const routes = {
    queries: [...queries.values()].map(one => one.contract),
    // Whoever closes accounts by chance ends the run of another.
    commands: [...commands.values()].map(one => one.contract).filter(one => !one.name.startsWith('access.')),
  }
  const counts: Counts = { answered: 0, own: 0, statuses: new Map() }
  const violations: string[] = []
  const looks = many(2_000, 100_000)
  let left = looks
  const lane = async () => {
    while (left > 0) {
      left -= 1
      const seat = picked(draw, bureaus.seats)
      const asked =
        draw() < 0.7
          ? asking(bureaus, seat, routes.queries, draw)
          : commanding(bureaus, seat, routes.commands, draw)
      const leaks = await look(ground, bureaus, seat, asked, counts)
      violations.push(
        ...leaks.map(one => `${asked.path} shows ${one} to ${seat.roles.join()} ${seat.agency}/${seat.unit}`),
      )
    }
  }
  await Promise.all(Array.from({ length: 4 }, lane))
  violations.push(...(await touchedOutside(ground, bureaus)))
  if (counts.own < looks) violations.push(`too little was seen: ${counts.own} own ids and names`)
  const failed = [...counts.statuses].filter(([status]) => status >= 500)
  for (const [status, n] of failed) violations.push(`${n} answers ${status}`)
  const told = `${counts.answered} answered, ${counts.own} ids and names of the own agency seen`
  return {
    looked: `${looks} looks at ${routes.queries.length} queries and ${routes.commands.length} commands over ${bureaus.owned.tables} tables with rows, ${told}`,
    violations,
  }
}

const idsOf = ({ owned }: Bureaus, own: (agency: number) => boolean) =>
  [...owned.agencyOf].flatMap(([id, agency]) => (own(agency) ? [id] : []))
const idLists = new WeakMap<Bureaus, Map<string, string[]>>()

function cached(bureaus: Bureaus, key: string, make: () => string[]): string[] {
  const lists = idLists.get(bureaus) ?? new Map<string, string[]>()
  idLists.set(bureaus, lists)
  const known = lists.get(key) ?? make()
  lists.set(key, known)
  return known
}

function asking(bureaus: Bureaus, seat: Seat, from: readonly QueryContract[], draw: () => number): Asked {
  const contract = picked(
    draw,
    from.filter(one => draw() < 0.1 || one.roles.some(role => seat.roles.includes(role))),
  )
  const all = cached(bureaus, 'all', () => idsOf(bureaus, () => true))
  const others = cached(bureaus, `not ${seat.agency}`, () => idsOf(bureaus, agency => agency !== seat.agency))
  const input =
    draw() < 0.15
      ? {}
      : anyInput(contract.input, { draw, ids: draw() < 0.5 ? others : all, nowMs: Date.now() })
  return { path: `/api/queries/${contract.name}`, body: JSON.stringify(input) }
}

/** Only with ids of others: with his own somebody might rightly change what the run looks at. */
function commanding(
  bureaus: Bureaus,
  seat: Seat,
  from: readonly CommandContract[],
  draw: () => number,
): Asked {
  const { name, version, input } = picked(
    draw,
    from.filter(one => one.roles.some(role => seat.roles.includes(role))),
  )
  const ids = cached(bureaus, `not ${seat.agency}`, () => idsOf(bureaus, agency => agency !== seat.agency))
  const command = {
    id: newId(),
    name,
    version,
    occurredAt: new Date().toISOString(),
    input: anyInput(input, { draw, ids, nowMs: Date.now() }),
  }
  return { path: '/api/commands', body: JSON.stringify({ commands: [command] }) }
}

async function look(
  { server }: Ground,
  { owned }: Bureaus,
  seat: Seat,
  { path, body }: Asked,
  counts: Counts,
): Promise<string[]> {
  const response = await fetch(server.base + path, {
    ...{ method: 'POST', body, headers: { 'content-type': 'application/json', cookie: seat.cookie } },
  })
  const answer = await response.text()
  counts.statuses.set(response.status, (counts.statuses.get(response.status) ?? 0) + 1)
  if (response.status === 200) counts.answered += 1
  const { leaks, own } = seenIn(answer, body, seat, owned)
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
