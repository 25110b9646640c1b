// The bureau that the tests of this module work in: two stations' worth of units with a squad below one, a gate and a
// checkpoint with published crews, an officer of one unit at a post of another, and the people who command them.
import { books } from '../../kernel/books/books.ts'
import type { Role } from '../../kernel/contract.ts'
import { readSheets } from '../../sheets/index.ts'
import { derivedId } from '../../kernel/ids.ts'
import type { Person, World } from '../../kernel/world.ts'
import { addAccount } from '../access/contracts.ts'
import { access } from '../access/index.ts'
import { openOperation } from '../operations/contracts.ts'
import { operations } from '../operations/index.ts'
import { addOfficer, addUnit } from '../people/contracts.ts'
import { people } from '../people/index.ts'
import { addPost, defineStandardPatterns, openZone, setDemands } from '../posts/contracts.ts'
import { posts } from '../posts/index.ts'
import { adopt, publish } from '../roster/contracts.ts'
import { roster } from '../roster/index.ts'
import { commandpost } from './index.ts'

const own = [access, operations, people, posts, roster, commandpost]
export const modules = [...own, books(own)]

/** Day band 08:00–20:00 and night band 20:00–08:00 of the duty days from here on. */
export const firstDay = '2021-11-04'
const lastDay = '2021-11-10'

export interface Bureau {
  operationId: string
  zoneId: string
  station: string
  squad: string
  traffic: string
  gate: string
  checkpoint: string
  center: string
  patternId: string
  /** Officers by name; the crew of the gate by day is feng and chu, by night wei; at the checkpoint chen. */
  officers: Record<'feng' | 'chu' | 'wei' | 'chen' | 'jiang' | 'shen', string>
  zhou: Person
  /** Duty officer of the command centre; his deputy; leaders of the station, the squad and the traffic brigade. */
  zheng: Person
  deputy: Person
  han: Person
  yang: Person
  zhu: Person
  feng: Person
  chu: Person
  wei: Person
  chen: Person
}

async function withAccount(
  w: World,
  zhou: Person,
  name: string,
  roles: readonly Role[],
  badge: string,
  more: { unitIds?: string[]; officerId?: string; scope?: string } = {},
): Promise<Person> {
  const person = w.person(name, roles, more)
  await zhou.does(addAccount, {
    accountId: person.actor.accountId ?? '',
    badge,
    name,
    roles: [...roles],
    scopeUnitId: more.scope ?? null,
    officerId: more.officerId ?? null,
  })
  return person
}

async function ground(w: World, zhou: Person) {
  const [operationId, station, squad, traffic] = [w.newId(), w.newId(), w.newId(), w.newId()]
  await zhou.does(openOperation, { operationId, name: '秋季疫情防控专项勤务', beginsOn: '2021-10-24' })
  const unit = { parentId: null, place: null } as const
  const unitOf = (unitId: string, name: string, shortName: string, sort: number) => ({
    ...unit,
    ...{ unitId, name, shortName, sort },
  })
  await zhou.does(addUnit, { ...unitOf(station, '城东派出所', '城东所', 1), kind: 'station' })
  await zhou.does(addUnit, {
    ...unitOf(squad, '城东派出所巡逻中队', '巡逻中队', 2),
    kind: 'squad',
    parentId: station,
  })
  await zhou.does(addUnit, { ...unitOf(traffic, '交通警察大队', '交警', 3), kind: 'brigade' })
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
    unitId: station,
  })
  const [gate, checkpoint, center] = [w.newId(), w.newId(), w.newId()]
  const at = { operationId }
  await zhou.does(addPost, {
    ...{ ...at, postId: gate, code: 'FK-01', name: '东门封控点', kind: 'zoneGate', zoneId, unitId: station },
  })
  await zhou.does(addPost, {
    ...{ ...at, postId: checkpoint, code: 'KK-01', name: '青禾北卡口', kind: 'checkpoint', unitId: traffic },
  })
  await zhou.does(addPost, {
    ...{ ...at, postId: center, code: 'ZH-01', name: '前沿指挥部', kind: 'commandPost', unitId: station },
  })
  return { operationId, station, squad, traffic, zoneId, gate, checkpoint, center }
}

/** The roster written by hand: who stands where by day and by night, the same on every other day. */
async function crews(
  w: World,
  zhou: Person,
  b: Pick<Bureau, 'operationId' | 'gate' | 'checkpoint' | 'center' | 'patternId' | 'officers'>,
): Promise<void> {
  const postIds = [b.gate, b.checkpoint, b.center]
  const lines = postIds.flatMap(postId =>
    ['day', 'night'].map(band => ({
      demandId: w.newId(),
      postId,
      patternId: b.patternId,
      bands: [band],
      heads: postId === b.gate && band === 'day' ? 2 : 1,
      beginsOn: '2021-10-24',
      endsOn: '2021-11-30',
    })),
  )
  await zhou.does(setDemands, { lines })
  const { feng, chu, wei, chen, jiang } = b.officers
  // Duties: post and bits of its pattern's bands.
  const duties = [
    { post: 0, bands: 1 },
    { post: 0, bands: 2 },
    { post: 1, bands: 1 },
    { post: 2, bands: 1 },
  ]
  const duty = new Map([
    [feng, 1],
    [chu, 1],
    [wei, 2],
    [chen, 3],
    [jiang, 4],
  ])
  const officers = [...duty.keys()]
  const days = 7
  const cells = Buffer.alloc(officers.length * days * 2)
  for (const [row, officerId] of officers.entries()) {
    for (let day = 0; day < days; day += 2)
      cells.writeUInt16LE(duty.get(officerId) ?? 0, (row * days + day) * 2)
  }
  const planId = w.newId()
  const { revision } = await zhou.does(adopt, {
    planId,
    operationId: b.operationId,
    fromDay: firstDay,
    untilDay: lastDay,
    matrix: {
      officers,
      patterns: [{ patternId: b.patternId, bands: ['day', 'night'] }],
      posts: postIds.map(postId => ({ postId, pattern: 0 })),
      duties,
      cells: cells.toString('base64'),
    },
  })
  await zhou.does(publish, { planId, revision })
}

export async function bureau(w: World): Promise<Bureau> {
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const { accountId } = zhou.actor
  await zhou.does(addAccount, {
    accountId: accountId ?? '',
    badge: '990101',
    name: '周示一',
    roles: ['commander', 'administrator'],
    scopeUnitId: null,
    officerId: null,
  })
  const places = await ground(w, zhou)
  const { station, squad, traffic } = places
  const ids = w.newId()
  await zhou.does(defineStandardPatterns, {
    fourBySix: w.newId(),
    threeByEight: w.newId(),
    twoByTwelve: ids,
    dayOnly: w.newId(),
    standby: w.newId(),
  })
  const officers = {
    feng: w.newId(),
    chu: w.newId(),
    wei: w.newId(),
    chen: w.newId(),
    jiang: w.newId(),
    shen: w.newId(),
  }
  const officer = (officerId: string, unitId: string, badge: string, name: string) =>
    zhou.does(addOfficer, { officerId, unitId, badge, name, kind: 'police' })
  await officer(officers.feng, station, '990103', '冯样三')
  await officer(officers.chu, traffic, '990105', '褚例五')
  await officer(officers.wei, station, '990106', '卫样六')
  await officer(officers.chen, traffic, '990104', '陈示四')
  await officer(officers.jiang, station, '990107', '蒋示七')
  await officer(officers.shen, squad, '990108', '沈例八')
  const base = { ...places, patternId: ids, officers }
  await crews(w, zhou, base)
  const lead = (name: string, badge: string, scope: string, unitIds: string[]) =>
    withAccount(w, zhou, name, ['unitLeader'], badge, { unitIds, scope })
  const serve = (name: string, badge: string, officerId: string, scope: string) =>
    withAccount(w, zhou, name, ['officer'], badge, { unitIds: [scope], officerId, scope })
  return {
    ...base,
    zhou,
    zheng: await withAccount(w, zhou, '郑例二', ['dutyOfficer'], '990102'),
    deputy: await withAccount(w, zhou, '秦例二', ['dutyOfficer'], '990112'),
    han: await lead('韩样九', '990109', station, [station, squad]),
    yang: await lead('杨示十', '990110', squad, [squad]),
    zhu: await lead('朱例一', '990111', traffic, [traffic]),
    feng: await serve('冯样三', '990103', officers.feng, station),
    chu: await serve('褚例五', '990105', officers.chu, traffic),
    wei: await serve('卫样六', '990106', officers.wei, station),
    chen: await serve('陈示四', '990104', officers.chen, traffic),
  }
}

const told = new WeakMap<World, Set<string>>()

/** What the queue would do: every follow-up of this module, once for each command that was done. */
export async function followed(w: World): Promise<number> {
  const seen = told.get(w) ?? new Set<string>()
  told.set(w, seen)
  const hands = await w.kernel.system(w.agency.agencyId)
  const { rows } = await w.owner.query<{ id: string; name: string }>(
    `select id, name from app.journal where verdict = 'done' order by seq`,
  )
  let ran = 0
  for (const { id, name } of rows) {
    for (const one of commandpost.followUps ?? []) {
      const key = `${one.name} ${id}`
      if (one.after.name !== name || seen.has(key)) continue
      seen.add(key)
      let n = 0
      await one.run(id, {
        ...hands,
        run: (contract, input, given) => {
          n += 1
          return hands.run(contract, input, given ?? derivedId(id, `${one.name} ${n}`))
        },
      })
      ran += 1
    }
  }
  return ran
}

/** A round of this module's work on the clock. */
export async function rounds(w: World): Promise<void> {
  const hands = await w.kernel.system(w.agency.agencyId)
  for (const routine of commandpost.routines ?? []) await routine.run(hands, w.agency)
}

/** What a watch of this module sees at the world's clock. */
export async function seenBy(w: World, key: string) {
  const watch = commandpost.watches?.find(one => one.key === `commandpost.${key}`)
  if (!watch) throw new Error(`there is no watch ${key}`)
  const hands = await w.kernel.system(w.agency.agencyId)
  return hands.read(db => watch.detect(db, w.clock.now.toISOString()))
}

/** A figure over duty days, and how many records stand behind it, as the person sees both. */
export async function figure(w: World, person: Person, key: string, from: string, until = from) {
  const measure = w.kernel.registry.measures.get(key)
  if (!measure) throw new Error(`there is no measure ${key}`)
  const value = await w.kernel.measure(person.actor, key, from, until)
  const span = { from, until, begins: '', ends: '' }
  const records = (await person.asks(measure.records.query, measure.records.input(span))) as { total: number }
  return { value, records: records.total }
}

/** A file of this module as the person gets it: its first line, the number of its records, and all of its text. */
export async function sheetOf(w: World, person: Person, name: string, input: object) {
  const maker = w.kernel.registry.files.get(`commandpost.${name}`)
  if (!maker) throw new Error(`there is no file ${name}`)
  const made = await maker.make(maker.input.parse(input) as never, await w.kernel.reader(person.actor))
  const text = JSON.stringify((await readSheets(made.bytes, made.fileName)).sheets)
  return { fileName: made.fileName, text }
}
