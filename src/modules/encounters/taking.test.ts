import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { reviews } from '../../kernel/books/contracts.ts'
import type { Verdict } from '../../kernel/contract.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { world } from '../../kernel/world.ts'
import { addPost, setPostState } from '../posts/contracts.ts'
import { bureau, encounter, modules } from './test-bureau.ts'

const w = await world(modules)
const b = await bureau(w)
const rowsOf = async (sql: string, values: unknown[] = []) => (await w.owner.query(sql, values)).rows
const kinds = (verdicts: readonly Verdict[]) => verdicts.map(one => one.verdict)
const codeOf = (verdict: Verdict | undefined) =>
  verdict && 'problem' in verdict ? verdict.problem.code : 'done'
const storedOf = async (id: string) =>
  (await rowsOf('select * from app.encounter where encounter_id = $1', [id]))[0]
const journalHead = async () => Number((await rowsOf('select max(seq) as n from app.journal'))[0].n)

describe('encounters are taken in bulk', () => {
  it('ENC1 a batch is stored as sent, under its agency, with one journal row that says how many and what', async () => {
    const head = await journalHead()
    const sent = Array.from({ length: 40 }, (_, n) => encounter(w, b.gate, { people: 1 + (n % 3) }))
    const verdicts = await b.feng.sends(sent)
    expect(verdicts).toEqual(sent.map(one => ({ id: one.id, verdict: 'done', seq: head + 1, answer: {} })))
    const stored = await rowsOf('select * from app.encounter order by encounter_id')
    expect(stored).toHaveLength(40)
    expect(stored[0]).toMatchObject({
      ...{ encounter_id: sent[0]?.id, agency_id: w.agency.agencyId, post_id: b.gate, people: 1 },
      ...{ temperature: 365, verdict: 'pass', reason: null, account_id: b.feng.actor.accountId },
      ...{ boxes: (sent[0]?.input as { boxes: object }).boxes, subject_id: null, claimed_at: null },
    })
    const [row] = await rowsOf("select * from app.journal where name = 'kernel.bulkTaken'")
    expect(row).toMatchObject({
      seq: head + 1,
      verdict: 'done',
      input: { name: 'encounters.note', rows: 40 },
    })
    const [again] = await rowsOf(
      `select encode(sha256(convert_to(string_agg(digest, '' order by encounter_id), 'UTF8')), 'hex') as digest
       from app.encounter where commit_id = $1`,
      [row.id],
    )
    expect(again.digest).toBe(row.digest)
    expect(await rowsOf("select 1 from app.change where table_name like 'encounter%'")).toEqual([])
  })

  it('ENC2 the same id with the same content is done again; with other content it is held, and the first stands', async () => {
    const first = encounter(w, b.gate, { people: 3 })
    const other = { ...first, input: { ...(first.input as object), people: 4 } }
    const [done] = await b.feng.sends([first])
    const head = await journalHead()
    expect(await b.feng.sends([first, first])).toEqual([done, done])
    expect(await journalHead()).toBe(head)
    const [held, same, heldAgain] = await b.feng.sends([other, first, other])
    expect([held, heldAgain].map(codeOf)).toEqual(['kernel/id-reused', 'kernel/id-reused'])
    expect(heldAgain).toEqual(held)
    expect(held).toMatchObject({ id: first.id, verdict: 'held' })
    expect(same).toEqual(done)
    expect((await storedOf(first.id)).people).toBe(3)
    // Of another person it is another content, too.
    expect(codeOf((await b.zheng.sends([first]))[0])).toBe('kernel/id-reused')
    // Within one request as well.
    const twin = encounter(w, b.gate, { people: 1 })
    const changed = { ...twin, input: { ...(twin.input as object), people: 9 } }
    expect(kinds(await b.feng.sends([twin, twin, changed]))).toEqual(['done', 'done', 'held'])
  })

  it('ENC3 what the contract does not let pass is held whole and sealed, and nobody else is', async () => {
    const hostile = [
      encounter(w, b.gate, { temperature: 870 }),
      encounter(w, b.gate, { boxes: [{ kind: 'healthCode', box: `box:1:a:${'x'.repeat(4_096)}` }] }),
      encounter(w, b.gate, { people: 0 }),
      encounter(w, b.gate, { verdict: "pass'); drop table app.encounter; --" }),
      encounter(w, b.gate, { note: '京A12345' }),
      encounter(w, b.gate, { boxes: '[]' }),
      encounter(w, b.gate, {}, { version: 9 }),
      encounter(w, b.gate, { passToken: '{"a"}' }),
    ]
    const good = [encounter(w, b.gate), encounter(w, b.checkpoint)]
    const sent = [good[0], ...hostile, good[1]]
    const verdicts = await b.feng.sends(sent)
    expect(verdicts.map(one => one.id)).toEqual(sent.map(one => one?.id))
    expect(kinds(verdicts)).toEqual(['done', ...hostile.map(() => 'held'), 'done'])
    expect(new Set(verdicts.slice(1, -1).map(codeOf))).toEqual(
      new Set(['kernel/bad-input', 'kernel/unknown-command']),
    )
    // Asked again, the same answer.
    expect(await b.feng.sends(hostile)).toEqual(verdicts.slice(1, -1))
    const [kept] = await rowsOf('select input from app.journal where id = $1', [hostile[0]?.id])
    expect(Object.keys(kept.input)).toEqual(['sealedWhole'])
    const waiting = await b.zhou.asks(reviews, {})
    expect(waiting.rows.map(row => row.commandId)).toEqual(expect.arrayContaining(hostile.map(one => one.id)))
  })

  it('ENC4 a post of another agency, or one that is not there, is held', async () => {
    const other = '00000000-0000-7000-8000-0000000000aa'
    const strange = encounter(w, w.newId())
    expect(codeOf((await b.feng.sends([strange]))[0])).toBe('encounters/post-missing')
    await w.owner.query('begin')
    await w.owner.query("set local app.command_id = '00000000-0000-7000-8000-0000000000ff'")
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'beihe', '北河县公安局', 'rehearsal')",
      [other],
    )
    await w.owner.query('commit')
    const foreign = { ...b.feng.actor, scope: { agencyId: other, unitIds: '*' as const } }
    const [verdict] = await w.kernel.submit(foreign, [encounter(w, b.gate)])
    expect(verdict && codeOf(verdict)).toBe('encounters/post-missing')
    expect(await rowsOf('select 1 from app.encounter where agency_id = $1', [other])).toEqual([])
    // A post that was opened a moment ago is known at once.
    const postId = w.newId()
    const post = { operationId: b.operationId, code: 'KK-09', name: '南卡口', kind: 'checkpoint' as const }
    await b.zhou.does(addPost, { ...post, postId, zoneId: null, place: null, unitId: b.traffic })
    await new Promise(resolve => setTimeout(resolve, 600))
    expect(kinds(await b.feng.sends([encounter(w, postId)]))).toEqual(['done'])
  })

  it("ENC5 a device's clock never decides acceptance: what cannot have been is counted as it arrives, and the claim is kept", async () => {
    const at = (iso: string, ms = Date.parse(iso)) =>
      encounter(w, b.gate, {}, { id: uuidv7(ms), occurredAt: iso })
    const now = w.clock.now.toISOString()
    const yesterday = '2021-11-02T05:30:00+08:00'
    const strange = [
      '1970-01-01T00:00:10Z',
      '2040-05-05T05:05:05Z',
      '2021-09-01T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59-23:59',
    ]
    const sent = [...strange.map(iso => at(iso, Math.max(0, Date.parse(iso)) % 2 ** 47)), at(yesterday)]
    expect(kinds(await b.feng.sends(sent))).toEqual(sent.map(() => 'done'))
    const stored = []
    for (const one of sent) stored.push(await storedOf(one.id))
    expect(stored.map(row => row.occurred_at)).toEqual([
      now,
      now,
      now,
      now,
      now,
      new Date(yesterday).toISOString(),
    ])
    expect(stored.map(row => row.claimed_at?.slice(0, 4) ?? null)).toEqual([
      '1970',
      '2040',
      '2021',
      null,
      null,
      null,
    ])
    // Out of order is no order at all here.
    expect(kinds(await b.feng.sends(sent.toReversed()))).toEqual(sent.map(() => 'done'))
  })

  it('ENC6 one row that the database cannot take is found and held; its neighbours are done', async () => {
    const bad = encounter(w, b.gate, { rulesVersion: 3_000_000_000 })
    const sent = [
      ...Array.from({ length: 20 }, () => encounter(w, b.gate)),
      bad,
      ...Array.from({ length: 12 }, () => encounter(w, b.gate)),
    ]
    const verdicts = await b.feng.sends(sent)
    expect(kinds(verdicts)).toEqual(sent.map(one => (one === bad ? 'held' : 'done')))
    expect(codeOf(verdicts[20])).toBe('kernel/internal')
    expect(await storedOf(bad.id)).toBeUndefined()
  })

  it('ENC7 in a mixed batch each goes down its road, and the verdicts keep their places', async () => {
    const batch = [
      encounter(w, b.gate),
      w.entry(setPostState, { postIds: [b.checkpoint], state: 'paused', on: '2021-11-03' }),
      encounter(w, b.gate, { people: 900 }),
      encounter(w, b.checkpoint),
    ]
    const verdicts = await b.zhou.sends(batch)
    expect(verdicts.map(one => [one.id, one.verdict])).toEqual([
      [batch[0]?.id, 'done'],
      [batch[1]?.id, 'done'],
      [batch[2]?.id, 'held'],
      [batch[3]?.id, 'done'],
    ])
    await b.zhou.does(setPostState, { postIds: [b.checkpoint], state: 'active', on: '2021-11-03' })
  })

  it('ENC8 many at once are few commits, and none is lost or doubled', async () => {
    const [{ n: before }] = await rowsOf(
      "select count(*)::int as n from app.journal where name = 'kernel.bulkTaken'",
    )
    const phones = Array.from({ length: 200 }, () => Array.from({ length: 10 }, () => encounter(w, b.gate)))
    // Each phone sends twice, as after an answer that was cut off.
    const twice = await Promise.all([...phones, ...phones].map(batch => b.feng.sends(batch)))
    expect(new Set(twice.flat().map(one => one.verdict))).toEqual(new Set(['done']))
    const ids = phones.flat().map(one => one.id)
    const [{ n }] = await rowsOf(
      'select count(*)::int as n from app.encounter where encounter_id = any ($1)',
      [ids],
    )
    expect(n).toBe(2_000)
    const [{ n: after }] = await rowsOf(
      "select count(*)::int as n from app.journal where name = 'kernel.bulkTaken'",
    )
    expect(after - before).toBeLessThan(40)
    const [{ counted }] = await rowsOf('select sum(passes)::int as counted from app.encounter_hour')
    const [{ all }] = await rowsOf('select count(*)::int as all from app.encounter')
    expect(counted).toBe(all)
  })

  it("ENC9 the role of the server sees and writes its agency's rows only, deletes none, and reaches no partition by name", async () => {
    const app = new pg.Client({ ...w.databaseConfig, user: 'fangxian_app' })
    await app.connect()
    const tried = async (sql: string, more = '') => {
      await app.query('begin')
      try {
        await app.query(`set local app.agency_id = '00000000-0000-7000-8000-0000000000aa'${more}`)
        return (await app.query(sql)).rowCount
      } catch (error) {
        return (error as { code: string }).code
      } finally {
        await app.query('rollback')
      }
    }
    try {
      for (const table of ['encounter', 'encounter_hour']) {
        expect((await app.query(`select 1 from app.${table}`)).rowCount).toBe(0)
        expect(await tried(`select 1 from app.${table}`)).toBe(0)
        expect(await tried(`delete from app.${table}`)).toBe('42501')
      }
      expect(await tried('select 1 from app.encounter_other')).toBe('42501')
      expect(await tried(`insert into app.encounter select * from app.encounter`)).toBe('FX001')
      const row = await storedOf((await b.feng.sends([encounter(w, b.gate)]))[0]?.id ?? '')
      const copy = `insert into app.encounter select (jsonb_populate_record(null::app.encounter, '${JSON.stringify({ ...row, encounter_id: w.newId() })}')).*`
      expect(await tried(copy, `; set local app.bulk_id = '${w.newId()}'`)).toBe('42501')
    } finally {
      await app.end()
    }
  })
})
