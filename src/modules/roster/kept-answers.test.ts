import { type Kysely, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { world } from '../../kernel/world.ts'
import { changeOperation } from '../operations/contracts.ts'
import { grantSkill, reportUnavailable, withdrawSkill } from '../people/contracts.ts'
import { closedLoopTeams, rosterOfficers, unitPlaces } from '../people/index.ts'
import { changePost, openZone, scaleDemand } from '../posts/contracts.ts'
import { demandFor, patternsOf, postsFor, suitsWorn } from '../posts/index.ts'
import { publishedBoard, surroundingTables } from './board.ts'
import { keeper } from './cache.ts'
import {
  adopt,
  board,
  check,
  editCell,
  explain,
  openDraft,
  planBoard,
  publish,
  setRestRules,
} from './contracts.ts'
import { inputTables, problemTables, readInputs, stageOf } from './inputs.ts'
import { dutiesElsewhere, newestVersion, publishedCells, type RosterDb } from './published.ts'
import { standingPreference } from './preference-reads.ts'
import { rulesOn } from './rest.ts'
import { restsGranted } from './rest-grants.ts'
import { weekendsIn } from './special-days.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

describe('what is kept between questions', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay, lastDay } = b
  const span = { operationId, fromDay: firstDay, untilDay: lastDay }
  const planId = w.newId()
  await zhou.does(
    adopt,
    adoption(planId, await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })),
  )
  await zhou.does(publish, { planId, revision: 1 })
  const hands = await w.kernel.reader(zhou.actor)
  const { agencyId } = w.agency
  let renamed = 0
  /** A command that changes a row, but none that a roster rests on. */
  const somethingElse = () => {
    renamed += 1
    return zhou.does(changeOperation, {
      operationId,
      name: `秋季疫情防控专项勤务${renamed}`,
      beginsOn: '2021-10-24',
      endsOn: null,
    })
  }

  /** Tables that a transaction has read, by the locks that it holds on them. */
  const tablesRead = (work: (db: Kysely<AnyTables>) => Promise<unknown>) =>
    hands.read(async db => {
      await work(db)
      const { rows } = await sql<{ name: string }>`
        select c.relname as name from pg_locks l join pg_class c on c.oid = l.relation
        where l.pid = pg_backend_pid() and c.relkind = 'r' and c.relnamespace = 'app'::regnamespace
        order by 1`.execute(db)
      return rows.map(row => row.name)
    })
  const booksOfTheKeeper = ['change', 'journal', 'journal_head']

  it('RST84 every part names the tables that the database reads for it, neither fewer nor more', async () => {
    const at = ['2021-11-04T00:00:00Z', '2021-11-11T00:00:00Z'] as const
    const own = (db: Kysely<AnyTables>) => db as unknown as RosterDb
    const reads: Record<keyof typeof inputTables, (db: Kysely<AnyTables>) => Promise<unknown>> = {
      rules: db => rulesOn(own(db), agencyId, firstDay),
      officers: db => rosterOfficers(db, agencyId, ...at),
      patterns: db => patternsOf(db, agencyId),
      posts: db => postsFor(db, agencyId, operationId),
      demand: db => demandFor(db, agencyId, operationId, firstDay, lastDay),
      teams: db => closedLoopTeams(db, agencyId, firstDay, lastDay),
      units: db => unitPlaces(db, agencyId),
      suits: db => suitsWorn(db, agencyId),
      weekends: db => weekendsIn(db, agencyId, firstDay, lastDay),
      rests: db => restsGranted(own(db), agencyId, ...at),
      published: async db => {
        await publishedCells(own(db), agencyId, operationId, firstDay, lastDay)
        await dutiesElsewhere(own(db), agencyId, operationId, ...at)
      },
      newest: db => newestVersion(own(db), agencyId, operationId, firstDay, lastDay),
      preference: db => standingPreference(own(db), agencyId, operationId),
    }
    for (const [part, read] of Object.entries(reads)) {
      const named = [...inputTables[part as keyof typeof inputTables]].sort()
      expect(await tablesRead(read), part).toEqual(named)
    }
    const now = w.clock.now.toISOString()
    const whole = await tablesRead(db => readInputs(db, w.agency, operationId, firstDay, lastDay, now))
    expect(whole).toEqual([...problemTables].sort())
    const boards = await tablesRead(db => publishedBoard(own(db), { agency: w.agency, ...span }))
    const expected = new Set([...surroundingTables, 'assignment', 'roster_version', ...booksOfTheKeeper])
    expect(boards).toEqual([...expected].sort())
  })

  it('RST84 what is kept outlives commands that touch none of its tables, and no other', async () => {
    const kept = keeper(2)
    let made = 0
    const ask = (about = 'posts') =>
      hands.read(db => kept(db, { agencyId, about, tables: ['post'] }, async () => (made += 1)))
    expect([await ask(), await ask()]).toEqual([1, 1])
    await somethingElse()
    expect(await ask()).toBe(1)
    const gate = {
      postId: b.gate,
      unitId: b.unitId,
      code: 'FK-01',
      kind: 'zoneGate' as const,
      zoneId: b.zoneId,
    }
    await zhou.does(changePost, { ...gate, name: '东门封控点', equipment: '对讲机2' })
    expect([await ask(), await ask()]).toEqual([2, 2])
    // A refused command changed nothing.
    expect(await zhou.isRefused(changePost, { ...gate, name: '东门封控点', unitId: w.newId() })).not.toBe('')
    expect(await ask()).toBe(2)
    // The least asked for makes room.
    expect([await ask('a'), await ask(), await ask('b'), await ask(), await ask('a')]).toEqual([
      3, 2, 4, 2, 5,
    ])
  })

  it('RST84 a reader who began earlier neither sees what is newer nor puts back what is older', async () => {
    const kept = keeper(2)
    let made = 0
    const ask = (db: Kysely<AnyTables>) =>
      kept(db, { agencyId, about: 'posts', tables: ['operation'] }, async () => (made += 1))
    let go = () => {}
    const gate = new Promise<void>(resolve => {
      go = resolve
    })
    let began = () => {}
    const looking = new Promise<void>(resolve => {
      began = resolve
    })
    const early = hands.read(async db => {
      // The first query takes the snapshot.
      await sql`select 1`.execute(db)
      began()
      await gate
      return [await ask(db), await ask(db)]
    })
    await looking
    await somethingElse()
    expect(await hands.read(ask)).toBe(1)
    go()
    expect(await early).toEqual([2, 3])
    expect(await hands.read(ask)).toBe(1)
  })

  it('RST84 whoever waits for somebody else’s answer is not lost with him', async () => {
    const kept = keeper(2)
    const what = { agencyId, about: 'x', tables: ['post'] }
    let fail = () => {}
    const broken = () =>
      new Promise<string>((_resolve, reject) => {
        fail = () => reject(new Error('broken off'))
      })
    const asks = hands.read(async db => {
      // The look at the books is done, so both come to the same place one behind the other.
      await kept(db, { ...what, about: 'first' }, async () => '')
      const both = Promise.allSettled([kept(db, what, broken), kept(db, what, async () => 'own')])
      setImmediate(() => fail())
      return both
    })
    const [first, second] = await asks
    expect(first?.status).toBe('rejected')
    expect(second).toEqual({ status: 'fulfilled', value: 'own' })
    // The failure itself was not kept.
    expect(await hands.read(db => kept(db, what, async () => 'later'))).toBe('later')
  })

  it('RST84 after more commands than are gone through everything is read anew', async () => {
    const kept = keeper(2)
    let made = 0
    const ask = () =>
      hands.read(db => kept(db, { agencyId, about: 'posts', tables: ['post'] }, async () => (made += 1)))
    expect(await ask()).toBe(1)
    const name = (at: number) => ({
      operationId,
      name: `专项勤务${at}`,
      beginsOn: '2021-10-24',
      endsOn: null,
    })
    for (let batch = 0; batch < 2; batch += 1) {
      const entries = Array.from({ length: 251 }, (_, at) => w.entry(changeOperation, name(batch * 500 + at)))
      await zhou.sends(entries)
    }
    expect([await ask(), await ask()]).toEqual([2, 2])
    await somethingElse()
    expect(await ask()).toBe(2)
  })

  it('RST84 the board and the reasons are of now after every kind of change', async () => {
    const draft = w.newId()
    await zhou.does(openDraft, { planId: draft, ...span })
    const seat = { postId: b.checkpoint, patternId: b.patterns.threeByEight, band: 'late', day: '2021-11-08' }
    const asks = (more: Record<string, unknown> = {}) =>
      zhou.asks(explain, { planId: draft, operationId, ...seat, ...more })
    const [best] = (await asks()).others
    const officerId = best?.officerId ?? ''
    const stands = async () => (await asks()).others.some(one => one.officerId === officerId)
    // Somebody off that day reports sick, and is well again.
    const free = (await asks()).others.find(one => one.reasons.includes('off-that-day'))
    expect(free).toBeDefined()
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId,
      state: 'unavailable',
      beginsAt: '2021-11-08T00:00:00Z',
      endsAt: '2021-11-10T00:00:00Z',
    })
    expect(await stands()).toBe(false)
    // Skills: whoever lost the last one may not lead.
    const [leader = ''] = b.officers
    const skilled = async () => (await asks({ officerId: leader })).facts?.skills.includes('leader') ?? false
    expect(await skilled()).toBe(true)
    await zhou.does(withdrawSkill, { officerId: leader, skill: 'leader' })
    expect(await skilled()).toBe(false)
    await zhou.does(grantSkill, { officerIds: [leader], skill: 'leader' })
    expect(await skilled()).toBe(true)
    // Rules of rest.
    expect((await asks({ officerId: leader })).facts?.nightsMost).toBe(5)
    await zhou.does(setRestRules, { beginsOn: '2021-11-01', rules: { maxNightsInRow: 4 } })
    expect((await asks({ officerId: leader })).facts?.nightsMost).toBe(4)
    // Demand: the place asks for one more.
    const open = async () => (await zhou.asks(check, { planId: draft })).openSeats
    const { rows } = await w.owner.query<{ demand_id: string }>(
      `select demand_id from app.demand where post_id = '${b.checkpoint}'`,
    )
    expect(await open()).toBe(0)
    await zhou.does(scaleDemand, { demandIds: rows.map(row => row.demand_id), how: 'add', amount: 1 })
    expect(await open()).toBe(21)
    // An edit by hand, seen on the draft and not on the published board.
    const cells = async () => (await zhou.asks(planBoard, { planId: draft })).cells.length / 5
    const before = await cells()
    const view = await zhou.asks(planBoard, { planId: draft })
    const [, day = 0, , who = 0] = view.cells
    await zhou.does(editCell, {
      planId: draft,
      revision: 1,
      edits: [{ officerId: view.officers[who]?.[0] ?? '', day: view.days[day] ?? '', duty: null }],
    })
    expect(await cells()).toBe(before - 1)
    // Names around the roster: a zone that is opened stands on every board at once.
    const zones = async () => (await zhou.asks(board, span)).zones.length
    expect(await zones()).toBe(1)
    await zhou.does(openZone, {
      operationId,
      zoneId: w.newId(),
      name: '城南花园',
      kind: 'control',
      orderNumber: '青防指〔2021〕8号',
      approver: '周示一',
      beginsAt: '2021-11-02T00:00:00Z',
      plannedEndAt: '2021-11-20T00:00:00Z',
    })
    expect(await zones()).toBe(2)
    expect((await zhou.asks(planBoard, { planId: draft })).zones).toHaveLength(2)
  })

  it('RST84 what has begun is begun at the minute, though nobody has done anything', async () => {
    const [draft] = (await w.owner.query("select plan_id from app.roster_plan where state = 'adopted'")).rows
    const left = async (now: string) => {
      w.clock.set(now)
      return (await zhou.asks(check, { planId: draft.plan_id })).open.filter(one => one.day === '2021-11-06')
        .length
    }
    // Bands of the checkpoint begin at 8, 16 and 24 o'clock; that of 16:00 can be filled until it begins.
    expect(await left('2021-11-06T07:59:30.000Z')).toBe(2)
    expect(await left('2021-11-06T08:00:00.000Z')).toBe(2)
    expect(await left('2021-11-06T08:00:00.001Z')).toBe(1)
    expect(await left('2021-11-06T15:59:59.999Z')).toBe(1)
    expect(await left('2021-11-06T16:00:01.000Z')).toBe(0)
  })

  it('RST84 within a stage of the clock nothing begins and no day ends', async () => {
    const patterns = await hands.read(db => patternsOf(db, agencyId))
    const starts = [...new Set(patterns.flatMap(one => one.bands.map(band => band.from)))]
    const begins = Date.parse('2021-11-04T00:00:00Z')
    /** What a problem takes from the clock: starts that lie before it, and days that are over. */
    const facts = (minute: number) => {
      const now = Math.ceil(minute)
      const days = [-2, -1, 0, 1, 2]
      return JSON.stringify([
        days.flatMap(day => starts.map(from => day * 1440 + from < now)),
        days.map(day => (day + 1) * 1440 <= now),
      ])
    }
    const seen = new Map<number, string>()
    let looked = 0
    for (let minute = -1500; minute <= 1500; minute += 0.5) {
      const now = new Date(begins + minute * 60_000).toISOString()
      const stage = stageOf(w.agency, '2021-11-04', patterns, now)
      expect(seen.get(stage) ?? facts(minute), `${minute}`).toBe(facts(minute))
      seen.set(stage, facts(minute))
      looked += 1
    }
    expect(looked).toBe(6001)
    expect(seen.size).toBeGreaterThan(10)
  })
})
