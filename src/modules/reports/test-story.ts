// Two days of the bureau of these tests, as a list of moments with what was done then.
import { settleAlerts } from '../../kernel/books/contracts.ts'
import type { Person, World } from '../../kernel/world.ts'
import {
  checkInMany,
  checkOutMany,
  declareAbsent,
  setRight,
  voidPresence,
  withdrawAbsence,
} from '../attendance/contracts.ts'
import { correct, pin, raiseDifficulty, record, solveDifficulty } from '../commandpost/contracts.ts'
import { orderLevel } from '../operations/contracts.ts'
import {
  addPost,
  changeZoneKind,
  defineRound,
  liftZone,
  openZone,
  setDemands,
  setPostState,
  setRoundSites,
} from '../posts/contracts.ts'
import { at, type Bureau, publishes } from './test-bureau.ts'

const [first, second, third] = ['2021-11-04', '2021-11-05', '2021-11-06'] as const

export interface Story {
  w: World
  boss: Person
  b: Bureau
  presences(): Promise<string[]>
}

type Step = [string, () => Promise<unknown>]
interface Named {
  north: string
  difficultyId: string
  entryId: string
}
const signed = { orderNumber: '青防指〔2021〕9号', approver: '周示一' }
const order = { ...signed, reason: '两轮阴性' }

/** Two days with everything that can change a situation; each step is a moment and what was done then. */
export function story(it: Story): Step[] {
  const of = { north: it.w.newId(), difficultyId: it.w.newId(), entryId: it.w.newId() }
  return [...peopleComeAndGo(it), ...ordersOfTheDay(it, of), ...secondDay(it, of)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
}

/** Coming, going, a correction, a presence struck out. */
function peopleComeAndGo({ w, boss, b, presences }: Story): Step[] {
  const [feng = '', chen = '', chu = '', wei = '', jiang = ''] = b.officers
  const { patternId } = b
  const absenceId = w.newId()
  const seat = { postId: b.checkpoint, day: first, patternId, band: 'day' }
  const crew = (band: string, postId: string, ...officerIds: string[]) =>
    boss.does(checkInMany, { day: first, patternId, band, posts: [{ postId, officerIds }] })
  return [
    [at(first, 8, 3), () => crew('day', b.gate, feng, chen)],
    [at(first, 8, 10), () => crew('day', b.center, jiang)],
    [at(first, 12), async () => boss.does(checkOutMany, { presenceIds: (await presences()).slice(0, 1) })],
    [
      at(first, 12, 30),
      async () =>
        boss.does(setRight, {
          ...{ presenceId: (await presences())[0] ?? '', officerId: feng, postId: b.gate, day: first },
          ...{ patternId, band: 'day', cameAt: at(first, 8, 40), leftAt: null, why: '记错人' },
        }),
    ],
    [
      at(first, 14),
      async () => boss.does(voidPresence, { presenceId: (await presences())[1] ?? '', why: '代签有误' }),
    ],
    [at(first, 20, 4), () => crew('night', b.gate, chu)],
    [at(first, 8, 5), () => boss.does(declareAbsent, { absenceId, officerId: wei, ...seat, kind: 'noShow' })],
    [at(first, 9, 40), () => boss.does(withdrawAbsence, { absenceId })],
  ]
}

/** A level, an alert that clears, the log, zones and a difficulty. */
function ordersOfTheDay({ w, boss, b }: Story, { north, difficultyId, entryId }: Named): Step[] {
  const { operationId } = b
  const entry = { operationId, kind: 'report' as const }
  const system = w.person('', ['system' as never])
  const alert = { watch: 'roster.shortPost', ownerRole: 'dutyOfficer' as const }
  const sighting = {
    ...{ subject: b.gate, titleZh: '东门封控点缺 1 人', titleEn: 'One missing', severity: 'red' as const },
    ...{ link: '/roster', unitId: null, dueAt: at(first, 12) },
  }
  const level = {
    ...{ levelId: w.newId(), operationId, level: 1, reason: '病例', orderNumber: '青公指〔2021〕7号' },
    ...{ orderedBy: '周示一', beginsAt: at(first, 9), fallsBackAt: at(third, 8), fallsBackTo: 2 },
  } as const
  const zone = {
    ...{ operationId, zoneId: north, name: '北塘市场', kind: 'control' as const, unitId: b.west, ...signed },
    ...{ beginsAt: at(first, 7), plannedEndAt: at('2021-11-18', 8) },
  } as const
  const correction = {
    ...{ entryId: w.newId(), corrects: entryId, kind: 'report' as const, happenedAt: at(first, 9, 50) },
    text: '东门请求增援两人',
  } as const
  const said = { ...entry, entryId, happenedAt: at(first, 9, 50), text: '东门请求增援' }
  const difficulty = { difficultyId, postId: b.gate, kind: 'supplies', urgency: 'urgent' } as const
  const eased = { ...order, zoneId: b.zoneId, kind: 'control', at: at(first, 16) } as const
  return [
    [at(first, 9), () => boss.does(orderLevel, level)],
    [at(first, 9, 30), () => system.does(settleAlerts, { ...alert, raise: [sighting], clear: [] })],
    [at(first, 10), () => boss.does(record, said)],
    [at(first, 10, 20), () => boss.does(openZone, zone)],
    [at(first, 11), () => boss.does(raiseDifficulty, difficulty)],
    [at(first, 13), () => system.does(settleAlerts, { ...alert, raise: [], clear: [b.gate] })],
    [at(first, 15), () => boss.does(pin, { entryId, pinned: true })],
    [at(first, 16), () => boss.does(correct, correction)],
    [at(first, 17), () => boss.does(changeZoneKind, eased)],
  ]
}

/** From the evening on: a sampling round, another roster, a paused post, a zone lifted. */
function secondDay({ w, boss, b }: Story, of: Named): Step[] {
  const { operationId, patternId } = b
  const [siteId, roundId] = [w.newId(), w.newId()]
  const [feng = ''] = b.officers
  return [
    [
      at(first, 21),
      () =>
        boss.does(addPost, {
          ...{ operationId, postId: siteId, code: 'CY-01', name: '文化广场采样点', kind: 'samplingSite' },
          unitId: b.west,
        }),
    ],
    [
      at(first, 21, 30),
      () =>
        boss.does(defineRound, {
          ...{ operationId, roundId, n: 1, name: '第一轮', day: second, area: '城区' },
          ...{ opensMinute: 480, closesMinute: 720 },
        }),
    ],
    [at(first, 21, 40), () => boss.does(setRoundSites, { roundId, sites: [{ postId: siteId, lanes: 2 }] })],
    [
      at(first, 22),
      () =>
        publishes(
          w,
          boss,
          b,
          [
            { officer: 0, day: second, post: 'gate', bands: 1 },
            { officer: 4, day: second, post: 'center', bands: 1 },
            { officer: 5, day: second, post: 'checkpoint', bands: 2 },
          ],
          1,
        ),
    ],
    [
      at(second, 8, 5),
      () =>
        boss.does(checkInMany, {
          ...{ day: second, patternId, band: 'day' },
          posts: [{ postId: b.gate, officerIds: [feng] }],
        }),
    ],
    [at(second, 10), () => boss.does(setPostState, { postIds: [b.checkpoint], state: 'paused', on: second })],
    [
      at(second, 11),
      () =>
        boss.does(setDemands, {
          lines: [
            {
              ...{ demandId: w.newId(), postId: siteId, patternId, bands: ['day'], heads: 2 },
              ...{ beginsOn: second, endsOn: second },
            },
          ],
        }),
    ],
    [at(second, 12), () => boss.does(liftZone, { ...order, zoneId: of.north, at: at(second, 12) })],
    [
      at(second, 13),
      () => boss.does(solveDifficulty, { difficultyId: of.difficultyId, text: '已补充', enclosures: [] }),
    ],
  ]
}
