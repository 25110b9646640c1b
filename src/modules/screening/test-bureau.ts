// The bureau that the tests of this module work in: two sites with a round today, an officer on duty at each by the
// published roster, the command post and a leader of one of the two stations.
import { books } from '../../kernel/books/books.ts'
import type { Person, World } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import { access } from '../access/index.ts'
import { attendance } from '../attendance/index.ts'
import { commandpost } from '../commandpost/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import {
  addPost,
  defineRound,
  defineStandardPatterns,
  setDemands,
  setRoundSites,
} from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { adopt, publish } from '../roster/contracts.ts'
import { roster } from '../roster/index.ts'
import { screening } from './index.ts'

const own = [access, operations, people, posts, roster, attendance, commandpost, screening]
export const modules = [...own, books(own)]
export const today = '2021-11-04'
/** 09:00 of that day in Beijing. */
export const morning = '2021-11-04T01:00:00.000Z'

export interface Bureau {
  operationId: string
  roundId: string
  east: string
  west: string
  /** Three lanes in the round, of the station east; the other has two and is of the station west. */
  square: string
  school: string
  gate: string
  zhou: Person
  zheng: Person
  /** Leader of the station east. */
  han: Person
  /** On duty at the square, and at the school. */
  feng: Person
  chu: Person
}

export async function bureau(w: World): Promise<Bureau> {
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const [operationId, roundId, east, west, square, school, gate] = Array.from({ length: 7 }, w.newId)
  if (!operationId || !roundId || !east || !west || !square || !school || !gate) throw new Error('no ids')
  await zhou.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { kind: 'station', parentId: null, place: null } as const
  await zhou.does(addUnit, { ...unit, unitId: east, name: '城东派出所', shortName: '城东所', sort: 1 })
  await zhou.does(addUnit, { ...unit, unitId: west, name: '城西派出所', shortName: '城西所', sort: 2 })
  const patterns = {
    fourBySix: w.newId(),
    threeByEight: w.newId(),
    twoByTwelve: w.newId(),
    dayOnly: w.newId(),
    standby: w.newId(),
  }
  await zhou.does(defineStandardPatterns, patterns)
  const post = { operationId, kind: 'samplingSite' } as const
  await zhou.does(addPost, { ...post, postId: square, code: 'CY-01', name: '文化广场采样点', unitId: east })
  await zhou.does(addPost, { ...post, postId: school, code: 'CY-02', name: '第二小学采样点', unitId: west })
  await zhou.does(addPost, {
    ...{ operationId, postId: gate, code: 'FK-01', name: '东门封控点', kind: 'zoneGate', unitId: east },
  })
  await zhou.does(defineRound, {
    ...{ roundId, operationId, n: 3, name: '第三轮', day: today, opensMinute: 420, closesMinute: 1_080 },
  })
  const sites = [
    { postId: square, lanes: 3 },
    { postId: school, lanes: 2 },
  ]
  await zhou.does(setRoundSites, { roundId, sites })
  const officers = await crews(w, zhou, {
    operationId,
    east,
    patternId: patterns.dayOnly,
    sites: [square, school],
  })
  const at = (name: string, n: number) =>
    w.person(name, ['officer'], { officerId: officers[n], unitIds: [east] })
  return {
    ...{ operationId, roundId, east, west, square, school, gate, zhou },
    zheng: w.person('郑例二', ['dutyOfficer']),
    han: w.person('韩样九', ['unitLeader'], { unitIds: [east] }),
    feng: at('冯样三', 0),
    chu: at('褚例五', 1),
  }
}

/** One officer a site, morning and afternoon of the day. */
async function crews(
  w: World,
  zhou: Person,
  {
    operationId,
    east,
    patternId,
    sites,
  }: { operationId: string; east: string; patternId: string; sites: string[] },
): Promise<string[]> {
  const bands = ['morning', 'afternoon']
  await zhou.does(setDemands, {
    lines: sites.map(postId => ({
      ...{ demandId: w.newId(), postId, patternId, bands, heads: 1, beginsOn: today, endsOn: today },
    })),
  })
  const officers = sites.map(() => w.newId())
  for (const [n, officerId] of officers.entries()) {
    const badge = String(990_200 + n)
    await zhou.does(addOfficer, {
      officerId,
      unitId: east,
      badge,
      name: ['冯样三', '褚例五'][n] ?? '',
      kind: 'police',
    })
  }
  const planId = w.newId()
  await zhou.does(adopt, {
    ...{ planId, operationId, fromDay: today, untilDay: today },
    matrix: {
      officers,
      patterns: [{ patternId, bands }],
      posts: sites.map(postId => ({ postId, pattern: 0 })),
      duties: sites.map((_, post) => ({ post, bands: 3 })),
      cells: Buffer.from(Uint16Array.from(sites, (_, n) => n + 1).buffer).toString('base64'),
    },
  })
  await zhou.does(publish, { planId, revision: 1 })
  return officers
}

/** What a watch of this module sees now. */
export async function seenBy(w: World, key: string) {
  const watch = screening.watches?.find(one => one.key === `screening.${key}`)
  if (!watch) throw new Error(`there is no watch ${key}`)
  const hands = await w.kernel.system(w.agency.agencyId)
  return hands.read(db => watch.detect(db, w.clock.now.toISOString()))
}

/** A figure of the day, and how many records stand behind it, as the person sees both. */
export async function figure(w: World, person: Person, key: string) {
  const measure = w.kernel.registry.measures.get(key)
  if (!measure) throw new Error(`there is no measure ${key}`)
  const span = { from: today, until: today, begins: '', ends: '' }
  const records = (await person.asks(measure.records.query, measure.records.input(span))) as { total: number }
  return { value: await w.kernel.measure(person.actor, key, today, today), records: records.total }
}

/** A file of this module as the person gets it. */
export async function sheetOf(w: World, person: Person, name: string, input: object) {
  const maker = w.kernel.registry.files.get(`screening.${name}`)
  if (!maker) throw new Error(`there is no file ${name}`)
  const made = await maker.make(maker.input.parse(input) as never, await w.kernel.reader(person.actor))
  return JSON.stringify((await readSheets(made.bytes, made.fileName)).sheets)
}

/** Brings a file to an upload, as the page would. */
export async function brings<T>(
  w: World,
  person: Person,
  name: string,
  bytes: Buffer | string,
  fileName: string,
) {
  const one = w.kernel.registry.uploads.get(`screening.${name}`)
  const file = { fileName, bytes: Buffer.from(bytes) }
  return (await one?.read(file, one.input.parse({}), await w.kernel.reader(person.actor))) as T
}
