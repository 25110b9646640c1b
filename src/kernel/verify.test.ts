import { describe, expect, it } from 'vitest'
import { access } from '../modules/access/index.ts'
import { addAccount, changeAccount, changeAgency } from '../modules/access/contracts.ts'
import { verifyDatabase, type VerifyReport } from './verify.ts'
import { world } from './world.ts'

describe('verify', async () => {
  const w = await world([access])
  const zhou = w.person('周示一', ['administrator'])
  const ids = [w.newId(), w.newId(), w.newId()]
  const config = async () => {
    const { rows } = await w.owner.query<{ user: string }>('select current_user as user')
    return { ...w.databaseConfig, user: rows[0]?.user }
  }
  const verify = async () => verifyDatabase(await config())
  const codes = (report: VerifyReport) => report.problems.map(one => `${one.code} ${one.table} ${one.count}`)

  /** Does something as the owner with every trigger off, verifies, and puts it back. */
  async function tampered(sql: string, undo: string): Promise<string[]> {
    await w.owner.query(`begin; set local session_replication_role = replica; ${sql}; commit`)
    const report = await verify()
    await w.owner.query(`begin; set local session_replication_role = replica; ${undo}; commit`)
    expect((await verify()).problems, 'after it was put back').toEqual([])
    return codes(report)
  }
  const keep = (table: string) => `create table public.kept as select * from app.${table}`
  const putBack = (table: string) =>
    `delete from app.${table}; insert into app.${table} select * from public.kept; drop table public.kept`

  it('VER1 the fold of all changes is the state', async () => {
    for (const [n, accountId] of ids.entries()) {
      await zhou.does(addAccount, { accountId, badge: `99030${n}`, name: '郑例二', roles: ['viewer'] })
    }
    const change = { accountId: ids[0] ?? '', scopeUnitId: null, active: true }
    await zhou.does(changeAccount, { ...change, roles: ['viewer', 'officer'] })
    await zhou.does(changeAccount, { ...change, roles: ['commander'] })
    await zhou.does(changeAgency, { name: '青禾县公安局', hostName: 'qinghe.example', handOverMinute: 420 })
    await zhou.isRefused(addAccount, {
      accountId: w.newId(),
      badge: '990300',
      name: '冯样三',
      roles: ['viewer'],
    })
    const steps: string[] = []
    const report = await verifyDatabase(await config(), { onProgress: step => steps.push(step.table) })
    expect(report.problems).toEqual([])
    expect(report).toMatchObject({ rows: 4, changes: 7, commands: 7 })
    expect(report.tables).toBeGreaterThan(25)
    expect(steps).toContain('account')
  })

  it('VER2 an edited row is found', async () => {
    const edit = (name: string) => `update app.account set name = '${name}' where badge = '990301'`
    expect(await tampered(edit('冯样三'), edit('郑例二'))).toEqual(['row-differs account 1'])
    const roles = (list: string) => `update app.account set roles = '{${list}}' where badge = '990300'`
    expect(await tampered(roles('administrator'), roles('commander'))).toEqual(['row-differs account 1'])
  })

  it('VER3 an inserted and a deleted row are found', async () => {
    const insert = `insert into app.account (agency_id, account_id, badge, name, roles)
      values ('${w.agency.agencyId}', '${w.newId()}', '990399', '冯样三', '{administrator}')`
    const gone = "delete from app.account where badge = '990399'"
    expect(await tampered(insert, gone)).toEqual(['row-without-change account 1'])
    expect(
      await tampered(
        `${keep('account')}; delete from app.account where badge = '990302'`,
        putBack('account'),
      ),
    ).toEqual(['row-missing account 1'])
  })

  it('VER4 a deleted change is found: the first, one between, and the last', async () => {
    const without = (n: number) =>
      tampered(
        `${keep('change')}; delete from app.change where table_name = 'account' and row_id = '${ids[0]}' and n = ${n}`,
        putBack('change'),
      )
    expect(await without(1)).toContain('change-missing account 1')
    expect(await without(2)).toContain('change-missing account 1')
    expect(await without(3)).toEqual(['row-differs account 1'])
    const all = `${keep('change')}; delete from app.change where row_id = '${ids[1]}'`
    expect(await tampered(all, putBack('change'))).toEqual(['row-without-change account 1'])
  })

  it('VER5 an edited change is found, though a later one covers it', async () => {
    const edit = `${keep('change')}; update app.change set after = after || '{"roles": ["logistics"]}'
      where table_name = 'account' and row_id = '${ids[0]}' and n = 2`
    expect(await tampered(edit, putBack('change'))).toEqual(['change-does-not-follow account 1'])
  })

  it('VER6 a change without command, and one of a refused command, are found', async () => {
    const forged = `${keep('change')}; update app.change set command_id = '${w.newId()}' where row_id = '${ids[2]}'`
    expect(await tampered(forged, putBack('change'))).toEqual(['change-without-command change 1'])
    const genesis = `${keep('change')}; update app.change set command_id = '00000000-0000-7000-8000-0000000000ff'
      where row_id = '${ids[2]}'`
    expect(await tampered(genesis, putBack('change'))).toEqual(['change-without-command change 1'])
    const refused = `${keep('change')}; update app.change set command_id =
      (select id from app.journal where verdict = 'refused') where row_id = '${ids[2]}'`
    expect(await tampered(refused, putBack('change'))).toEqual(['change-of-refused change 1'])
  })

  it('VER7 a missing journal row and a wrong head are found', async () => {
    const missing = `${keep('journal')}; delete from app.journal where seq = 2`
    expect(await tampered(missing, putBack('journal'))).toEqual([
      'change-without-command change 1',
      'command-missing journal 1',
    ])
    const last = `${keep('journal')}; delete from app.journal where seq = 7`
    expect(await tampered(last, putBack('journal'))).toEqual(['head-differs journal 1'])
    const head = (step: string) => `update app.journal_head set seq = seq ${step}`
    expect(await tampered(head('+ 1'), head('- 1'))).toEqual(['head-differs journal 1'])
  })

  it('VER8 a column that came later, with or without a default, is no fault', async () => {
    await w.owner.query("alter table app.account add added text not null default 'x', add nothing integer")
    try {
      expect((await verify()).problems).toEqual([])
      await zhou.does(changeAccount, {
        accountId: ids[1] ?? '',
        roles: ['officer'],
        scopeUnitId: null,
        active: true,
      })
      expect((await verify()).problems).toEqual([])
    } finally {
      await w.owner.query('alter table app.account drop added, drop nothing')
    }
    expect((await verify()).problems).toEqual([])
  })
})
