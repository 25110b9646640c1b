import { describe, expect, it } from 'vitest'
import { sealBox } from '../../device/box.ts'
import { books } from '../../kernel/books/books.ts'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import {
  erasuresList,
  eraseSubjects,
  findSubject,
  keepSubject,
  openSubject,
  proposeErasure,
  proposeForgetting,
} from './contracts.ts'
import { settle, subjects } from './index.ts'
import { inventedId, inventedPhone, phoneOf, type Told } from './test-subjects.ts'

const w = await world([access, subjects, books([access, subjects])])
const { agencyId } = w.agency
const boxed = phoneOf(w, sealBox)
const hands = await w.kernel.system(agencyId)
const zheng = w.person('郑例二', ['dutyOfficer'])
const commander = w.person('蒋例一', ['commander'])
const looking = { purpose: '核对登记', caseRef: '演练-1' }
const reason = '本人申请'

async function settled(told: Told): Promise<string> {
  const fact = await boxed(told)
  return (await settle(hands, [fact])).get(fact.factId)!
}
const routine = () => subjects.routines![0]!.run(hands, w.agency)

describe('erasing', () => {
  it('SUB50 one proposes, another approves', async () => {
    const subjectId = await settled({ idNumber: inventedId(1) })
    expect(await commander.isRefused(eraseSubjects, { subjectIds: [subjectId] })).toBe(
      'subjects/not-proposed',
    )
    await zheng.does(proposeErasure, { subjectId, reason })
    expect((await zheng.asks(erasuresList, {})).rows).toMatchObject([{ subjectId, reason, own: true }])
    expect((await commander.asks(erasuresList, {})).rows).toMatchObject([{ subjectId, own: false }])
    expect(await zheng.isRefused(eraseSubjects, { subjectIds: [subjectId] })).toBe('subjects/own-proposal')
    for (const role of ['officer', 'administrator', 'inspector'] as const) {
      const other = w.person(role, [role])
      expect(await other.isRefused(proposeErasure, { subjectId, reason })).toBe('kernel/no-right')
      expect(await other.isRefused(eraseSubjects, { subjectIds: [subjectId] })).toBe('kernel/no-right')
    }
    await commander.does(eraseSubjects, { subjectIds: [subjectId] })
    expect((await zheng.asks(erasuresList, {})).total).toBe(0)
  })

  it('SUB51 what was erased is neither opened nor found, out of no copy', async () => {
    const plate = '京A00020'
    const car = await settled({ plate })
    const told = { idNumber: inventedId(2), name: '周示一', phone: inventedPhone(2) }
    const subjectId = await settled({ ...told, plate })
    const copies = await w.owner.query('select value from app.subject_value where subject_id = $1', [
      subjectId,
    ])
    const values: string[] = copies.rows.map(row => row.value)
    expect((await w.kernel.sealer.open(agencyId, values)).sort()).toEqual(Object.values(told).sort())
    await zheng.does(proposeErasure, { subjectId, reason })
    await commander.does(eraseSubjects, { subjectIds: [subjectId] })
    expect(await zheng.mayNotAsk(openSubject, { subjectId, ...looking })).toBe('subjects/erased')
    for (const kind of ['idNumber', 'phone'] as const) {
      const text = told[kind]
      expect(await zheng.asks(findSubject, { kind, text, ...looking })).toEqual({ subject: null })
    }
    expect(await w.kernel.sealer.open(agencyId, values)).toEqual([null, null, null])
    const left = await w.owner.query(
      `select (select count(*) from sys.subject_mark where subject_id = $1)::int as marks,
        (select count(*) from app.subject_value where subject_id = $1)::int as kept,
        (select count(*) from app.subject_link where subject_id = $1 or other_id = $1)::int as links,
        (select count(*) from app.subject where subject_id = $1)::int as bare`,
      [subjectId],
    )
    expect(left.rows).toEqual([{ marks: 0, kept: 0, links: 0, bare: 1 }])
    // The vehicle that came along is untouched.
    expect((await zheng.asks(openSubject, { subjectId: car, ...looking })).values).toHaveLength(1)
  })

  it('SUB51 marks that an older backup brings back find nobody', async () => {
    const idNumber = inventedId(3)
    const subjectId = await settled({ idNumber })
    await w.owner.query('create temporary table old_mark as select * from sys.subject_mark')
    await zheng.does(proposeErasure, { subjectId, reason })
    await commander.does(eraseSubjects, { subjectIds: [subjectId] })
    await w.owner.query('insert into sys.subject_mark select * from old_mark on conflict do nothing')
    expect(await zheng.asks(findSubject, { kind: 'idNumber', text: idNumber, ...looking })).toEqual({
      subject: null,
    })
    await w.owner.query('delete from sys.subject_mark where subject_id = $1', [subjectId])
  })

  it('SUB52 met again, it is somebody new; the fact of before brings nothing back', async () => {
    const told = { idNumber: inventedId(4), name: '冯样三' }
    const fact = await boxed(told)
    const first = (await settle(hands, [fact])).get(fact.factId)!
    await zheng.does(proposeErasure, { subjectId: first, reason })
    await commander.does(eraseSubjects, { subjectIds: [first] })
    // At once, while this process may still remember the key.
    expect((await settle(hands, [fact])).get(fact.factId)).toBe(first)
    const marks = await w.owner.query('select 1 from sys.subject_mark where subject_id = $1', [first])
    expect(marks.rows).toEqual([])
    const second = await settled(told)
    expect(second).not.toBe(first)
    expect((await zheng.asks(openSubject, { subjectId: second, ...looking })).values).toHaveLength(2)
    expect(await zheng.mayNotAsk(openSubject, { subjectId: first, ...looking })).toBe('subjects/erased')
  })

  it('SUB53 turned down, twice, unknown and huge: said as a problem', async () => {
    const subjectId = await settled({ idNumber: inventedId(5) })
    const ask = { subjectId, reason }
    await zheng.does(proposeErasure, ask)
    expect(await commander.isRefused(proposeErasure, ask)).toBe('subjects/proposed-already')
    await commander.does(keepSubject, { subjectId, reason: '案件未结' })
    expect(await commander.isRefused(keepSubject, ask)).toBe('subjects/not-proposed')
    expect(await commander.isRefused(eraseSubjects, { subjectIds: [subjectId] })).toBe(
      'subjects/not-proposed',
    )
    await zheng.does(proposeErasure, ask)
    await commander.does(eraseSubjects, { subjectIds: [subjectId, subjectId] })
    expect(await zheng.isRefused(proposeErasure, ask)).toBe('subjects/erased')
    expect(await zheng.isRefused(proposeErasure, { ...ask, subjectId: w.newId() })).toBe('subjects/missing')
    const wrong = [
      { subjectId: 7, reason },
      { subjectId, reason: '' },
      { subjectId, reason: 'x'.repeat(501) },
      { subjectId, reason: `本人 ${inventedPhone(5).replace(/^10/, '13')} 申请` },
    ]
    const codes = await Promise.all(wrong.map(input => zheng.isRefused(proposeErasure, input as never)))
    expect(codes).toEqual(['kernel/bad-input', 'kernel/bad-input', 'kernel/bad-input', 'kernel/held-before'])
    const many = Array.from({ length: 501 }, () => w.newId())
    expect(await commander.isRefused(eraseSubjects, { subjectIds: many })).toBe('kernel/bad-input')
    expect(await commander.isRefused(eraseSubjects, { subjectIds: [] })).toBe('kernel/bad-input')
    expect(
      await commander.isRefused(proposeForgetting, { before: '2021-11-03', subjectIds: [subjectId] }),
    ).toBe('kernel/no-right')
  })

  it('SUB54 whom no fact has spoken of for 28 duty days is proposed by the clock', async () => {
    const day = 24 * 60
    const [gone, back, kept] = [inventedId(6), inventedId(7), inventedId(8)]
    const [goneId, backId, keptId] = [
      await settled({ idNumber: gone }),
      await settled({ idNumber: back }),
      await settled({ idNumber: kept }),
    ]
    const proposed = async () =>
      (await commander.asks(erasuresList, {})).rows
        .filter(row => row.proposedBy === null)
        .map(row => row.subjectId)
    w.clock.advance(28 * day)
    await routine()
    expect(await proposed()).toEqual([])
    expect(await settled({ idNumber: back })).toBe(backId)
    w.clock.advance(day)
    await routine()
    expect(await proposed()).toEqual(expect.arrayContaining([goneId, keptId]))
    expect(await proposed()).not.toContain(backId)
    const { length } = await proposed()
    await routine()
    expect(await proposed()).toHaveLength(length)
    await zheng.does(keepSubject, { subjectId: keptId, reason: '案件未结' })
    // Proposed by the clock: any one person approves.
    await zheng.does(eraseSubjects, { subjectIds: [goneId] })
    w.clock.advance(60)
    await routine()
    expect(await proposed()).not.toContain(keptId)
    w.clock.advance(29 * day)
    await routine()
    expect(await proposed()).toEqual(expect.arrayContaining([keptId, backId]))
  })
})
