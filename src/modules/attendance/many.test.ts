// The whole bureau checks in within one minute.
import { describe, expect, it } from 'vitest'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Module } from '../../kernel/module.ts'
import { world } from '../../kernel/world.ts'
import { checkIn, presentNow } from './contracts.ts'
import { at, bureau, codeAt, firstDay, issuesCodes, modules, publishes } from './test-bureau.ts'

const strength = 610

describe('the whole bureau', async () => {
  const w = await world(modules as readonly Module[])
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss, strength)
  const places = ['gate', 'checkpoint', 'site'] as const
  const bandOf = { gate: 'morning', checkpoint: 'early', site: 'morning' }
  const postOf = (n: number) => places[n % places.length] ?? 'gate'
  await publishes(
    w,
    boss,
    b,
    b.officers.map((_id, officer) => {
      const post = postOf(officer)
      return { officer, day: firstDay, post, bands: [bandOf[post]] }
    }),
  )
  await issuesCodes(
    boss,
    places.map(place => b[place]),
  )

  it('ATT50 610 check-ins at once are all done, and each is one deployment', async () => {
    w.clock.set(at(firstDay, 7, 59))
    const shown = w.clock.now.toISOString()
    const verdicts = await Promise.all(
      b.officers.map((_id, n) => {
        const postId = b[postOf(n)]
        const proof = { way: 'code' as const, code: codeAt(postId, shown).token }
        const input = { presenceId: uuidv7(w.clock.now.getTime()), postId, proof }
        return b.person(n).sends([w.entry(checkIn, input)])
      }),
    )
    const other = verdicts.flat().filter(one => one.verdict !== 'done')
    expect(verdicts.flat()).toHaveLength(strength)
    expect(other).toEqual([])
    expect((await boss.asks(presentNow, { operationId: b.operationId })).present).toBe(strength)
    expect(await w.kernel.measure(boss.actor, 'attendance.present', firstDay, firstDay)).toBe(strength)
  })
})
