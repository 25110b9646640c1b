import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { addAccount } from '../access/contracts.ts'
import { editCell, lockCell, openDraft, publish, seatHistory } from './contracts.ts'
import { bureau, modules } from './test-bureau.ts'

describe('what became of a place on the roster', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou, 6)
  const { operationId, firstDay: fromDay, lastDay: untilDay } = b
  const [feng = '', chen = '', chu = ''] = b.officers
  const early = { postId: b.checkpoint, patternId: b.patterns.threeByEight, bands: ['early'] }
  const late = { ...early, bands: ['late'] }
  const place = { operationId, ...early, day: fromDay }
  const [first, second] = [w.newId(), w.newId()]
  const morning = { zh: '早班', en: 'Early' }

  /** Each row as: title, who did it, what it is, which officer, what was there before and after. */
  async function told(planId: string | null, asked = place) {
    const { rows, names } = await zhou.asks(seatHistory, { ...asked, planId })
    return rows.map(row => [
      row.titleEn,
      row.actor,
      row.op,
      names[row.rowId.split(':')[1] ?? ''],
      row.before,
      row.after,
    ])
  }
  const nameOf = async (officerId: string) =>
    (await w.owner.query<{ name: string }>('select name from app.officer where officer_id = $1', [officerId]))
      .rows[0]?.name

  it('RST70 a draft tells who was put in a place, taken off and locked, by whom', async () => {
    await zhou.does(addAccount, {
      accountId: String(zhou.actor.accountId),
      badge: '990001',
      name: '周示一',
      roles: ['commander'],
    })
    await zhou.does(openDraft, { planId: first, operationId, fromDay, untilDay })
    const edit = (revision: number, ...edits: [string, typeof early | null][]) =>
      zhou.does(editCell, {
        planId: first,
        revision,
        edits: edits.map(([officerId, duty]) => ({ officerId, day: fromDay, duty })),
      })
    await edit(1, [feng, early])
    w.clock.advance(5)
    await edit(2, [feng, null], [chen, early])
    // Another place, and another officer who leaves another place: neither is told here.
    await edit(3, [feng, late])
    await zhou.does(lockCell, { planId: first, revision: 4, officerId: chen, day: fromDay, locked: true })
    const [fengName, chenName] = [await nameOf(feng), await nameOf(chen)]
    expect(await told(first)).toEqual([
      ['Lock or unlock', '周示一', 'u', chenName, { locked: false }, { locked: true }],
      ['Change by hand', '周示一', 'i', chenName, null, { bands: [morning] }],
      ['Change by hand', '周示一', 'd', fengName, { bands: [morning] }, null],
      ['Change by hand', '周示一', 'i', fengName, null, { bands: [morning] }],
    ])
    expect(await told(first, { ...place, day: untilDay })).toEqual([])
  })

  it('RST71 the published roster tells each publication that changed a place', async () => {
    await zhou.does(publish, { planId: first, revision: 5 })
    w.clock.advance(60)
    await zhou.does(openDraft, { planId: second, operationId, fromDay, untilDay })
    const edits = [
      { officerId: chen, day: fromDay, duty: null },
      { officerId: chu, day: fromDay, duty: early },
    ]
    await zhou.does(editCell, { planId: second, revision: 1, edits })
    await zhou.does(publish, { planId: second, revision: 2 })
    const [chenName, chuName] = [await nameOf(chen), await nameOf(chu)]
    expect(await told(null)).toEqual([
      ['Publish the roster', '周示一', 'i', chuName, null, { bands: [morning], version: 2 }],
      ['Publish the roster', '周示一', 'd', chenName, { bands: [morning], version: 1 }, null],
      ['Publish the roster', '周示一', 'i', chenName, null, { bands: [morning], version: 1 }],
    ])
    expect((await told(second)).map(row => [row[0], row[2], row[3]])).toEqual([
      ['Change by hand', 'i', chuName],
      ['Change by hand', 'd', chenName],
      ['Open a draft of the published roster', 'i', chenName],
    ])
  })

  it('RST72 an officer may not ask', async () => {
    const officer = w.person('韩样九', ['officer'])
    expect(await officer.mayNotAsk(seatHistory, { ...place, planId: null })).toBe('kernel/no-right')
  })
})
