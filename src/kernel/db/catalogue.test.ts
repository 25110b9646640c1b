import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../world.ts'
import { type CatalogueRule, catalogueRules } from './catalogue.ts'
import { schemaHeader, schemaText } from './schema.ts'
import { tableTypes } from './tables.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const committed = (path: string) => readFileSync(root + path, 'utf8')

type Database = Awaited<ReturnType<typeof openDatabase>>
let database: Database
let owner: pg.Client

beforeAll(async () => {
  database = await openDatabase()
  owner = new pg.Client({ ...database.config, user: inject('postgres').user })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

describe('the committed schema', () => {
  it('CAT1 schema.sql is what the migrations come to', async () => {
    const { text, tables } = await schemaText(owner)
    console.log(`schema.sql: ${tables} tables compared`)
    expect(tables).toBeGreaterThan(30)
    expect(committed('migrations/schema.sql'), 'run `npm run types`').toBe(text)
  })

  it('CAT1 schema.sql run into an empty database gives the same schema', async () => {
    const { text } = await schemaText(owner)
    const name = `${database.name}_again`
    const { host, port, user } = inject('postgres')
    await owner.query(`create database ${name} template template0`)
    const again = new pg.Client({ host, port, user, database: name })
    await again.connect()
    try {
      await again.query('set check_function_bodies = off')
      await again.query(text.slice(schemaHeader.length))
      expect((await schemaText(again)).text).toBe(text)
    } finally {
      await again.end()
      await owner.query(`drop database ${name}`)
    }
  })

  it("CAT2 every module's tables.ts is what the migrations come to", async () => {
    const modules = await tableTypes(owner)
    let tables = 0
    for (const [module, text] of modules) {
      const path = module === 'kernel' ? 'src/kernel/tables.ts' : `src/modules/${module}/tables.ts`
      expect(committed(path), `${path}: run \`npm run types\``).toBe(text)
      tables += text.match(/^export interface \w+Table \{/gm)?.length ?? 0
    }
    console.log(`tables.ts: ${tables} tables of ${modules.size} modules compared`)
    expect(tables).toBeGreaterThan(30)
  })
})

describe('the catalogue', () => {
  it.each<[CatalogueRule, string, number]>([
    ['tenant', 'CAT3 every table of app is under the policy of its tenant', 30],
    ['unitScope', 'CAT4 a table with a unit is under the policy of the unit', 4],
    ['keys', 'CAT5 the agency is the first column of every key', 120],
    ['changeTrigger', 'CAT6 every change is recorded under the right key', 30],
    ['roles', 'CAT7 the roles of the server own nothing and stand above nothing', 1],
    ['grants', 'CAT8 each role may do exactly what it is for', 110],
    ['creation', 'CAT9 nobody but the owner makes objects', 10],
    ['definers', "CAT10 functions with the owner's rights are closed", 20],
    ['columns', 'CAT11 ids and instants come from code', 300],
    ['relations', 'CAT12 no sequences; views ask as who asks', 38],
    ['pasts', 'CAT15 a view of the past has the columns of its table', 10],
  ])('%s: %s', async (rule, _title, least) => {
    const { looked, faults } = await catalogueRules[rule](owner)
    console.log(`${rule}: ${looked} looked at`)
    expect(looked).toBeGreaterThan(least)
    expect(faults).toEqual([])
  })
})

describe('planted faults', () => {
  /** Makes a fault in a transaction, lets every rule look, and takes it back. */
  async function faultsOf(sql: string): Promise<Record<string, string[]>> {
    await owner.query('begin')
    try {
      await owner.query(sql)
      const found: Record<string, string[]> = {}
      for (const [name, rule] of Object.entries(catalogueRules)) {
        const { faults } = await rule(owner)
        if (faults.length > 0) found[name] = faults
      }
      return found
    } finally {
      await owner.query('rollback')
    }
  }

  it('CAT13 a table without policy is reported', async () => {
    const found = await faultsOf(
      'create table app.secret (agency_id uuid, id uuid, primary key (agency_id, id))',
    )
    expect(Object.keys(found).sort()).toEqual(['changeTrigger', 'grants', 'tenant'])
    expect(found.tenant).toContain('app.secret has no row-level security')
  })

  const protectedTable = (columns: string, keys: string) =>
    `create table app.planted (${columns}); select sys.protect('planted', array[${keys}])`

  it.each<[string, CatalogueRule, string]>([
    ['a second permissive policy', 'tenant', 'create policy more on app.officer using (true)'],
    ['another tenant policy', 'tenant', 'alter policy tenant on app.officer using (true)'],
    ['security switched off', 'tenant', 'alter table app.officer disable row level security'],
    [
      'a unit without its policy',
      'unitScope',
      protectedTable('agency_id uuid, unit_id uuid, primary key (agency_id, unit_id)', "'unit_id'"),
    ],
    ['a policy of the unit dropped', 'unitScope', 'drop policy unit_scope on app.officer'],
    ['a key without agency', 'keys', 'alter table app.team add unique (name)'],
    ['a unique index without agency', 'keys', 'create unique index planted on app.team (name)'],
    [
      'a foreign key without agency',
      'keys',
      protectedTable(
        'agency_id uuid, code text references app.agency (code), primary key (agency_id, code)',
        "'code'",
      ),
    ],
    ['a trigger switched off', 'changeTrigger', 'alter table app.officer disable trigger change'],
    ['a trigger dropped', 'changeTrigger', 'drop trigger change on app.officer'],
    [
      'a trigger with another key',
      'changeTrigger',
      protectedTable('agency_id uuid, a uuid, b uuid, primary key (agency_id, a, b)', "'a'"),
    ],
    ['an app that sees past policies', 'roles', 'alter role fangxian_app bypassrls'],
    ['an app that owns', 'roles', 'alter table app.officer owner to fangxian_app'],
    ['an app in a stronger role', 'roles', 'grant pg_read_all_data to fangxian_app'],
    ['a grant on a table of sys', 'grants', 'grant select (wrapped) on sys.seal_key to fangxian_app'],
    ['a grant to everybody', 'grants', 'grant select on app.officer to public'],
    ['a book that can be edited', 'grants', 'grant update on app.journal to fangxian_app'],
    [
      'a list of codes that can be written',
      'grants',
      'create table ref.code (code text); grant all on ref.code to fangxian_app',
    ],
    ['an app that creates', 'creation', 'grant create on schema app to fangxian_app'],
    [
      'a function open to all',
      'definers',
      "create function sys.planted() returns int language sql security definer set search_path = pg_catalog as 'select 1'",
    ],
    [
      'a function without search path',
      'definers',
      "create function sys.planted() returns int language sql security definer as 'select 1'",
    ],
    ['a serial', 'columns', 'alter table app.team add n serial'],
    ['an identity', 'columns', 'alter table app.team add n bigint generated always as identity'],
    [
      'an id from the database',
      'columns',
      'alter table app.team alter team_id set default gen_random_uuid()',
    ],
    ['a clock of the database', 'columns', 'alter table app.team add at timestamptz default now()'],
    ['an instant without zone', 'columns', 'alter table app.team add at timestamp'],
    ['a column without its past', 'pasts', 'alter table app.zone add planted text'],
    ['a sequence', 'relations', 'create sequence app.planted'],
    [
      'a view with the rights of the owner',
      'relations',
      'create view app.planted as select * from app.officer',
    ],
  ])('CAT13 %s is reported by %s', async (_title, rule, sql) => {
    expect(Object.keys(await faultsOf(sql))).toContain(rule)
  })
})
