// The bureau that the tests of this module work in: a gate with its officers of two stations on duty by the published
// roster, their accounts, and requests as their phones send them.
import { books } from '../../kernel/books/books.ts'
import type { Caller, HttpWorld } from '../../kernel/http/http-world.ts'
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { checkIn } from '../attendance/contracts.ts'
import { attendance } from '../attendance/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPost, defineStandardPatterns, setDemands } from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { adopt, publish } from '../roster/contracts.ts'
import { roster } from '../roster/index.ts'
import { devices } from './index.ts'

const own = [access, operations, people, posts, roster, attendance, devices]
export const modules = [...own, books(own)]
export const today = '2021-11-04'
const names = ['周示一', '郑例二', '冯样三', '陈示四', '褚例五', '卫样六', '蒋示七']

/** 09:00 in Beijing is 01:00 in UTC. */
export const at = (hour: number, minute = 0, second = 0): string =>
  new Date(
    Date.parse(`${today}T00:00:00Z`) + ((hour - 8) * 3_600 + minute * 60 + second) * 1_000,
  ).toISOString()

export interface Bureau {
  east: string
  west: string
  gate: string
  /** The second is of the station west, the rest of the station east. All are on duty from 8 to 18. */
  officers: string[]
  person(n: number): Person
  /** He is there from now on. */
  arrives(n: number): Promise<void>
}

export const nearby = { way: 'place', near: true, accuracy: 'fine' } as const

export async function bureau(w: World): Promise<Bureau> {
  const boss = w.person('王示一', ['commander', 'administrator'])
  const [operationId, east, west, gate, patternId, planId] = Array.from({ length: 6 }, w.newId)
  if (!operationId || !east || !west || !gate || !patternId || !planId) throw new Error('no ids')
  await boss.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { kind: 'station', parentId: null, place: null } as const
  await boss.does(addUnit, { ...unit, unitId: east, name: '城东派出所', shortName: '城东所', sort: 1 })
  await boss.does(addUnit, { ...unit, unitId: west, name: '城西派出所', shortName: '城西所', sort: 2 })
  const others = { fourBySix: w.newId(), threeByEight: w.newId(), twoByTwelve: w.newId(), standby: w.newId() }
  await boss.does(defineStandardPatterns, { ...others, dayOnly: patternId })
  await boss.does(addPost, {
    ...{ operationId, postId: gate, code: 'FK-01', name: '东门封控点', kind: 'zoneGate', unitId: east },
    place: { lng: 110, lat: 40 },
  })
  const officers = names.map(() => w.newId())
  for (const [n, officerId] of officers.entries()) {
    const unitId = n === 1 ? west : east
    const badge = String(990_200 + n)
    await boss.does(addOfficer, { officerId, unitId, badge, name: names[n] ?? '', kind: 'police' })
  }
  const bands = ['morning', 'afternoon']
  const line = { demandId: w.newId(), postId: gate, patternId, bands, heads: names.length }
  await boss.does(setDemands, { lines: [{ ...line, beginsOn: today, endsOn: today }] })
  await boss.does(adopt, {
    ...{ planId, operationId, fromDay: today, untilDay: today },
    matrix: {
      ...{ officers, patterns: [{ patternId, bands }], posts: [{ postId: gate, pattern: 0 }] },
      duties: [{ post: 0, bands: 3 }],
      cells: Buffer.from(Uint16Array.from(officers, () => 1).buffer).toString('base64'),
    },
  })
  await boss.does(publish, { planId, revision: 1 })
  const person = (n: number) =>
    w.person(names[n] ?? '', ['officer'], { officerId: officers[n], unitIds: [n === 1 ? west : east] })
  const arrives = async (n: number) => {
    await person(n).does(checkIn, { presenceId: w.newId(), postId: gate, proof: nearby })
  }
  return { east, west, gate, officers, person, arrives }
}

export interface Phone {
  deviceId: string
  accountId: string
  caller: Caller
  /** Any request: here is a phone that holds this. */
  heard(more?: Record<string, string>): ReturnType<Caller['post']>
  /** Its outbox. */
  sends(entries: readonly unknown[], more?: Record<string, string>): ReturnType<Caller['post']>
}

const userAgent =
  'Mozilla/5.0 (Linux; Android 12; Example 1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'

export async function phoneOf(w: HttpWorld, badge: string, accountId: string): Promise<Phone> {
  const caller = await w.caller(badge)
  const deviceId = w.newId()
  const headers = (more: Record<string, string> = {}) => ({
    'user-agent': userAgent,
    'x-device-id': deviceId,
    'x-device-unsent': '0',
    'x-app-version': '0.1.0+abcdef12',
    ...more,
  })
  return {
    ...{ deviceId, accountId, caller },
    heard: more => caller.post('/api/device', {}, headers(more)),
    sends: (commands, more) =>
      caller.post('/api/commands', { commands }, headers({ 'x-account-id': accountId, ...more })),
  }
}
