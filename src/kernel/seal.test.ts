import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { access } from '../modules/access/index.ts'
import { books } from './books/books.ts'
import { health, id, personal, staffName, staffText } from './contract.ts'
import { Sealer } from './seal.ts'
import { addPartner, phones, trial } from './trial.ts'
import { world } from './world.ts'

const w = await world([access, trial, books([access, trial])])
const zheng = w.person('郑例二', ['dutyOfficer'])
const { sealer } = w.kernel
const { agencyId } = w.agency
const other = '00000000-0000-7000-8000-00000000000b'
const phone = '10000001234'
const schema = z.strictObject({
  officerId: id(),
  name: staffName(60),
  phone: personal('officerId', 40).nullable().optional(),
  reports: z.array(z.strictObject({ whose: id(), note: health('whose', 200).min(1) })).max(9),
})

describe('seal', () => {
  it('SEA10 exactly the classed fields are sealed, each under its own owner, each time anew', async () => {
    const [officerId, whose] = [w.newId(), w.newId()]
    const input = {
      officerId,
      name: '冯样三',
      phone,
      reports: [
        { whose, note: '发热' },
        { whose: officerId, note: '咳嗽' },
      ],
    }
    const sealed = (await sealer.sealInput(agencyId, schema, input)) as typeof input
    expect(sealed).toMatchObject({ officerId, name: '冯样三', reports: [{ whose }, { whose: officerId }] })
    expect(sealed.phone).toMatch(`sealed:1:${officerId}:`)
    expect(sealed.reports[0]?.note).toMatch(`sealed:1:${whose}:`)
    expect(input.phone).toBe(phone)
    const again = (await sealer.sealInput(agencyId, schema, input)) as typeof input
    expect(again.phone).not.toBe(sealed.phone)
    const values = [sealed.phone, null, sealed.reports[0]!.note, sealed.reports[1]!.note]
    expect(await sealer.open(agencyId, values)).toEqual([phone, null, '发热', '咳嗽'])
  })

  it('SEA11 what another agency sealed does not open, nor under another owner’s name', async () => {
    const officerId = w.newId()
    const input = { officerId, name: 'x', phone, reports: [] }
    const { phone: theirs } = (await sealer.sealInput(other, schema, input)) as { phone: string }
    expect(await sealer.open(agencyId, [theirs])).toEqual([null])
    const { phone: ours } = (await sealer.sealInput(agencyId, schema, input)) as { phone: string }
    await expect(sealer.open(agencyId, [theirs])).rejects.toThrow()
    const stranger = w.newId()
    await sealer.sealInput(agencyId, schema, { ...input, officerId: stranger })
    await expect(sealer.open(agencyId, [ours.replace(officerId, stranger)])).rejects.toThrow()
    await expect(sealer.open(agencyId, [`${ours.slice(0, -4)}AAAA`])).rejects.toThrow()
    await expect(sealer.open(agencyId, ['clear text'])).rejects.toThrow('not sealed')
  })

  it('SEA12 another master key opens nothing', async () => {
    const input = { officerId: w.newId(), name: 'x', phone, reports: [] }
    const { phone: sealed } = (await sealer.sealInput(agencyId, schema, input)) as { phone: string }
    const stolen = new Sealer(w.kernel.reads, Buffer.alloc(32, 8), () => w.clock.now)
    await expect(stolen.open(agencyId, [sealed])).rejects.toThrow()
    expect(() => new Sealer(w.kernel.reads, Buffer.alloc(16), () => w.clock.now)).toThrow('32 bytes')
    expect(stolen.digest('a', 'b')).not.toBe(sealer.digest('a', 'b'))
    expect(sealer.digest('ab', 'c')).not.toBe(sealer.digest('a', 'bc'))
  })

  it('SEA13 two processes that meet somebody at the same moment make one key', async () => {
    const officerId = w.newId()
    const input = { officerId, name: 'x', phone, reports: [] }
    const sealers = Array.from(
      { length: 4 },
      () => new Sealer(w.kernel.reads, Buffer.alloc(32, 7), () => w.clock.now),
    )
    const sealed = await Promise.all(sealers.map(one => one.sealInput(agencyId, schema, input)))
    const values = sealed.map(one => (one as { phone: string }).phone)
    expect(await sealer.open(agencyId, values)).toEqual([phone, phone, phone, phone])
  })

  it('SEA14 erasing destroys the key: nothing opens, here or in another process, and nothing more is taken', async () => {
    const [partnerId, stays] = [w.newId(), w.newId()]
    await zheng.does(addPartner, { partnerId, name: '冯样三', phone })
    await zheng.does(addPartner, { partnerId: stays, name: '周示一', phone: '10000005678' })
    expect((await zheng.asks(phones, { purpose: '核对' })).rows.toSorted()).toEqual([phone, '10000005678'])
    const elsewhere = new Sealer(w.kernel.reads, Buffer.alloc(32, 7), () => w.clock.now)
    expect(await elsewhere.erase(agencyId, partnerId)).toBe(true)
    expect(await elsewhere.erase(agencyId, partnerId)).toBe(false)
    expect(new Set((await zheng.asks(phones, { purpose: '核对' })).rows)).toEqual(
      new Set([null, '10000005678']),
    )
    const { rows } = await w.owner.query('select wrapped from sys.seal_key where owner_id = $1', [partnerId])
    expect(rows).toEqual([{ wrapped: null }])
  })

  it('SEA15 a fact about somebody erased is held without what it says of them', async () => {
    const { rows } = await w.owner.query('select owner_id from sys.seal_key where wrapped is null')
    const partnerId = rows[0].owner_id
    // A process may go on with a key for a second.
    await new Promise(resolve => setTimeout(resolve, 1_100))
    const input = { partnerId, name: '冯样三', phone: '10000009999' }
    const [verdict] = await zheng.sends([w.entry(addPartner, input)])
    expect(verdict).toMatchObject({ verdict: 'held', problem: { code: 'kernel/erased' } })
    const kept = await w.owner.query(
      `select input->>'sealedWhole' as s from app.journal order by seq desc limit 1`,
    )
    const [text] = await sealer.open(agencyId, [kept.rows[0].s])
    expect(JSON.parse(text ?? '')).toEqual({ ...input, phone: null, way: 'plain' })
  })

  it('SEA16 every look is logged with who and why; without a purpose there is no look', async () => {
    expect(await zheng.mayNotAsk(phones, {})).toBe('kernel/purpose-needed')
    expect(await zheng.mayNotAsk(phones, { purpose: '  ' })).toBe('kernel/purpose-needed')
    const before = await w.owner.query('select count(*) as n from app.opening')
    await zheng.asks(phones, { purpose: '回访' })
    const { rows } = await w.owner.query('select query, actor_id, purpose from app.opening')
    expect(rows).toHaveLength(before.rows[0].n + 1)
    expect(rows).toContainEqual({ query: 'trial.phones', actor_id: zheng.actor.accountId, purpose: '回访' })
  })
})

describe('what can be declared', () => {
  const walk = async (declared: z.ZodType) => (await import('./input.ts')).markedPaths(declared)

  it('SEA20 a mark outlives limits that are put on later', async () => {
    const paths = await walk(
      z.strictObject({ a: id(), b: personal('a', 9).min(2).optional(), c: staffText(9).min(1).nullable() }),
    )
    expect(paths.map(one => [one.path.join('.'), one.mark.class])).toEqual([
      ['b', 'personal'],
      ['c', 'staff'],
    ])
  })

  it('SEA21 a contract whose field could not be sealed is refused when it is declared', async () => {
    await expect(walk(z.tuple([z.string(), personal('x', 9)]))).rejects.toThrow('not made of tuple')
    await expect(walk(z.strictObject({ phone: personal('officer', 9) }))).rejects.toThrow('names its owner')
    await expect(walk(z.strictObject({ a: z.lazy(() => personal('x', 9)) }))).rejects.toThrow(
      'not made of lazy',
    )
  })

  it('SEA22 a value whose owner is not named is turned down, not stored', async () => {
    const open = z.strictObject({ who: id().nullable(), phone: personal('who', 40) })
    await expect(sealer.sealInput(agencyId, open, { who: null, phone })).rejects.toMatchObject({
      code: 'kernel/bad-input',
    })
  })
})
