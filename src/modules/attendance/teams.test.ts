// A commando team on the ground: the posts that it is given, who of it stands there, and what it has really worked.
import { describe, expect, it } from 'vitest'
import type { Module } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { world } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import { formTeam, removeMember } from '../people/contracts.ts'
import { addPost, openZone } from '../posts/contracts.ts'
import { adopt, publish } from '../roster/contracts.ts'
import {
  checkInMany,
  checkOutMany,
  endTeamPost,
  giveTeamPost,
  setRight,
  teamDeployments,
  teamDuty,
  teamHoldsWorked,
  teamPosts,
  voidPresence,
} from './contracts.ts'
import { at, bureau, firstDay, modules, secondDay } from './test-bureau.ts'
import { teamWatches } from './team-watches.ts'

describe('teams on the ground', async () => {
  const w = await world(modules as readonly Module[])
  const zhou = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const [team, other, west] = [w.newId(), w.newId(), w.newId()]
  const westGate = w.newId()
  await zhou.does(openZone, {
    operationId: b.operationId,
    zoneId: west,
    name: '城西里',
    kind: 'control',
    orderNumber: '青防指〔2021〕8号',
    approver: '周示一',
    beginsAt: '2021-10-25T00:00:00Z',
    plannedEndAt: '2021-11-20T00:00:00Z',
  })
  await zhou.does(addPost, {
    operationId: b.operationId,
    postId: westGate,
    code: 'FK-02',
    name: '西门管控点',
    kind: 'zoneGate',
    zoneId: west,
    unitId: b.west,
  })
  const bands = ['morning', 'afternoon', 'evening', 'night'] as const
  /** Two bands a duty: 0 and 2 at the east gate, 1 and 3 at the west gate; days in turn with 4 to 7. */
  const duties = [firstDay, secondDay].flatMap((day, n) =>
    [0, 1, 2, 3].map(seat => ({
      day: n,
      officer: seat + n * 4,
      post: seat % 2,
      mask: seat < 2 ? 0b0011 : 0b1100,
      on: day,
    })),
  )
  const cells = new Uint16Array(b.officers.length * 2)
  for (const [n, one] of duties.entries()) cells[one.officer * 2 + one.day] = n + 1
  const planId = w.newId()
  await zhou.does(adopt, {
    planId,
    operationId: b.operationId,
    fromDay: firstDay,
    untilDay: secondDay,
    matrix: {
      officers: b.officers,
      patterns: [{ patternId: b.patterns.fourBySix, bands: [...bands] }],
      posts: [b.gate, westGate].map(postId => ({ postId, pattern: 0 })),
      duties: duties.map(one => ({ post: one.post, bands: one.mask })),
      cells: Buffer.from(cells.buffer).toString('base64'),
    },
  })
  await zhou.does(publish, { planId, revision: 1 })
  const postOf = [b.gate, westGate]
  const hourOf = { morning: 8, afternoon: 14, evening: 20, night: 26 }
  /** Everybody of a band comes six minutes early; who ends there leaves four minutes after. */
  const works = async (day: string, band: (typeof bands)[number]) => {
    const mask = 1 << bands.indexOf(band)
    const mine = duties.filter(one => one.on === day && (one.mask & mask) !== 0)
    w.clock.set(at(day, hourOf[band], -6))
    await zhou.does(checkInMany, {
      day,
      patternId: b.patterns.fourBySix,
      band,
      posts: mine.map(one => ({
        postId: postOf[one.post] ?? '',
        officerIds: [b.officers[one.officer] ?? ''],
      })),
    })
  }
  const leave = async (day: string, band: (typeof bands)[number]) => {
    w.clock.set(at(day, hourOf[band] + 6, 4))
    const { rows } = await w.owner.query<{ presence_id: string }>(
      'select presence_id from app.presence where day = $1 and band = $2 and left_at is null and voided_at is null',
      [day, band],
    )
    await zhou.does(checkOutMany, { presenceIds: rows.map(row => row.presence_id) })
  }
  const worksDay = async (day: string) => {
    await works(day, 'morning')
    await works(day, 'afternoon')
    await works(day, 'evening')
    await leave(day, 'afternoon')
    await works(day, 'night')
  }
  const figure = (key: string) => w.kernel.measure(zhou.actor, key, firstDay, secondDay)
  const held = async () => [
    await figure('roster.longestTeamHours'),
    await figure('roster.longestTeamDays'),
    await figure('teams.deployments'),
    await figure('teams.hoursHeld'),
  ]
  const give = (more: object = {}) => ({
    teamPostId: w.newId(),
    teamId: team,
    postId: b.gate,
    beginsOn: firstDay,
    orderNumber: '青公突〔2021〕1号',
    approver: '指挥长 王示一',
    ...more,
  })
  const mine = async (officer: string, day: string, band: string) => {
    const { rows } = await w.owner.query<{ presence_id: string }>(
      'select presence_id from app.presence where officer_id = $1 and day = $2 and band = $3 and voided_at is null',
      [officer, day, band],
    )
    return rows[0]?.presence_id ?? ''
  }
  const gaps = async (now: string) => {
    const hands = await w.kernel.reader(zhou.actor)
    return hands.read(db => teamWatches[0]?.detect(db, now) ?? Promise.resolve([]))
  }
  const member = (officerId: string) => ({ officerId, beginsOn: firstDay })

  it('TEA2 a post is given to a team by an order, and is one team’s at a time', async () => {
    const names = { kind: 'commando' as const, beginsOn: firstDay }
    const members = b.officers.slice(0, 8).map(member)
    await zhou.does(formTeam, { ...names, teamId: team, name: '突击一队', leaderId: b.officers[0], members })
    await zhou.does(formTeam, { ...names, teamId: other, name: '突击二队', endsOn: '2021-11-20' })
    await zhou.does(giveTeamPost, give())
    await zhou.does(giveTeamPost, give({ postId: westGate, endsOn: '2021-11-10' }))
    const refused = (more: object) => zhou.isRefused(giveTeamPost, give({ teamId: other, ...more }))
    expect(await refused({})).toBe('teams/post-held')
    expect(await refused({ postId: westGate, beginsOn: '2021-11-09', endsOn: '2021-11-12' })).toBe(
      'teams/post-held',
    )
    expect(await refused({ postId: westGate, beginsOn: '2021-11-11', endsOn: '2021-11-09' })).toBe(
      'teams/ends-before-it-begins',
    )
    expect(await refused({ postId: westGate, beginsOn: '2021-11-25' })).toBe('teams/team-missing')
    expect(await refused({ postId: w.newId() })).toBe('teams/post-missing')
    expect(await refused({ teamId: w.newId(), postId: b.checkpoint })).toBe('teams/team-missing')
    expect(await refused({ orderNumber: ' ' })).toBe('kernel/bad-input')
    expect(await refused({ orderNumber: '九'.repeat(61) })).toBe('kernel/bad-input')
    expect(await refused({ beginsOn: '4 November' })).toBe('kernel/bad-input')
    // A team that ends gives its post back with its last day.
    await zhou.does(giveTeamPost, give({ teamId: other, postId: westGate, beginsOn: '2021-11-11' }))
    const { rows } = await zhou.asks(teamPosts, { from: '2021-11-15', until: '2021-11-15', teamId: other })
    expect(rows).toMatchObject([{ postName: '西门管控点', zone: '城西里', endsOn: '2021-11-20' }])
  })

  it('TEA3 who may not give a post is told so, and another agency’s do not exist', async () => {
    const leader = w.person('李样二', ['unitLeader'], { unitIds: [b.east] })
    const viewer = w.person('韩样九', ['viewer'])
    expect(await leader.isRefused(giveTeamPost, give({ postId: b.checkpoint }))).toBe('kernel/no-right')
    expect(await viewer.isRefused(endTeamPost, { teamPostId: w.newId(), endsOn: firstDay })).toBe(
      'kernel/no-right',
    )
    expect(await viewer.mayNotAsk(teamDuty, { operationId: b.operationId })).toBe('kernel/no-right')
    expect(await zhou.isRefused(endTeamPost, { teamPostId: w.newId(), endsOn: firstDay })).toBe(
      'teams/team-post-missing',
    )
    expect(await zhou.mayNotAsk(teamDuty, { operationId: w.newId() })).toBe('operations/operation-missing')
  })

  it('TEA4 a post that a team holds and nobody of it is at is an alert until somebody comes', async () => {
    w.clock.set(at(firstDay, 8, 2))
    expect(await gaps(at(firstDay, 8, 2))).toEqual([])
    const found = await gaps(at(firstDay, 8, 6))
    expect(found.map(one => [one.title.zh, one.severity, one.link])).toEqual([
      ['东门封控点由突击一队值守，现无本队人员在岗', 'red', `/team-duty?team=${team}`],
    ])
    // A stranger at the gate is not the team: the gap stays, though the post itself is not short.
    await zhou.does(setRight, {
      presenceId: w.newId(),
      officerId: b.officers[8] ?? '',
      postId: b.gate,
      day: firstDay,
      patternId: b.patterns.fourBySix,
      band: 'morning',
      cameAt: at(firstDay, 7, 58),
      leftAt: at(firstDay, 8, 1),
      why: '临时顶岗',
    })
    expect(await gaps(at(firstDay, 8, 6))).toHaveLength(1)
    await worksDay(firstDay)
    expect(await gaps(at(firstDay, 9))).toEqual([])
  })

  it('TEA1 the hold of two zones is counted from who came and left', async () => {
    // The night is confirmed six minutes before it begins: a deployment, and not an hour yet.
    expect(await held()).toEqual([18, 0, 8, 36])
    w.clock.set(at(secondDay, 5))
    // Who has not signed out counts until now; the hours ahead do not.
    expect(await held()).toEqual([21, 0, 8, 42])
    await works(secondDay, 'morning')
    await leave(firstDay, 'night')
    await works(secondDay, 'afternoon')
    await works(secondDay, 'evening')
    await leave(secondDay, 'afternoon')
    await works(secondDay, 'night')
    await leave(secondDay, 'night')
    expect(await held()).toEqual([48, 2, 16, 96])
    expect((await zhou.asks(teamHoldsWorked, { from: firstDay, until: secondDay })).rows).toMatchObject([
      { team: '突击一队', zones: '城东花园、城西里', hours: 48, days: 2, officers: 8, presences: 16 },
    ])
    expect(await figure('roster.teamHoursPlanned')).toBe(48)
    expect((await zhou.asks(teamDeployments, { from: firstDay, until: secondDay })).total).toBe(16)
  })

  it('TEA1 one check-in taken away ends the hold there and lowers the deployments by exactly one', async () => {
    const evening = await mine(b.officers[2] ?? '', firstDay, 'evening')
    await zhou.does(voidPresence, { presenceId: evening, why: '核对后未到岗' })
    // From the band after it to the end; the planned hours do not know of it.
    expect(await held()).toEqual([30, 1, 15, 90])
    expect(await figure('roster.teamHoursPlanned')).toBe(48)
    await zhou.does(setRight, {
      presenceId: w.newId(),
      officerId: b.officers[2] ?? '',
      postId: b.gate,
      day: firstDay,
      patternId: b.patterns.fourBySix,
      band: 'evening',
      cameAt: at(firstDay, 20),
      leftAt: at(firstDay, 26),
      why: '补签',
    })
    // The relief signs out four minutes after, so that the gap between the two is none.
    expect(await held()).toEqual([48, 2, 16, 96])
  })

  it('TEA5 whoever leaves the team does not count for it from the next duty day on', async () => {
    await zhou.does(removeMember, { teamId: team, officerId: b.officers[7] ?? '', endsOn: firstDay })
    expect(await held()).toEqual([36, 1, 14, 84])
  })

  it('TEA6 the page tells posts, who is there now, hours and deployments of each team, and goes out as Excel', async () => {
    w.clock.set(at(secondDay, 15))
    const { rows, total } = await zhou.asks(teamDuty, { operationId: b.operationId, search: '突击一' })
    expect(total).toBe(1)
    expect(rows[0]).toMatchObject({ name: '突击一队', leaderName: '周示一', memberCount: 7, there: 2 })
    expect(rows[0]?.posts.map(one => [one.postName, one.hours, one.deployments, one.there.length])).toEqual([
      ['东门封控点', 48, 8, 1],
      ['西门管控点', 36, 6, 1],
    ])
    const sums = rows[0]?.posts.reduce((sum, one) => sum + one.deployments, 0)
    expect(sums).toBe(await figure('teams.deployments'))
    const ordered = await zhou.asks(teamDuty, { operationId: b.operationId, order: 'name', descending: true })
    expect(ordered.rows.map(row => row.name)).toEqual(['突击二队', '突击一队'])
    expect((await zhou.asks(teamDuty, { operationId: b.operationId, offset: 99 })).rows).toEqual([])
    const maker = w.kernel.registry.files.get('attendance.exportTeamDuty')
    const asked = { operationId: b.operationId, descending: false, columns: ['name', 'posts', 'there'] }
    const file = await maker?.make(asked as never, await w.kernel.reader(zhou.actor))
    const text = JSON.stringify(await readSheets(file?.bytes ?? Buffer.alloc(0), 'x.xlsx'))
    expect(text).toContain('东门封控点、西门管控点')
    expect(text).not.toContain('投入警力')
  })

  it('TEA7 a team leaves a post on a day that is not past; what it worked stays', async () => {
    const { rows } = await zhou.asks(teamPosts, { from: firstDay, until: secondDay, teamId: team })
    const [east] = rows
    const teamPostId = east?.teamPostId ?? ''
    expect(dutyDayOf(w.agency, w.clock.now.toISOString())).toBe(secondDay)
    expect(await zhou.isRefused(endTeamPost, { teamPostId, endsOn: firstDay })).toBe('teams/days-past')
    await zhou.does(endTeamPost, { teamPostId, endsOn: secondDay })
    expect(await figure('teams.deployments')).toBe(14)
    w.clock.set(at('2021-11-06', 9))
    expect(await zhou.isRefused(endTeamPost, { teamPostId, endsOn: '2021-11-06' })).toBe(
      'teams/team-post-missing',
    )
    expect(await gaps(at('2021-11-06', 9))).toEqual([])
    // One that lies ahead is taken back whole.
    const ahead = await zhou.asks(teamPosts, { from: '2021-11-15', until: '2021-11-15', teamId: other })
    await zhou.does(endTeamPost, { teamPostId: ahead.rows[0]?.teamPostId ?? '', endsOn: '2021-11-06' })
    expect((await zhou.asks(teamPosts, { from: '2021-11-15', until: '2021-11-15' })).total).toBe(0)
  })
})
