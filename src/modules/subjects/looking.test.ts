import { describe, expect, it } from 'vitest'
import { sealBox } from '../../device/box.ts'
import { books } from '../../kernel/books/books.ts'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { findSubject, looksList, type MarkKind, openSubject } from './contracts.ts'
import { settle, subjects } from './index.ts'
import { inventedId, phoneOf, type Told } from './test-subjects.ts'

const w = await world([access, subjects, books([access, subjects])])
const boxed = phoneOf(w, sealBox)
const hands = await w.kernel.system(w.agency.agencyId)
const zheng = w.person('郑例二', ['dutyOfficer'])
const wei = w.person('卫样九', ['healthOfficer'])
const commander = w.person('蒋例一', ['commander'])
const outsiders = (['administrator', 'officer', 'unitLeader', 'inspector', 'viewer'] as const).map(role =>
  w.person(role, [role]),
)
const looking = { purpose: '流调协查', caseRef: '演练-2021-7' }
const idNumber = inventedId(1)

async function settled(told: Told): Promise<string> {
  const fact = await boxed(told)
  return (await settle(hands, [fact])).get(fact.factId)!
}
const logged = async () => (await w.owner.query('select * from app.opening order by at, opening_id')).rows
const subjectId = await settled({ idNumber, name: '周示一' })

describe('looking', () => {
  it('SUB40 opening gives what is known and is logged: who, whom, why, which case', async () => {
    const seen = await wei.asks(openSubject, { subjectId, ...looking })
    expect(seen.values.map(one => one.text).sort()).toEqual([idNumber, '周示一'].sort())
    expect(await logged()).toMatchObject([
      {
        query: 'subjects.open',
        actor_id: wei.actor.accountId,
        subject_id: subjectId,
        purpose: looking.purpose,
        case_ref: looking.caseRef,
      },
    ])
  })

  it('SUB41 finding is exact, gives the bare id, and is logged with whom it found', async () => {
    const find = (text: string, kind: MarkKind = 'idNumber') => {
      w.clock.advance(1)
      return zheng.asks(findSubject, { kind, text, ...looking })
    }
    const { subject } = await find(` ${idNumber.slice(0, 6)} ${idNumber.slice(6).toLowerCase()}`)
    expect(subject).toEqual({
      subjectId,
      kind: 'person',
      madeAt: expect.any(String),
      lastSeenOn: '2021-11-03',
    })
    expect(await find(inventedId(2))).toEqual({ subject: null })
    // The same letters as another kind of mark are another mark.
    expect(await find(idNumber, 'permit')).toEqual({ subject: null })
    const rows = await logged()
    expect(rows.slice(-3).map(row => row.subject_id)).toEqual([subjectId, null, null])
    w.clock.advance(1)
    const list = await commander.asks(looksList, { limit: 2 })
    expect(list.total).toBe(4)
    expect(list.rows).toHaveLength(2)
    const about = await commander.asks(looksList, { subjectId })
    expect(about.rows.map(row => [row.opened, row.caseRef])).toEqual(
      expect.arrayContaining([
        [true, looking.caseRef],
        [false, looking.caseRef],
      ]),
    )
  })

  it('SUB42 without purpose, case or right, or out of another agency, nothing is said', async () => {
    const before = (await logged()).length
    const open = { subjectId, ...looking }
    const codes = async (person: typeof zheng, input: unknown) => person.mayNotAsk(openSubject, input)
    expect(await codes(zheng, { ...open, purpose: ' ' })).toBe('kernel/bad-input')
    expect(await codes(zheng, { ...open, purpose: '  　 ' })).toBe('kernel/purpose-needed')
    expect(await codes(zheng, { subjectId, purpose: '流调协查' })).toBe('kernel/bad-input')
    expect(await codes(zheng, { ...open, caseRef: '' })).toBe('kernel/bad-input')
    // Nobody's number stands in a log that is never edited.
    expect(await codes(zheng, { ...open, purpose: `查 ${idNumber.replace(/^9/, '1')}` })).toBe(
      'kernel/held-before',
    )
    for (const outsider of outsiders) expect(await codes(outsider, open)).toBe('kernel/no-right')
    for (const outsider of outsiders.filter(one => one.actor.name !== 'inspector'))
      expect(await outsider.mayNotAsk(looksList, {})).toBe('kernel/no-right')
    expect(await zheng.mayNotAsk(looksList, {})).toBe('kernel/no-right')
    const foreign = '00000000-0000-7000-8000-00000000000b'
    await w.owner.query('begin')
    await w.owner.query("set local app.command_id = '00000000-0000-7000-8000-0000000000ff'")
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'baishi', '白石县公安局', 'rehearsal')",
      [foreign],
    )
    await w.owner.query('commit')
    const stranger = w.person('褚样二', ['commander'])
    stranger.actor.scope = { agencyId: foreign, unitIds: '*' }
    expect(await codes(stranger, open)).toBe('subjects/missing')
    expect(await stranger.asks(findSubject, { kind: 'idNumber', text: idNumber, ...looking })).toEqual({
      subject: null,
    })
    expect((await stranger.asks(looksList, {})).rows.map(row => row.subjectId)).toEqual([null])
    // What was refused was not answered and needs no log; the stranger's own search stands in his.
    expect((await logged()).length - before).toBe(1)
  })

  it('SUB43 wrong, huge, empty and unknown input is answered by a problem', async () => {
    const open = (input: unknown) => zheng.mayNotAsk(openSubject, input)
    const find = (input: unknown) => zheng.mayNotAsk(findSubject, input)
    for (const input of [
      null,
      7,
      [],
      'x',
      {},
      { subjectId: 'x', ...looking },
      { subjectId, ...looking, more: 1 },
    ])
      expect(await open(input)).toBe('kernel/bad-input')
    expect(await open({ subjectId: w.newId(), ...looking })).toBe('subjects/missing')
    expect(await open({ subjectId, ...looking, purpose: 'x'.repeat(501) })).toBe('kernel/bad-input')
    expect(await open({ subjectId, ...looking, caseRef: 'x'.repeat(61) })).toBe('kernel/bad-input')
    expect(await find({ kind: 'idNumber', text: 'x'.repeat(4_096), ...looking })).toBe('kernel/bad-input')
    expect(await find({ kind: 'idNumber', text: 'a\u0000b', ...looking })).toBe('kernel/bad-input')
    expect(await find({ kind: 'name', text: '周示一', ...looking })).toBe('kernel/bad-input')
    expect(await find({ kind: 'idNumber', text: '9999991900010100', ...looking })).toBe('subjects/no-mark')
    expect(await find({ kind: 'plate', text: "' or 1=1 --", ...looking })).toBe('subjects/no-mark')
  })
})
