import { describe, expect, it } from 'vitest'
import { sealBox } from '../../device/box.ts'
import { books } from '../../kernel/books/books.ts'
import { runWatch } from '../../kernel/jobs.ts'
import { isSealed } from '../../kernel/seal.ts'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { dismissBox, openSubject, settleSubjects, unopenedList } from './contracts.ts'
import { settle, subjects } from './index.ts'
import { inventedId, inventedPhone, phoneOf, type Told } from './test-subjects.ts'

const w = await world([access, subjects, books([access, subjects])])
const boxed = phoneOf(w, sealBox)
const hands = await w.kernel.system(w.agency.agencyId)
const zheng = w.person('郑例二', ['dutyOfficer'])

async function settled(told: Told, factId?: string): Promise<string> {
  const fact = await boxed(told, factId)
  const subjectId = (await settle(hands, [fact])).get(fact.factId)
  if (!subjectId) throw new Error('nothing was settled')
  return subjectId
}
const looking = { purpose: '核对登记', caseRef: '演练-1' }
async function known(subjectId: string) {
  const { values, ...rest } = await zheng.asks(openSubject, { subjectId, ...looking })
  return { ...rest, texts: values.map(one => `${one.kind} ${one.text}`).sort() }
}
const journal = async () => (await w.owner.query('select count(*)::int as n from app.journal')).rows[0].n

describe('settling', () => {
  it('SUB20 a fact makes a subject; the next one with the same mark, however written, finds it', async () => {
    const idNumber = inventedId(1)
    const first = await settled({ idNumber, name: '周示一', phone: inventedPhone(1) })
    expect(await settled({ idNumber: idNumber.toLowerCase() })).toBe(first)
    expect(await settled({ phone: `+86 ${inventedPhone(1)}` })).toBe(first)
    expect(await known(first)).toMatchObject({
      kind: 'person',
      texts: [`idNumber ${idNumber}`, 'name 周示一', `phone ${inventedPhone(1)}`],
      links: [],
    })
  })

  it('SUB21 a name alone never identifies', async () => {
    const [one, two] = [await settled({ name: '冯样三' }), await settled({ name: '冯样三' })]
    expect(one).not.toBe(two)
    expect((await known(one)).texts).toEqual(['name 冯样三'])
    // The same name again at somebody who is known is kept once, a new one beside it.
    const idNumber = inventedId(2)
    const subjectId = await settled({ idNumber, name: '陈样 四' })
    await settled({ idNumber, name: ' 陈样  四 ' })
    await settled({ idNumber, name: '陈样肆' })
    expect((await known(subjectId)).texts).toEqual([`idNumber ${idNumber}`, 'name 陈样 四', 'name 陈样肆'])
  })

  it('SUB22 a number that its check digit denies is kept and finds nobody', async () => {
    const wrong = `${inventedId(3).slice(0, 17)}${inventedId(3).endsWith('1') ? '2' : '1'}`
    const [one, two] = [await settled({ idNumber: wrong }), await settled({ idNumber: wrong })]
    expect(one).not.toBe(two)
    expect((await known(one)).texts).toEqual([`idNumber ${wrong}`])
  })

  it('SUB23 two strong marks of two people make them no one: the stronger counts, a link is left', async () => {
    const phone = inventedPhone(4)
    const mother = await settled({ idNumber: inventedId(4), phone })
    // Known by another ID number: the phone of the mother does not make it her.
    const child = await settled({ idNumber: inventedId(5), phone })
    expect(child).not.toBe(mother)
    expect(await settled({ phone })).toBe(mother)
    expect((await known(child)).texts).toEqual([`idNumber ${inventedId(5)}`])
    expect((await known(child)).links).toMatchObject([{ otherId: mother, kind: 'sharedMark' }])
    expect((await known(mother)).links).toMatchObject([{ otherId: child, kind: 'sharedMark' }])
    // Two phones, each of somebody else, and the health code of the one.
    const healthCode = 'HC-000006'
    const six = await settled({ healthCode })
    expect(await settled({ healthCode, phone })).toBe(six)
    expect((await known(six)).links).toMatchObject([{ otherId: mother, kind: 'sharedMark' }])
  })

  it('SUB24 a vehicle is not its driver', async () => {
    const plate = '京A·00007'
    const car = await settled({ plate, permit: '通行 0007' })
    expect((await known(car)).kind).toBe('vehicle')
    const driver = await settled({ plate, idNumber: inventedId(7) })
    const other = await settled({ plate: '京a00007', idNumber: inventedId(8) })
    expect(new Set([car, driver, other]).size).toBe(3)
    expect(await settled({ plate })).toBe(car)
    expect(await settled({ permit: '通行 0007' })).toBe(car)
    expect((await known(driver)).links).toMatchObject([{ otherId: car, kind: 'together' }])
    expect((await known(car)).links).toHaveLength(2)
    // Only a phone beside the plate: the fact is about the vehicle.
    expect(await settled({ plate, phone: inventedPhone(9) })).toBe(car)
    // Only a name: it is kept with the vehicle.
    expect(await settled({ plate, name: '韩例五' })).toBe(car)
    expect((await known(car)).texts).toEqual(['name 韩例五', 'permit 通行 0007', 'plate 京A00007'])
  })

  it('SUB25 the same facts again, together or at the same moment, change nothing', async () => {
    const told: Told[] = [
      { idNumber: inventedId(10), name: '杨例六', phone: inventedPhone(10) },
      { plate: '京A00010', idNumber: inventedId(10) },
      { plate: '京A00010', phone: inventedPhone(11) },
      { name: '朱例七' },
    ]
    const facts = await Promise.all(told.map(one => boxed(one)))
    const runs = await Promise.all([settle(hands, facts), settle(hands, facts), settle(hands, facts)])
    expect(new Set(runs.map(run => JSON.stringify([...run]))).size).toBe(1)
    expect(runs[0]!.size).toBe(4)
    const before = await journal()
    expect(await settle(hands, facts)).toEqual(runs[0])
    expect(await journal()).toBe(before)
    const { rows } = await w.owner.query(
      'select subject_id, kind, count(*)::int as n from app.subject_value group by 1, 2',
    )
    expect(rows.filter(row => row.n > 1 && row.kind !== 'name')).toEqual([])
  })

  it('SUB26 interrupted between marks and books, it goes on with the same ids', async () => {
    const fact = await boxed({ idNumber: inventedId(12), name: '秦例八' })
    const broken = { ...hands, run: () => Promise.reject(new Error('the power went')) }
    await expect(settle(broken, [fact])).rejects.toThrow('the power went')
    const later = await settle(hands, [await boxed({ idNumber: inventedId(12) })])
    const [subjectId] = later.values()
    expect((await settle(hands, [fact])).get(fact.factId)).toBe(subjectId)
    expect((await known(subjectId!)).texts).toEqual([`idNumber ${inventedId(12)}`, 'name 秦例八'])
  })

  it('SUB27 a box that does not open is kept and told of, and stops nobody', async () => {
    const good = await boxed({ plate: '京A00013' })
    const half = await boxed({ idNumber: inventedId(13), phone: inventedPhone(13) })
    const [first, second] = half.boxes
    const stray = { ...half, boxes: [first!, { ...second!, box: `${second!.box.slice(0, -4)}AAAA` }] }
    const foreign = { factId: w.newId(), boxes: good.boxes }
    const found = await settle(hands, [foreign, stray, good, { factId: w.newId(), boxes: [] }])
    expect([...found.keys()].sort()).toEqual([good.factId, half.factId].sort())
    const { rows } = await zheng.asks(unopenedList, {})
    expect(rows.map(row => [row.factId, row.n, row.kind]).sort()).toEqual(
      [
        [foreign.factId, 0, 'plate'],
        [half.factId, 1, 'phone'],
      ].sort(),
    )
    const kept = await w.owner.query('select box from app.subject_box where fact_id = $1', [foreign.factId])
    expect(kept.rows[0].box).toBe(good.boxes[0]!.box)
    // Again: told of once.
    await settle(hands, [foreign, stray])
    expect((await zheng.asks(unopenedList, {})).total).toBe(2)
    const watch = subjects.watches![0]!
    expect(await runWatch(w.kernel, w.agency.agencyId, watch)).toBe(1)
    for (const { factId, n } of rows) await zheng.does(dismissBox, { factId, n, reason: '手机密钥有误' })
    expect(await runWatch(w.kernel, w.agency.agencyId, watch)).toBe(1)
    expect(await zheng.isRefused(dismissBox, { factId: foreign.factId, n: 0, reason: '再来一次' })).toBe(
      'subjects/box-missing',
    )
  })

  it('SUB28 many at once, of whom most passed before', async () => {
    const facts = await Promise.all(
      Array.from({ length: 450 }, (_, n) => boxed({ plate: `京B${String(n % 90).padStart(5, '0')}` })),
    )
    const before = await journal()
    const found = await settle(hands, facts)
    expect(found.size).toBe(450)
    expect(new Set(found.values()).size).toBe(90)
    // One command for each two hundred facts that brought something new.
    expect((await journal()) - before).toBe(1)
  })

  it('SUB29 neither books nor tables hold a value in clear, nor a mark at all', async () => {
    const { rows } = await w.owner.query('select value from app.subject_value')
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.every(row => isSealed(row.value))).toBe(true)
    const marks = (await w.owner.query('select mark from sys.subject_mark')).rows.map(row => row.mark)
    expect(marks.length).toBeGreaterThan(20)
    const whole = await w.owner.query(`select (select string_agg(input::text, ' ') from app.journal) || ' ' ||
      (select string_agg(concat(before, after), ' ') from app.change) as text`)
    const text: string = whole.rows[0].text
    for (const one of [...marks, inventedId(1), '周示一', inventedPhone(1), '京A00007', '京A·00007'])
      expect(text.includes(one)).toBe(false)
    // Another agency's keyed hash of the same number is another.
    expect(w.kernel.sealer.mark('00000000-0000-7000-8000-00000000000b', 'idNumber', inventedId(1))).not.toBe(
      hands.mark('idNumber', inventedId(1)),
    )
    expect(marks).toContain(hands.mark('idNumber', inventedId(1)))
  })

  it('SUB30 nobody but the system settles', async () => {
    const nothing = { on: '2021-11-03', made: [], seen: [], values: [], links: [], unopened: [] }
    expect(await zheng.isRefused(settleSubjects, nothing)).toBe('kernel/no-right')
  })
})
