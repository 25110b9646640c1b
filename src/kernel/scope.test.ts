// Who sees what: the database itself keeps agencies and units apart, whatever the code above it forgets.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  type AnyRow,
  type AnyTable,
  anyRow,
  appTables,
  dropChecks,
  insertRow,
  putRows,
  seeded,
  uuidOf,
} from './db/any-rows.ts'
import { books, bulkTables } from './db/catalogue.ts'
import { bulkStatement, commandStatement, type Scope, scopeStatements } from './db/scope.ts'
import { openDatabase } from './world.ts'

const random = seeded(20211103)
const agencies = Array.from({ length: 4 }, () => ({
  id: uuidOf(random),
  units: Array.from({ length: 6 }, () => uuidOf(random)),
}))
const [here, there] = agencies as [(typeof agencies)[0], (typeof agencies)[0]]
const data = new Map<string, AnyRow[]>()

let database: Awaited<ReturnType<typeof openDatabase>>
let owner: pg.Client
let app: pg.Client
let tables: AnyTable[]

beforeAll(async () => {
  database = await openDatabase()
  owner = new pg.Client({ ...database.config, user: inject('postgres').user })
  app = new pg.Client({ ...database.config, user: 'fangxian_app' })
  await Promise.all([owner.connect(), app.connect()])
  tables = await appTables(owner)
  await dropChecks(owner)
  for (const table of tables) {
    const rows = agencies.flatMap(({ id, units }) =>
      // Where the agency is the whole key there is one row of each.
      Array.from({ length: table.key.length === 1 ? 1 : 12 }, () => anyRow(table, id, units, random)),
    )
    await putRows(owner, table.name, rows)
    data.set(table.name, rows)
  }
})
afterAll(async () => {
  await Promise.all([owner.end(), app.end()])
  await database.drop()
})

/** Runs as the app in a scope (or none) and takes it back. Gives the rows, or the code of the error. */
async function inScope(scope: Scope | undefined, sql: string, values: unknown[] = [], commandId?: string) {
  await app.query('begin')
  try {
    if (scope) await app.query(scopeStatements(scope))
    if (commandId) await app.query(`${commandStatement(commandId)}; ${bulkStatement(commandId)}`)
    return { rows: (await app.query<Record<string, unknown>>(sql, values)).rows, code: 'done' }
  } catch (error) {
    return { rows: [], code: String((error as { code?: string }).code) }
  } finally {
    await app.query('rollback')
  }
}

const whole = (agencyId: string): Scope => ({ agencyId, unitIds: '*' })

describe('scope', () => {
  it('SCP1 without a scope there are no rows in any table', async () => {
    let rows = 0
    for (const { name } of tables) {
      rows += data.get(name)?.length ?? 0
      expect(await inScope(undefined, `select * from app.${name}`), name).toEqual({ rows: [], code: 'done' })
    }
    console.log(`${tables.length} tables with ${rows} rows looked at`)
    expect(tables.length).toBeGreaterThan(30)
    expect(rows).toBeGreaterThan(1_000)
  })

  it('SCP2 an empty scope is no scope', async () => {
    for (const { name } of tables) {
      const { rows } = await inScope(
        undefined,
        `select * from app.${name} where set_config('app.agency_id', '', true) = ''`,
      )
      expect(rows, name).toEqual([])
    }
  })

  it('SCP3 2,000 random looks give exactly the rows of the scope', async () => {
    let seen = 0
    const allUnits = agencies.flatMap(one => one.units)
    for (let probe = 0; probe < 2_000; probe += 1) {
      const table = tables[Math.floor(random() * tables.length)]
      if (!table) throw new Error('invariant: there are tables')
      const agencyId = random() < 0.05 ? uuidOf(random) : (agencies[Math.floor(random() * 4)]?.id ?? '')
      const unitIds = random() < 0.3 ? ('*' as const) : allUnits.filter(() => random() < 0.25)
      const bound = table.unitScoped && unitIds !== '*'
      const expected = (data.get(table.name) ?? []).filter(
        row => row.agency_id === agencyId && (!bound || unitIds.includes(String(row.unit_id))),
      )
      const keyOf = (row: Record<string, unknown>) => table.key.map(column => String(row[column])).join(' ')
      const { rows } = await inScope(
        { agencyId, unitIds },
        `select to_jsonb(t) as row from app.${table.name} t`,
      )
      const found = rows.map(({ row }) => row as Record<string, unknown>)
      seen += found.length
      expect(
        found.map(row => row.agency_id).every(one => one === agencyId),
        table.name,
      ).toBe(true)
      expect(found.length, `${table.name} in ${JSON.stringify(unitIds)}`).toBe(expected.length)
      // Instants come back written otherwise than they went in.
      const instants = table.columns
        .filter(({ type }) => type.startsWith('timestamp'))
        .map(({ name }) => name)
      const plain = table.key.every(
        column => typeof expected[0]?.[column] === 'string' && !instants.includes(column),
      )
      if (plain) expect(found.map(keyOf).sort()).toEqual(expected.map(keyOf).sort())
    }
    console.log(`2,000 looks saw ${seen} rows`)
    expect(seen).toBeGreaterThan(5_000)
  })

  it('SCP4 a row of another agency is refused by the policy', async () => {
    let tried = 0
    for (const table of tables) {
      const row = anyRow(table, there.id, there.units, random)
      const { code } = await inScope(whole(here.id), insertRow(table.name), [row], uuidOf(random))
      expect(code, `insert into ${table.name}`).toBe('42501')
      tried += 1
    }
    expect(tried).toBe(tables.length)
  })

  it('SCP5 a row cannot be moved to another agency, nor to a unit outside the scope', async () => {
    const mine = tables.filter(table => !(table.name in books))
    for (const { name } of mine) {
      const { code } = await inScope(
        whole(here.id),
        `update app.${name} set agency_id = '${there.id}'`,
        [],
        uuidOf(random),
      )
      expect(code, `update ${name}`).toBe('42501')
    }
    for (const { name } of mine.filter(table => table.unitScoped)) {
      const row = data.get(name)?.find(one => one.agency_id === here.id)
      const unit = String(row?.unit_id)
      expect(here.units, `${name} has a row to move`).toContain(unit)
      const other = here.units.find(one => one !== unit)
      const scope = { agencyId: here.id, unitIds: [unit] }
      const { code } = await inScope(scope, `update app.${name} set unit_id = '${other}'`, [], uuidOf(random))
      expect(code, `update ${name}`).toBe('42501')
    }
    expect(mine.length).toBeGreaterThan(25)
  })

  it('SCP6 what lies outside the scope is not changed or deleted, silently or otherwise', async () => {
    for (const { name, unitScoped } of tables.filter(table => !(table.name in books))) {
      const scope = unitScoped ? { agencyId: here.id, unitIds: there.units } : whole(uuidOf(random))
      const update = `with touched as (update app.${name} set agency_id = agency_id returning 1) select * from touched`
      expect(await inScope(scope, update, [], uuidOf(random)), name).toEqual({ rows: [], code: 'done' })
      const gone = `with touched as (delete from app.${name} returning 1) select * from touched`
      // Facts by the million are dropped by the day and not deleted by the app at all.
      const code = name in bulkTables ? '42501' : 'done'
      expect(await inScope(scope, gone, [], uuidOf(random)), name).toEqual({ rows: [], code })
    }
  })
})

describe('guard', () => {
  it('GRD1 no table takes a write outside a command', async () => {
    let tried = 0
    for (const { name } of tables.filter(table => !(table.name in books))) {
      const { code } = await inScope(whole(here.id), `update app.${name} set agency_id = agency_id`)
      expect(code, `update ${name}`).toBe('FX001')
      tried += 1
    }
    expect(tried).toBeGreaterThan(25)
  })

  it('GRD1 an insert and a delete outside a command are refused, and done inside one', async () => {
    const alert = tables.find(table => table.name === 'alert')
    if (!alert) throw new Error('invariant: there is a table of alerts')
    const row = anyRow(alert, here.id, here.units, random)
    expect((await inScope(whole(here.id), insertRow('alert'), [row])).code).toBe('FX001')
    expect((await inScope(whole(here.id), insertRow('alert'), [row], uuidOf(random))).code).toBe('done')
    expect((await inScope(whole(here.id), 'delete from app.alert')).code).toBe('FX001')
    expect((await inScope(whole(here.id), 'delete from app.alert', [], uuidOf(random))).code).toBe('done')
    expect((await inScope(whole(here.id), 'truncate app.alert', [], uuidOf(random))).code).toBe('42501')
  })

  it('GRD2 the books are not edited by the app', async () => {
    for (const name of Object.keys(books)) {
      const gone = await inScope(whole(here.id), `delete from app.${name}`, [], uuidOf(random))
      expect(gone.code, `delete from ${name}`).toBe('42501')
      if (books[name]?.includes('UPDATE')) continue
      const edited = await inScope(whole(here.id), `update app.${name} set agency_id = agency_id`)
      expect(edited.code, `update ${name}`).toBe('42501')
    }
  })

  it('GRD3 what stands in sys is out of reach', async () => {
    const { rows } = await owner.query<{ name: string }>(
      "select c.relname as name from pg_class c where c.relnamespace = 'sys'::regnamespace and c.relkind in ('r', 'p')",
    )
    for (const { name } of rows) {
      expect((await inScope(whole(here.id), `select * from sys.${name}`)).code, name).toBe('42501')
    }
    expect(rows.length).toBeGreaterThan(5)
  })
})
