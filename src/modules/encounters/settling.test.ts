import { describe, expect, it } from 'vitest'
import { sealBox } from '../../device/box.ts'
import { world } from '../../kernel/world.ts'
import { openSubject, unopenedList } from '../subjects/contracts.ts'
import { describeEmergency, kit, noteEncounter, passEmergency } from './contracts.ts'
import { emergencies } from './contracts-lists.ts'
import { encounters } from './index.ts'
import { bureau, modules, passing, sealedBox } from './test-bureau.ts'

const w = await world(modules)
const b = await bureau(w)
const rowsOf = async (sql: string) => (await w.owner.query(sql)).rows
const settles = async () => {
  const hands = await w.kernel.system(w.agency.agencyId)
  const routine = encounters.routines?.find(one => one.name === 'encounters.settle')
  await routine?.run(hands, w.agency)
}
/** As the phone of the gate sends it, its plate sealed. */
const passes = async (plate: string, more: Record<string, unknown> = {}) => {
  const { publicKey } = await b.feng.asks(kit, { postId: b.gate })
  const encounterId = w.newId()
  const boxes = [{ kind: 'plate', box: await sealBox(publicKey, encounterId, plate) }]
  return { ...w.entry(noteEncounter, passing(b.gate, { boxes, ...more })), id: encounterId }
}

describe('who it was', () => {
  it('ENC17 is settled into the subject store, and the encounter keeps a bare id', async () => {
    const sent = [await passes('示A·00001'), await passes('示a00001'), await passes('示A·00002')]
    await b.feng.sends(sent)
    await settles()
    const rows = await rowsOf(
      'select encounter_id, subject_id, boxes from app.encounter order by encounter_id',
    )
    expect(rows.map(row => row.boxes)).toEqual([[], [], []])
    const subjectOf = new Map(rows.map(row => [row.encounter_id, row.subject_id]))
    const [first, again, other] = sent.map(one => subjectOf.get(one.id))
    expect(first).toBe(again)
    expect(other).not.toBe(first)
    const opened = await b.zheng.asks(openSubject, {
      subjectId: first,
      purpose: '核对一次体温异常',
      caseRef: '2021-0001',
    })
    expect(opened.values.map(one => one.text)).toContain('示A00001')
    expect(JSON.stringify(await rowsOf('select * from app.encounter'))).not.toContain('示A')
  })

  it('ENC17 what does not open is told of and holds nobody up', async () => {
    const broken = { ...w.entry(noteEncounter, passing(b.gate, { boxes: [sealedBox('plate')] })) }
    const fine = await passes('示A00003')
    await b.feng.sends([broken, fine])
    await settles()
    const rows = await rowsOf("select encounter_id from app.encounter where boxes <> '[]'")
    expect(rows).toEqual([])
    const { rows: kept } = await b.zhou.asks(unopenedList, {})
    expect(kept).toHaveLength(1)
    await settles()
    expect((await b.zhou.asks(unopenedList, {})).rows).toHaveLength(1)
  })
})

describe('an emergency told of later', () => {
  const day = { dayFrom: '2021-11-01', dayUntil: '2021-11-30' }
  const bare = { emergency: 'other', people: 1, passer: 'vehicle', note: '' } as const

  it('ENC18 is described by whoever knows, and the last word counts', async () => {
    const entry = w.entry(passEmergency, { postId: b.gate, ...bare })
    await b.feng.sends([entry])
    await b.feng.does(describeEmergency, { emergencyId: entry.id, emergency: 'labour', people: 2, note: '' })
    expect((await b.zheng.asks(emergencies, day)).rows).toMatchObject([{ emergency: 'labour', people: 2 }])
  })

  it('ENC18 a bar touched by mistake is no passage, and stays in the history', async () => {
    const entry = w.entry(passEmergency, { postId: b.gate, ...bare })
    await b.feng.sends([entry])
    const before = (await b.zheng.asks(emergencies, day)).total
    await b.feng.does(describeEmergency, { emergencyId: entry.id, emergency: 'mistake', people: 1, note: '' })
    expect((await b.zheng.asks(emergencies, day)).total).toBe(before - 1)
    expect(await rowsOf('select 1 from app.emergency_passage')).toHaveLength(2)
  })

  it('ENC18 told of no passage, it is kept for review', async () => {
    expect(
      await b.feng.isRefused(describeEmergency, {
        emergencyId: w.newId(),
        emergency: 'fire',
        people: 1,
        note: '',
      }),
    ).toBe('encounters/passage-missing')
  })
})
