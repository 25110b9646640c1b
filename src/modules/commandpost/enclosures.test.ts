import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { madeJpeg, madePdf, madePng } from '../../cores/enclosure/made-files.ts'
import { backupTo } from '../../kernel/db/backup.ts'
import { restoreFrom } from '../../kernel/db/restore.ts'
import { httpWorld } from '../../kernel/http/http-world.ts'
import { Kernel } from '../../kernel/kernel.ts'
import { silentLog } from '../../kernel/log.ts'
import { verifyDatabase } from '../../kernel/verify.ts'
import { openDatabase, type Person } from '../../kernel/world.ts'
import {
  difficulty,
  issueDirective,
  log,
  raiseDifficulty,
  recordMeeting,
  recordVisit,
  record,
  removeEnclosure,
  sweepEnclosures,
} from './contracts.ts'
import { bureau, modules, rounds } from './test-bureau.ts'
import { enclosureBytesMost, shownName } from './uploads.ts'

const folder = mkdtempSync(join(tmpdir(), 'fangxian-enclosures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('enclosures', async () => {
  const w = await httpWorld(modules)
  const b = await bureau(w)
  const { operationId, zhou, zheng, deputy, han, feng, chu } = b
  w.clock.set('2021-11-04T02:00:00.000Z')
  const { user } = inject('postgres')
  const config = { ...w.databaseConfig, user }

  interface Brought {
    digest: string
    size: number
    contentType: string
    name: string
  }
  const brings = async (person: Person, bytes: Uint8Array, fileName = '现场.jpg') => {
    const upload = w.kernel.registry.uploads.get('commandpost.enclosure')
    const hands = await w.kernel.reader(person.actor)
    return (await upload?.read({ fileName, bytes: Buffer.from(bytes) }, {} as never, hands)) as Brought
  }
  const opens = async (person: Person, enclosureId: string) => {
    const maker = w.kernel.registry.files.get('commandpost.enclosure')
    const hands = await w.kernel.reader(person.actor)
    return maker?.make({ enclosureId } as never, hands)
  }
  const mayNotOpen = (person: Person, enclosureId: string) =>
    opens(person, enclosureId).then(
      () => 'opened',
      (problem: { code: string }) => problem.code,
    )
  const entry = (enclosures: object[]) => ({
    ...{ entryId: w.newId(), operationId, kind: 'incident' as const, text: '东门围挡被风吹倒' },
    ...{ happenedAt: w.clock.now.toISOString(), enclosures: enclosures as never },
  })
  const one = (brought: Brought) => ({ enclosureId: w.newId(), digest: brought.digest, name: brought.name })
  const picture = one(await brings(zheng, madeJpeg({ width: 640, height: 480 })))

  it('CMD33 a command names what was brought; the bytes stand sealed and outside the books', async () => {
    const given = entry([picture])
    await zheng.does(record, given)
    const { rows } = await zheng.asks(log, { operationId, entryId: given.entryId })
    expect(rows[0]?.enclosures).toMatchObject([{ name: '现场.jpg', contentType: 'image/jpeg', step: null }])
    const made = await opens(zheng, picture.enclosureId)
    expect(made).toMatchObject({ fileName: '现场.jpg', contentType: 'image/jpeg' })
    expect(made?.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    expect(made?.bytes.toString('latin1')).not.toContain('OWNER')
    const stored = await w.owner.query('select bytes, held_at from sys.enclosure where digest = $1', [
      picture.digest,
    ])
    expect(stored.rows[0].bytes.includes(Buffer.from('JFIF'))).toBe(false)
    expect(stored.rows[0].held_at).not.toBeNull()
    const book = await w.owner.query(
      `select max(length(input::text)) as longest from app.journal where name = 'commandpost.record'`,
    )
    expect(book.rows[0].longest).toBeLessThan(1_500)
    await expect(
      new Promise((_, fail) => {
        const app = new pg.Client({ ...w.databaseConfig, user: 'fangxian_app' })
        app.connect(() => app.query('select * from sys.enclosure', error => app.end(() => fail(error))))
      }),
    ).rejects.toThrow('permission denied')
  })

  it('CMD33 only who brought it uses it, once in a record, while it is there', async () => {
    const mine = await brings(han, madePng())
    expect(await zheng.isRefused(record, entry([one(mine)]))).toBe('commandpost/enclosure-not-yours')
    const unknown = { ...one(mine), digest: 'a'.repeat(64) }
    expect(await han.isRefused(record, entry([unknown]))).toBe('commandpost/enclosure-missing')
    expect(await han.isRefused(record, entry([one(mine), one(mine)]))).toBe('commandpost/enclosure-twice')
    expect(await han.isRefused(record, entry([{ ...one(mine), digest: 'no' }]))).toBe('kernel/bad-input')
    const many = Array.from({ length: 10 }, () => one(mine))
    expect(await han.isRefused(record, entry(many))).toBe('kernel/bad-input')
    await han.does(record, entry([one(mine)]))
    // Another bureau's session finds nothing by a digest that it knows.
    const found = async (agencyId: string) => {
      const answers = (await w.owner.query(`begin; set local app.agency_id = '${agencyId}';
        select * from sys.enclosures(array['${mine.digest}']); commit`)) as unknown as { rows: unknown[] }[]
      return answers[2]?.rows.length
    }
    expect([await found(w.agency.agencyId), await found(w.newId())]).toEqual([1, 0])
  })

  it('CMD34 whoever may open the record opens what is joined to it, and nobody else', async () => {
    const shot = one(await brings(chu, madeJpeg()))
    const difficultyId = w.newId()
    await chu.does(raiseDifficulty, {
      ...{ difficultyId, postId: b.gate, kind: 'equipment', urgency: 'soon', enclosures: [shot] },
    })
    expect((await feng.asks(difficulty, { difficultyId })).enclosures).toMatchObject([{ step: 1 }])
    for (const person of [chu, feng, han, zheng])
      expect((await opens(person, shot.enclosureId))?.bytes).toBeDefined()
    expect(await mayNotOpen(b.zhu, shot.enclosureId)).toBe('commandpost/difficulty-missing')
    // The entry is the command post's own: no officer and no leader of a unit sees it.
    expect(await mayNotOpen(feng, picture.enclosureId)).toBe('commandpost/enclosure-missing')
    expect(await mayNotOpen(han, picture.enclosureId)).toBe('commandpost/enclosure-missing')
    const order = one(await brings(zhou, madePdf(), '部署方案.pdf'))
    await zhou.does(issueDirective, {
      ...{
        directiveId: w.newId(),
        operationId,
        number: '青公指令〔2021〕1号',
        source: 'own',
        fromWhom: '指挥长',
      },
      ...{ title: '部署方案', text: '见附件', dueAt: '2021-11-05T00:00:00Z', enclosures: [order] },
      addressees: [{ addresseeId: w.newId(), unitId: b.station }],
    })
    expect((await opens(han, order.enclosureId))?.contentType).toBe('application/pdf')
    expect(await mayNotOpen(b.zhu, order.enclosureId)).toBe('commandpost/directive-missing')
    expect(await mayNotOpen(zheng, w.newId())).toBe('commandpost/enclosure-missing')
    // Of a visit those of the post's units; of a meeting every desk.
    const stove = one(await brings(zhou, madeJpeg({ width: 8 })))
    const visited = { visitId: w.newId(), operationId, visitedAt: w.clock.now.toISOString(), postId: b.gate }
    await zhou.does(recordVisit, { ...visited, kind: 'care', visitor: '市局', enclosures: [stove] })
    expect((await opens(han, stove.enclosureId))?.contentType).toBe('image/jpeg')
    expect(await mayNotOpen(b.zhu, stove.enclosureId)).toBe('commandpost/visit-missing')
    const list = one(await brings(zhou, madePdf(), '签到表.pdf'))
    await zhou.does(recordMeeting, {
      ...{ meetingId: w.newId(), operationId, title: '会商', place: '指挥部', chair: '周示一' },
      ...{ heldAt: w.clock.now.toISOString(), enclosures: [list] },
    })
    expect((await opens(b.zhu, list.enclosureId))?.contentType).toBe('application/pdf')
    expect(await mayNotOpen(feng, list.enclosureId)).toBe('kernel/no-right')
  })

  it('CMD32 over the wire: five megabytes, pictures and PDF, to somebody signed in', async () => {
    await w.account('990120', '秦例二', ['dutyOfficer'])
    const caller = await w.caller('990120')
    const send = async (bytes: Uint8Array, name = 'a.jpg', by = caller) => {
      const form = new FormData()
      form.set('input', '{}')
      form.set('file', new Blob([Buffer.from(bytes)]), name)
      return by.post('/api/uploads/commandpost.enclosure', form)
    }
    const padded = (size: number) => {
      const jpeg = Buffer.from(madeJpeg())
      const end = jpeg.subarray(0, -2)
      return Buffer.concat([end, Buffer.alloc(size - jpeg.length, 1), Buffer.from([0xff, 0xd9])])
    }
    const whole = await send(padded(enclosureBytesMost))
    expect(whole.status).toBe(200)
    expect(whole.body).toMatchObject({ contentType: 'image/jpeg', name: 'a.jpg' })
    for (const more of [1, 70_000]) {
      expect((await send(padded(enclosureBytesMost + more))).status).toBe(413)
    }
    const page = await send(Buffer.from('<script>alert(1)</script>'), 'a.jpg')
    expect([page.status, page.body.code]).toEqual([415, 'commandpost/file-unknown'])
    expect((await send(new Uint8Array(0))).body.code).toBe('commandpost/file-empty')
    expect((await send(madeJpeg().subarray(0, 90))).body.code).toBe('commandpost/file-damaged')
    expect((await send(madePng(60_000, 60_000))).body.code).toBe('commandpost/file-too-many-pixels')
    expect((await send(madeJpeg(), 'a.jpg', w.nobody())).status).toBe(401)
    const enclosure = { enclosureId: w.newId(), digest: whole.body.digest, name: whole.body.name }
    const entryId = w.newId()
    const input = { ...entry([enclosure]), entryId }
    const done = await caller.post('/api/commands/commandpost.record', input)
    expect(done.status).toBe(200)
    const served = await caller.get(`/api/files/commandpost.enclosure?enclosureId=${enclosure.enclosureId}`)
    expect(served.status).toBe(200)
    expect(served.headers.get('content-type')).toBe('image/jpeg')
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
    expect(served.headers.get('content-disposition')).toContain('attachment')
    const nobody = await w
      .nobody()
      .get(`/api/files/commandpost.enclosure?enclosureId=${enclosure.enclosureId}`)
    expect(nobody.status).toBe(401)
  })

  it('CMD32 names are shown and never a path; forty wait at most', async () => {
    expect(shownName('C:\\fakepath\\现场.jpg')).toBe('现场.jpg')
    expect(shownName('../../etc/passwd')).toBe('passwd')
    expect(shownName('a\u0000b\n.jpg')).toBe('a b .jpg')
    expect(shownName('长'.repeat(200))).toHaveLength(120)
    expect(shownName(' / ')).toBe('附件')
    for (let n = 0; n < 40; n += 1) await brings(deputy, madePng())
    await expect(brings(deputy, madePng())).rejects.toMatchObject({ code: 'kernel/too-many-waiting' })
    await brings(zheng, madePng())
  })

  const path = join(folder, 'before.backup')

  it('CMD35 removed, it is gone for ever and everywhere, and its place says so', async () => {
    await backupTo(config, path, { masterKey: Buffer.alloc(32, 7) })
    const removal = { enclosureId: picture.enclosureId, why: '照片中有群众证件' }
    expect(await feng.isRefused(removeEnclosure, removal)).toBe('commandpost/enclosure-kept')
    expect(await feng.isRefused(removeEnclosure, { ...removal, why: ' ' })).toBe('kernel/bad-input')
    await deputy.does(removeEnclosure, removal)
    expect(await deputy.isRefused(removeEnclosure, removal)).toBe('commandpost/enclosure-removed')
    expect(await mayNotOpen(zheng, picture.enclosureId)).toBe('commandpost/enclosure-removed')
    const { rows } = await zheng.asks(log, { operationId, search: '围挡' })
    const row = rows.find(found => found.enclosures.some(each => each.enclosureId === picture.enclosureId))
    expect(row?.enclosures[0]?.removedWhy).toBe('照片中有群众证件')
    const left = await w.owner.query(
      `select e.bytes, k.wrapped from sys.enclosure e join sys.seal_key k on k.owner_id = e.key_id where digest = $1`,
      [picture.digest],
    )
    expect(left.rows).toEqual([{ bytes: null, wrapped: null }])
    const again = entry([{ ...picture, enclosureId: w.newId() }])
    expect(await zheng.isRefused(record, again)).toBe('commandpost/enclosure-removed')
  })

  it('CMD36 what nobody used is let go after a day', async () => {
    const count = async () =>
      Number((await w.owner.query('select count(*) as n from sys.enclosure where held_at is null')).rows[0].n)
    const waiting = await brings(zheng, madePng())
    expect(await count()).toBeGreaterThan(40)
    await rounds(w)
    expect(await count()).toBeGreaterThan(40)
    w.clock.advance(24 * 60 + 1)
    const held = await w.owner.query('select count(*) as n from sys.enclosure where held_at is not null')
    await rounds(w)
    expect(await count()).toBe(0)
    expect((await w.owner.query('select count(*) as n from sys.enclosure')).rows).toEqual(held.rows)
    expect(await zheng.isRefused(record, entry([one(waiting)]))).toBe('commandpost/enclosure-missing')
    // With nothing to let go, the journal is spared a line.
    const before = await w.owner.query('select count(*) as n from app.journal')
    await rounds(w)
    expect((await w.owner.query('select count(*) as n from app.journal')).rows).toEqual(before.rows)
    const sweep = { before: w.clock.now.toISOString() }
    expect(await zhou.isRefused(sweepEnclosures, sweep)).toBe('kernel/no-right')
  })

  it('CMD37 backup and restore keep the bytes; what was removed since stays closed', async () => {
    const database = await openDatabase()
    const into = { ...database.config, user }
    const kernelOf = () =>
      new Kernel({
        registry: w.kernel.registry,
        database: { ...database.config, user: 'fangxian_app' },
        masterKey: Buffer.alloc(32, 7),
        now: () => w.clock.now,
        log: silentLog,
      })
    try {
      const now = join(folder, 'after.backup')
      await backupTo(config, now, { masterKey: Buffer.alloc(32, 7) })
      await restoreFrom(into, now, { masterKey: Buffer.alloc(32, 7), replace: true })
      // The older file still has the picture, and its key is destroyed again where it was destroyed before.
      const report = await restoreFrom(into, path, { masterKey: Buffer.alloc(32, 7), replace: true })
      expect(report.keysDestroyedAgain).toBe(1)
      const kernel = kernelOf()
      const maker = kernel.registry.files.get('commandpost.enclosure')
      const hands = await kernel.reader(zheng.actor)
      const { rows } = await kernel.ask(zheng.actor, log, { operationId, limit: 100 })
      const all = rows.flatMap(row => row.enclosures)
      expect(all.length).toBeGreaterThan(1)
      const answers = await Promise.all(
        all.map(each =>
          Promise.resolve(maker?.make({ enclosureId: each.enclosureId } as never, hands)).then(
            made => made?.bytes.length ?? 0,
            (problem: { code: string }) => problem.code,
          ),
        ),
      )
      expect(answers.filter(each => each === 'commandpost/enclosure-removed')).toHaveLength(1)
      expect(answers.filter(each => typeof each === 'number' && each > 50)).toHaveLength(all.length - 1)
      expect((await verifyDatabase(into)).problems).toEqual([])
      await kernel.close()
    } finally {
      await database.drop()
    }
  })

  it('CMD37 bytes that were changed or lost are found by verify', async () => {
    const faults = async () =>
      (await verifyDatabase(config)).problems.map(found => `${found.code} ${found.count}`)
    expect(await faults()).toEqual([])
    const { rows } = await w.owner.query(
      'select digest, bytes from sys.enclosure where bytes is not null and held_at is not null order by digest limit 1',
    )
    const put = (bytes: Buffer | null) =>
      w.owner.query('update sys.enclosure set bytes = $1 where digest = $2', [bytes, rows[0].digest])
    await put(Buffer.concat([rows[0].bytes, Buffer.from('x')]))
    expect(await faults()).toEqual(['bytes-differ 1'])
    await put(null)
    expect(await faults()).toEqual(['bytes-missing 1'])
    await put(rows[0].bytes)
    expect(await faults()).toEqual([])
  })
})
