import { describe, expect, it } from 'vitest'
import { dismissReview, reviews } from './books/contracts.ts'
import { derivedId } from './ids.ts'
import { access } from '../modules/access/index.ts'
import { changeAgency } from '../modules/access/contracts.ts'
import { books } from './books/books.ts'
import { addPartner, follow, lead, note, order, trial } from './trial.ts'
import { late, type ways } from './trial-ways.ts'
import { codes, gapless, kinds, rowsOf } from './trial-world.ts'
import { world } from './world.ts'

type Way = (typeof ways)[number]
const open = () => world([access, trial, books([access, trial])])

describe('order', async () => {
  const w = await open()
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const feng = w.person('冯样三', ['dutyOfficer'])
  const plain = (text: string) => w.entry(order, { alertId: w.newId(), text })

  it('KRN10 four submitters at once give one order without gaps', async () => {
    const batch = (who: string) => Array.from({ length: 25 }, (_, n) => plain(`${who} ${n}`))
    const all = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(who => zheng.sends(batch(who))),
    )
    const seqs = all.flat().map(one => (one.verdict === 'done' ? one.seq : 0))
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
    // A batch stands together, because it is one transaction under the lock.
    for (const verdicts of all) {
      const own = verdicts.map(one => (one.verdict === 'done' ? one.seq : 0))
      expect(own.at(-1)! - own[0]!).toBe(24)
    }
    await gapless(w)
  })

  it('KRN11 the same id from two clients at once is done once', async () => {
    const entry = plain('once')
    const answers = await Promise.all(Array.from({ length: 6 }, () => zheng.sends([entry])))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(kinds(answers[0]!)).toEqual(['done'])
    expect(await rowsOf(w, `select 1 from app.alert where subject = 'once'`)).toHaveLength(1)
  })

  it('KRN11 the same id twice in one batch is done once', async () => {
    const entry = plain('twice in a batch')
    const [a, b] = await zheng.sends([entry, entry])
    expect(a).toEqual(b)
    expect(a?.verdict).toBe('done')
  })

  it('KRN12 an id used by somebody else is refused, and tells nothing of the first answer', async () => {
    const entry = plain('mine')
    await zheng.sends([entry])
    const [verdict] = await feng.sends([entry])
    expect(verdict).toMatchObject({ verdict: 'refused', problem: { code: 'kernel/id-reused' } })
    expect(verdict).not.toHaveProperty('answer')
  })

  it('KRN12 a fact whose id was used for another is held under a number of its own, once', async () => {
    const first = w.entry(note, { alertId: w.newId(), text: 'fact one' })
    await zheng.sends([first])
    const other = { ...first, input: { alertId: w.newId(), text: 'fact two' } }
    const [a] = await zheng.sends([other])
    const [b] = await zheng.sends([other])
    expect(a).toEqual(b)
    expect(a).toMatchObject({ id: first.id, verdict: 'held', problem: { code: 'kernel/id-reused' } })
    const kept = await rowsOf(w, `select input from app.journal where input->>'text' = 'fact two'`)
    expect(kept).toHaveLength(1)
  })

  it('KRN13 an id in capitals is the same id, and comes back as it was sent', async () => {
    const entry = plain('capitals')
    const shouted = { ...entry, id: entry.id.toUpperCase() }
    const [a] = await zheng.sends([shouted])
    const [b] = await zheng.sends([entry])
    expect(a).toMatchObject({ id: shouted.id, verdict: 'done' })
    expect(b).toEqual({ ...a, id: entry.id })
  })

  it('KRN14 five hundred in one batch, and none', async () => {
    const verdicts = await zheng.sends(Array.from({ length: 500 }, (_, n) => plain(`many ${n}`)))
    expect(new Set(kinds(verdicts))).toEqual(new Set(['done']))
    expect(await zheng.sends([])).toEqual([])
    await gapless(w)
  })
})

describe('failures', async () => {
  const w = await open()
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const viewer = w.person('冯样三', ['viewer'])
  const trying = (way: Way, contract: typeof note | typeof order = order, text: string = way) =>
    w.entry(contract, { alertId: w.newId(), text, way })
  const subjects = async () => (await rowsOf(w, 'select subject from app.alert')).map(row => row.subject)

  const expected: [Way, string][] = [
    ['not allowed', 'kernel/no-right'],
    ['refused', 'trial/no'],
    ['refused after a read', 'trial/no'],
    ['refused after a second write', 'trial/no'],
    ['bug', 'kernel/internal'],
    ['bug after a read', 'kernel/internal'],
    ['missing row', 'trial/gone'],
    ['missing row, then a read', 'trial/gone'],
    ['check', 'kernel/constraint'],
    ['twice', 'trial/taken'],
    ['bad number', 'kernel/internal'],
    ['another agency', 'kernel/no-right'],
    ['a statement that cannot be compiled', 'kernel/internal'],
    ['a value that cannot be sent', 'kernel/internal'],
  ]

  it.each(expected)('KRN20 a request that fails by “%s” is refused alone', async (way, code) => {
    const [before, after] = [`before ${way}`, `after ${way}`]
    const entries = [trying('plain', order, before), trying(way), trying('plain', order, after)]
    const verdicts = await zheng.sends(entries)
    expect(codes(verdicts)).toEqual(['done', code, 'done'])
    const found = await subjects()
    expect(found.filter(one => one === before || one === after)).toHaveLength(2)
    expect(found).not.toContain(way)
    // A recorded answer: asked again, it is the same.
    expect(await zheng.sends(entries)).toEqual(verdicts)
    const [row] = await rowsOf(w, 'select verdict, answer from app.journal where id = $1', [entries[1]!.id])
    expect(row).toMatchObject({ verdict: 'refused', answer: { code } })
    await gapless(w)
  })

  it.each(expected)('KRN21 a fact that fails by “%s” is held, whole', async (way, code) => {
    const entry = trying(way, note, `fact ${way}`)
    const [verdict] = await zheng.sends([entry])
    expect(verdict).toMatchObject({ verdict: 'held', problem: { code } })
    const [row] = await rowsOf(w, 'select verdict, input from app.journal where id = $1', [entry.id])
    expect(row).toEqual({ verdict: 'held', input: entry.input })
    const [review] = await rowsOf(w, 'select state, reason from app.review where command_id = $1', [entry.id])
    expect(review).toMatchObject({ state: 'open', reason: { code } })
  })

  it('KRN22 a review is listed with its reason', async () => {
    const list = await zheng.asks(reviews, { limit: 100 })
    expect(list.total).toBe(expected.length)
    expect(new Set(list.rows.map(row => row.reason.code))).toEqual(new Set(expected.map(([, code]) => code)))
  })

  it('KRN23 a bug is logged under the reference of the answer, without names', async () => {
    const [verdict] = await zheng.sends([trying('bug', order, '周示一 990101 10000001234')])
    if (verdict?.verdict !== 'refused') throw new Error('the bug was not refused')
    const reference = String(verdict.problem.params.reference)
    const line = w.logged.find(one => one.includes(reference))
    expect(line).toContain('TypeError')
    expect(line).not.toMatch(/周示一|990101|10000001234/)
  })

  it('KRN24 no role: refused or held before the handler, and recorded', async () => {
    const verdicts = await viewer.sends([trying('plain', order, 'role'), trying('plain', note, 'role')])
    expect(verdicts).toMatchObject([
      { verdict: 'refused', problem: { code: 'kernel/no-right' } },
      { verdict: 'held', problem: { code: 'kernel/no-right' } },
    ])
    expect(await subjects()).not.toContain('role')
  })

  it('KRN25 many failures of every kind in one batch fail no stranger', async () => {
    const entries = expected.flatMap(([way], n) => [trying('plain', order, `good ${n}`), trying(way)])
    const verdicts = await zheng.sends(entries)
    expect(codes(verdicts)).toEqual(expected.flatMap(([, code]) => ['done', code]))
  })

  it('KRN26 a query left behind by a handler does not run in the next transaction', async () => {
    await zheng.sends([trying('query after the end')])
    expect(late).toHaveLength(1)
    await expect(late[0]!()).rejects.toThrow('after its transaction has ended')
  })
})

describe('input that cannot be read', async () => {
  const w = await open()
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const phone = '10000001234'
  const good = (text: string) => w.entry(order, { alertId: w.newId(), text })

  it('KRN30 parse, role, allow and handler: a fact is kept sealed, never in clear', async () => {
    const partnerId = w.newId()
    const fields = { partnerId, name: '冯样三', phone }
    const held = [
      w.entry(addPartner, { ...fields, extra: phone }),
      w.entry(addPartner, { ...fields, name: 7 }),
      w.entry(addPartner, { ...fields, partnerId: 'nobody' }),
      w.entry(addPartner, { ...fields, way: 'not allowed' }),
      w.entry(addPartner, { ...fields, way: 'refused' }),
      { ...w.entry(addPartner, fields), version: 9 },
      { ...w.entry(addPartner, fields), name: 'no.such' },
    ]
    expect(kinds(await zheng.sends(held))).toEqual(held.map(() => 'held'))
    const viewer = w.person('周示一', ['viewer'])
    expect(kinds(await viewer.sends([w.entry(addPartner, fields)]))).toEqual(['held'])
    const rows = await rowsOf(w, 'select input::text as input, answer::text as answer from app.journal')
    expect(rows).toHaveLength(8)
    for (const { input, answer } of rows) {
      expect(input).toMatch(/sealed:1:/)
      expect(input + answer).not.toContain(phone)
    }
    expect(w.logged.join('\n')).not.toContain(phone)
    const [whole] = await rowsOf(w, `select input->>'sealedWhole' as s from app.journal where seq = 1`)
    const [text] = await w.kernel.sealer.open(w.agency.agencyId, [whole.s])
    expect(JSON.parse(String(text))).toEqual(held[0]!.input)
  })

  it('KRN31 an envelope that cannot be read is held by its id and blocks nothing', async () => {
    const one = good('x')
    const broken: object[] = [
      { id: w.newId() },
      { ...good('x'), name: '名字\u0000' },
      { ...good('x'), version: 'two' },
      { ...good('x'), occurredAt: 'yesterday' },
      { ...good('x'), signature: 'unknown to us' },
    ]
    const verdicts = await zheng.sends([...broken, one])
    expect(kinds(verdicts)).toEqual([...broken.map(() => 'held'), 'done'])
    expect(verdicts.map(verdict => verdict.id)).toEqual(
      [...broken, one].map(entry => (entry as { id: string }).id),
    )
    expect(await zheng.sends(broken)).toEqual(verdicts.slice(0, -1))
    await expect(zheng.sends([{ name: 'no id at all' }])).rejects.toMatchObject({ code: 'kernel/bad-body' })
  })

  it('KRN32 what PostgreSQL cannot keep is turned down by name, anywhere in an entry', async () => {
    const texts = ['a\u0000b', 'half \ud83d', '\udc00']
    for (const text of texts) {
      const [asked, fact] = await zheng.sends([
        good(text),
        w.entry(note, { alertId: w.newId(), text, [text]: text }),
      ])
      expect(asked).toMatchObject({ verdict: 'refused', problem: { code: 'kernel/bad-input' } })
      expect(fact).toMatchObject({ verdict: 'held', problem: { code: 'kernel/bad-input' } })
    }
  })

  it('KRN33 prose that names a member of the public is turned down with a hint', async () => {
    for (const text of ['电话 13800138000', '证件 110101199003071234', '车牌 京A12345', '粤B·D12345']) {
      const [verdict] = await zheng.sends([good(text)])
      expect(verdict, text).toMatchObject({ problem: { code: 'kernel/held-before' } })
    }
    expect((await zheng.sends([good('今日气温 36.5,人数 13800')]))[0]?.verdict).toBe('done')
    const journal = await rowsOf(
      w,
      'select string_agg(input::text || answer::text, chr(10)) as t from app.journal',
    )
    expect(journal[0].t).not.toMatch(/13800138000|110101199003071234|A12345/)
  })

  it('KRN34 a device clock is never a reason: any claim is taken, one beyond all calendars as of now', async () => {
    const claims = [
      '1970-01-01T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59-14:00',
      '2031-11-03T08:00:00+08:00',
    ]
    const entries = claims.map(occurredAt => ({ ...good(`clock ${occurredAt}`), occurredAt }))
    expect(kinds(await zheng.sends(entries))).toEqual(claims.map(() => 'done'))
    const rows = await rowsOf(
      w,
      `select occurred_at from app.journal where input->>'text' like 'clock %' order by seq`,
    )
    const now = w.clock.now.toISOString()
    expect(rows.map(row => row.occurred_at)).toEqual([
      '1970-01-01T00:00:00.000Z',
      now,
      now,
      '2031-11-03T00:00:00.000Z',
    ])
  })
})

describe('too much to look at', async () => {
  const w = await open()
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const feng = w.person('冯样三', ['dutyOfficer'])
  const bad = () => w.entry(note, { alertId: w.newId(), text: 'x', way: 'refused' })

  it('KRN27 a device with 500 open reviews keeps further ones, and nobody else is held up', async () => {
    await zheng.sends(Array.from({ length: 499 }, bad))
    const entries = [
      bad(),
      bad(),
      w.entry(note, { alertId: w.newId(), text: 'good' }),
      w.entry(order, { text: 7 }),
    ]
    const verdicts = await zheng.sends(entries)
    expect(kinds(verdicts)).toEqual(['held', 'retry', 'done', 'refused'])
    expect(verdicts[1]).toMatchObject({ problem: { code: 'kernel/too-many-held', status: 429 } })
    expect(kinds(await feng.sends([bad()]))).toEqual(['held'])
    const { reviewId } = verdicts[0] as { reviewId: string }
    await zheng.does(dismissReview, { reviewId, why: '重复' })
    expect(kinds(await zheng.sends([entries[1]]))).toEqual(['held'])
    await gapless(w)
  })
})

describe('commands within commands', async () => {
  const w = await open()
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const jobs = () => rowsOf(w, 'select payload from graphile_worker._private_jobs order by id')

  it('KRN40 a child has its own row, parent, seq and ids that follow from the parent', async () => {
    const id = w.newId()
    const [verdict] = await zheng.sends([w.entry(lead, { subjects: ['one', 'two'] }, id)])
    const rows = await rowsOf(
      w,
      'select id, parent_id, name, seq, verdict, input from app.journal order by seq',
    )
    const children = [1, 2].map(n => derivedId(id, `call ${n} trial.follow`))
    expect(rows.map(row => [row.id, row.parent_id, row.seq, row.verdict])).toEqual([
      [id, null, 1, 'done'],
      [children[0], id, 2, 'done'],
      [children[1], id, 3, 'done'],
    ])
    expect(verdict).toMatchObject({ answer: { made: children.map(child => derivedId(child, 'alert')) } })
    const changes = await rowsOf(w, 'select distinct command_id from app.change where table_name = $1', [
      'alert',
    ])
    expect(changes.map(row => row.command_id).toSorted()).toEqual(children.toSorted())
  })

  it('KRN41 a parent that fails takes its children back, and their jobs', async () => {
    const before = (await jobs()).length
    const [verdict] = await zheng.sends([w.entry(lead, { subjects: ['three'], thenFail: true })])
    expect(verdict).toMatchObject({ verdict: 'refused', problem: { code: 'trial/no' } })
    expect(await rowsOf(w, `select 1 from app.alert where subject = 'three'`)).toHaveLength(0)
    expect(await rowsOf(w, `select 1 from app.journal where input->>'subject' = 'three'`)).toHaveLength(0)
    expect(await jobs()).toHaveLength(before)
    await gapless(w)
  })

  it('KRN42 what follows a command enters the queue in the same transaction, also beside a failure', async () => {
    const id = w.newId()
    const twice = w.entry(order, { alertId: w.newId(), text: 'x', way: 'twice' })
    await zheng.sends([w.entry(lead, { subjects: ['four'] }, id), twice])
    const payloads = (await jobs()).map(row => row.payload)
    expect(payloads.at(-1)).toEqual({ hook: 'trial.afterLead', agency: w.agency.agencyId, command: id })
    expect(payloads.filter(one => one.command === id)).toHaveLength(1)
  })

  it('KRN43 a changed setting is handed to the very next command, in the batch and after it', async () => {
    const zhou = w.person('周示一', ['administrator', 'dutyOfficer'])
    const settings = { name: '青禾县公安局', hostName: null, handOverMinute: 420 }
    await zhou.sends([w.entry(changeAgency, settings), w.entry(follow, { subject: 'five' })])
    const [alert] = await rowsOf(w, `select link from app.alert where subject = 'five'`)
    expect(alert.link).toBe('/day/420')
    expect((await w.kernel.agency(w.agency.agencyId)).handOverMinute).toBe(420)
  })
})
