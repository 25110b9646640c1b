// The bureau that the tests of the situation work in: a gate of a sealed zone and a command post of the station east, a
// squad below that station, a checkpoint of the station west, in bands of twelve hours, with a roster written by hand.
import { books } from '../../kernel/books/books.ts'
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { attendance } from '../attendance/index.ts'
import { commandpost } from '../commandpost/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit, grantSkill } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPost, defineStandardPatterns, openZone, setDemands } from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { adopt, publish } from '../roster/contracts.ts'
import { roster } from '../roster/index.ts'
import { reports } from './index.ts'

const own = [access, operations, people, posts, roster, attendance, commandpost, reports]
export const modules = [...own, books(own)]

/** 08:00 of a duty day in Beijing is midnight in UTC: `at('2021-11-04', 8, 5)` is 08:05 there. */
export const at = (day: string, hour: number, minute = 0): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + ((hour - 8) * 60 + minute) * 60_000).toISOString()

const names = ['冯样三', '陈示四', '褚例五', '卫样六', '蒋示七', '沈例八']
const placeNames = ['gate', 'checkpoint', 'center'] as const
type Place = (typeof placeNames)[number]

export interface Bureau extends Record<Place, string> {
  operationId: string
  zoneId: string
  east: string
  squad: string
  west: string
  patternId: string
  officers: string[]
}

async function ground(w: World, boss: Person) {
  const ids = {
    operationId: w.newId(),
    east: w.newId(),
    squad: w.newId(),
    west: w.newId(),
    zoneId: w.newId(),
  }
  const { operationId, east, squad, west, zoneId } = ids
  await boss.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { parentId: null, place: null, kind: 'station' } as const
  await boss.does(addUnit, { ...unit, unitId: east, name: '城东派出所', shortName: '城东所', sort: 1 })
  await boss.does(addUnit, {
    ...{ ...unit, unitId: squad, name: '城东派出所巡逻中队', shortName: '巡逻中队', sort: 2 },
    ...{ parentId: east, kind: 'squad' },
  })
  await boss.does(addUnit, { ...unit, unitId: west, name: '城西派出所', shortName: '城西所', sort: 3 })
  await boss.does(openZone, {
    ...{ operationId, zoneId, name: '城东花园', kind: 'sealed', unitId: east, approver: '周示一' },
    polygon: [
      [107.141, 40.883],
      [107.151, 40.883],
      [107.151, 40.889],
      [107.141, 40.889],
    ],
    ...{ orderNumber: '青防指〔2021〕7号', beginsAt: at('2021-10-25', 8), plannedEndAt: at('2021-11-20', 8) },
  })
  const places = { gate: w.newId(), checkpoint: w.newId(), center: w.newId() }
  const { gate, checkpoint, center } = places
  const post = { operationId }
  await boss.does(addPost, {
    ...{ ...post, postId: gate, code: 'FK-01', name: '东门封控点', kind: 'zoneGate', zoneId, unitId: squad },
    place: { lng: 107.151, lat: 40.886 },
  })
  await boss.does(addPost, {
    ...{ ...post, postId: checkpoint, code: 'KK-01', name: '青禾北卡口', kind: 'checkpoint', unitId: west },
    place: { lng: 107.16, lat: 40.895 },
  })
  await boss.does(addPost, {
    ...{ ...post, postId: center, code: 'ZH-01', name: '前沿指挥部', kind: 'commandPost', unitId: east },
    place: { lng: 107.155, lat: 40.88 },
  })
  return { ...ids, ...places }
}

export interface Duty {
  officer: number
  day: string
  post: Place
  bands: number
}

/** Adopts and publishes a roster written by hand; `bands` 1 is the day, 2 the night. */
export async function publishes(
  w: World,
  boss: Person,
  b: Bureau,
  duties: readonly Duty[],
  basedOn: number | null = null,
): Promise<void> {
  const days = [...new Set(duties.map(one => one.day))].sort()
  const [fromDay = '', untilDay = ''] = [days[0], days.at(-1)]
  const span = (Date.parse(untilDay) - Date.parse(fromDay)) / 86_400_000 + 1
  const cells = new Uint16Array(b.officers.length * span)
  duties.forEach((one, n) => {
    cells[one.officer * span + (Date.parse(one.day) - Date.parse(fromDay)) / 86_400_000] = n + 1
  })
  const planId = w.newId()
  await boss.does(adopt, {
    ...{ planId, operationId: b.operationId, fromDay, untilDay, basedOn },
    matrix: {
      officers: b.officers,
      patterns: [{ patternId: b.patternId, bands: ['day', 'night'] }],
      posts: placeNames.map(name => ({ postId: b[name], pattern: 0 })),
      duties: duties.map(one => ({ post: placeNames.indexOf(one.post), bands: one.bands })),
      cells: Buffer.from(cells.buffer).toString('base64'),
    },
  })
  await boss.does(publish, { planId, revision: 1 })
}

export async function bureau(w: World, boss: Person): Promise<Bureau> {
  const places = await ground(w, boss)
  const patternId = w.newId()
  const standard = { fourBySix: w.newId(), threeByEight: w.newId(), dayOnly: w.newId(), standby: w.newId() }
  await boss.does(defineStandardPatterns, { ...standard, twoByTwelve: patternId })
  const officers = names.map(() => w.newId())
  for (const [n, name] of names.entries()) {
    await boss.does(addOfficer, {
      ...{ officerId: officers[n] ?? '', badge: `99010${n + 3}`, name, kind: 'police' },
      ...{ unitId: n % 2 === 0 ? places.east : places.west, title: n === 4 ? '指挥中心主任' : '' },
    })
  }
  await boss.does(grantSkill, { officerIds: [officers[4] ?? ''], skill: 'leader', validUntil: null })
  const line = { patternId, beginsOn: '2021-10-24', endsOn: '2021-11-30' }
  await boss.does(setDemands, {
    lines: placeNames.flatMap(name =>
      ['day', 'night'].map(band => ({
        ...{ ...line, demandId: w.newId(), postId: places[name], bands: [band] },
        heads: name === 'gate' && band === 'day' ? 2 : 1,
      })),
    ),
  })
  return { ...places, patternId, officers }
}
