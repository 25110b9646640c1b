// The bureau that the tests of this module work in: a gate of a sealed zone in bands of six hours, a checkpoint of
// another station in bands of eight, a standby and a sampling site, with a roster written by hand, so that every story
// knows who should be where.
import { createHash } from 'node:crypto'
import { books } from '../../kernel/books/books.ts'
import type { Person, World } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit, grantSkill } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPosts, defineStandardPatterns, openZone, setDemands } from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { adopt, publish } from '../roster/contracts.ts'
import { roster } from '../roster/index.ts'
import { printedToken, turnCode, turnOf } from './code.ts'
import { issueCode } from './contracts.ts'
import { attendance } from './index.ts'

const lower = [access, operations, people, posts, roster, attendance]
export const modules = [...lower, books(lower)]

const names = [
  '周示一',
  '郑例二',
  '冯样三',
  '陈示四',
  '褚例五',
  '卫样六',
  '蒋示七',
  '沈例八',
  '韩样九',
  '杨示十',
]

export interface Duty {
  officer: number
  day: string
  post: keyof Posts
  bands: string[]
}
interface Posts {
  gate: string
  checkpoint: string
  standby: string
  site: string
}

export interface Bureau extends Posts {
  operationId: string
  east: string
  west: string
  patterns: Record<'fourBySix' | 'threeByEight' | 'twoByTwelve' | 'dayOnly' | 'standby', string>
  /** Even ones of the station east, odd ones of the station west. */
  officers: string[]
  patternOf: Record<keyof Posts, string>
  person(officer: number): Person
}

/** 08:00 of a duty day in Beijing is midnight in UTC: `at('2021-11-04', 8, 5)` is 08:05 there. */
export const at = (day: string, hour: number, minute = 0): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + ((hour - 8) * 60 + minute) * 60_000).toISOString()

export const firstDay = '2021-11-04'
export const secondDay = '2021-11-05'

export async function bureau(w: World, zhou: Person, officerCount = 10): Promise<Bureau> {
  const [operationId, east, west] = [w.newId(), w.newId(), w.newId()]
  await zhou.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { kind: 'station', parentId: null } as const
  const here = { lng: 110, lat: 40 }
  await zhou.does(addUnit, {
    ...unit,
    unitId: east,
    name: '城东派出所',
    shortName: '城东所',
    sort: 1,
    place: here,
  })
  const there = { lng: 110.1, lat: 40 }
  await zhou.does(addUnit, {
    ...unit,
    unitId: west,
    name: '城西派出所',
    shortName: '城西所',
    sort: 2,
    place: there,
  })
  const patterns = {
    fourBySix: w.newId(),
    threeByEight: w.newId(),
    twoByTwelve: w.newId(),
    dayOnly: w.newId(),
    standby: w.newId(),
  }
  await zhou.does(defineStandardPatterns, patterns)
  const places = await somePosts(w, zhou, operationId, { east, west })
  const patternOf = {
    gate: patterns.fourBySix,
    checkpoint: patterns.threeByEight,
    standby: patterns.standby,
    site: patterns.dayOnly,
  }
  await someDemand(w, zhou, places, patternOf)
  const officers: string[] = []
  for (let n = 0; n < officerCount; n += 1) {
    const officerId = w.newId()
    officers.push(officerId)
    const name = names[n] ?? `朱样${n}`
    const unitId = n % 2 === 0 ? east : west
    await zhou.does(addOfficer, { officerId, unitId, badge: String(990_100 + n), name, kind: 'police' })
  }
  await zhou.does(grantSkill, { officerIds: officers.slice(0, 6), skill: 'leader' })
  return {
    ...places,
    operationId,
    east,
    west,
    patterns,
    patternOf,
    officers,
    person: n =>
      w.person(names[n] ?? `朱样${n}`, ['officer'], {
        officerId: officers[n],
        unitIds: [n % 2 === 0 ? east : west],
      }),
  }
}

async function somePosts(
  w: World,
  zhou: Person,
  operationId: string,
  { east, west }: { east: string; west: string },
): Promise<Posts> {
  const zoneId = w.newId()
  await zhou.does(openZone, {
    operationId,
    zoneId,
    name: '城东花园',
    kind: 'sealed',
    orderNumber: '青防指〔2021〕7号',
    approver: '周示一',
    beginsAt: '2021-10-25T00:00:00Z',
    plannedEndAt: '2021-11-20T00:00:00Z',
  })
  const [gate, checkpoint, standby, site] = [w.newId(), w.newId(), w.newId(), w.newId()]
  const near = (lng: number) => ({ lng, lat: 40 })
  await zhou.does(addPosts, {
    operationId,
    posts: [
      {
        postId: gate,
        code: 'FK-01',
        name: '东门封控点',
        kind: 'zoneGate',
        zoneId,
        unitId: east,
        place: near(110.01),
      },
      {
        postId: checkpoint,
        code: 'KK-01',
        name: '青禾北卡口',
        kind: 'checkpoint',
        unitId: west,
        place: near(110.09),
      },
      {
        postId: standby,
        code: 'BQ-01',
        name: '机动备勤',
        kind: 'reserve',
        unitId: east,
        place: near(110.02),
      },
      { postId: site, code: 'CY-01', name: '文化广场采样点', kind: 'samplingSite', unitId: east },
    ],
  })
  return { gate, checkpoint, standby, site }
}

async function someDemand(
  w: World,
  zhou: Person,
  places: Posts,
  patternOf: Record<keyof Posts, string>,
): Promise<void> {
  const line = (post: keyof Posts, bands: string[], heads: number) => ({
    demandId: w.newId(),
    postId: places[post],
    patternId: patternOf[post],
    bands,
    heads,
    beginsOn: '2021-10-24',
    endsOn: '2021-11-30',
  })
  await zhou.does(setDemands, {
    lines: [
      line('gate', ['morning', 'afternoon', 'evening', 'night'], 1),
      line('checkpoint', ['early', 'late', 'night'], 1),
      line('standby', ['whole'], 1),
      line('site', ['morning'], 1),
    ],
  })
}

/** Adopts and publishes a roster written by hand. */
export async function publishes(w: World, zhou: Person, b: Bureau, duties: readonly Duty[]): Promise<void> {
  const days = [...new Set(duties.map(one => one.day))].sort()
  const [fromDay = '', untilDay = ''] = [days[0], days.at(-1)]
  const span = (Date.parse(untilDay) - Date.parse(fromDay)) / 86_400_000 + 1
  const keys = ['gate', 'checkpoint', 'standby', 'site'] as const
  const bandKeys: Record<keyof Posts, string[]> = {
    gate: ['morning', 'afternoon', 'evening', 'night'],
    checkpoint: ['early', 'late', 'night'],
    standby: ['whole'],
    site: ['morning', 'afternoon'],
  }
  const cells = new Uint16Array(b.officers.length * span)
  const list = duties.map(one => ({
    post: keys.indexOf(one.post),
    bands: one.bands.reduce((mask, band) => mask | (1 << bandKeys[one.post].indexOf(band)), 0),
  }))
  duties.forEach((one, n) => {
    const day = (Date.parse(one.day) - Date.parse(fromDay)) / 86_400_000
    cells[one.officer * span + day] = n + 1
  })
  const planId = w.newId()
  await zhou.does(adopt, {
    planId,
    operationId: b.operationId,
    fromDay,
    untilDay,
    matrix: {
      officers: b.officers,
      patterns: keys.map(key => ({ patternId: b.patternOf[key], bands: bandKeys[key] })),
      posts: keys.map((key, pattern) => ({ postId: b[key], pattern })),
      duties: list,
      cells: Buffer.from(cells.buffer).toString('base64'),
    },
  })
  await zhou.does(publish, { planId, revision: 1 })
}

/** The secret of a post in these tests: 32 bytes that follow from its id. */
export const secretOf = (postId: string) => createHash('sha256').update(postId).digest('hex')
export const issuesCodes = async (person: Person, postIds: readonly string[]): Promise<void> => {
  for (const postId of postIds) await person.does(issueCode, { postId, secret: secretOf(postId) })
}
/** What the screen of a post shows at an instant. */
export const codeAt = (postId: string, instant: string) =>
  turnCode(secretOf(postId), postId, turnOf(Date.parse(instant)))
export const printedOf = (postId: string) => printedToken(secretOf(postId), postId)
