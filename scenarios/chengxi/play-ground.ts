// The ground is drawn: zones by their orders, cameras, posts and sampling sites; then what each needs.
import {
  addCamera,
  addPosts,
  addZones,
  defineRound,
  defineShiftPattern,
  defineStandardPatterns,
  setDemands,
  setRoundSites,
} from '../../src/modules/posts/contracts.ts'
import type { Course } from './course.ts'
import { samplingHeads, standingDemand } from './demand.ts'
import { cameras, posts, type RoundPlan, rounds, sites, spot, zones } from './ground.ts'

const orders = (kind: 'sealed' | 'control', n: number) => ({
  orderNumber: `城防指〔2021〕${kind === 'sealed' ? n + 1 : n + 31}号`,
  approver: '区疫情防控指挥部',
})

export async function drawGround(it: Course): Promise<void> {
  const { stage, operationId } = it
  stage.say({ zh: '划定区域和点位', en: 'zones and posts' })
  await stage.run(
    addZones,
    {
      operationId,
      zones: zones().map((zone, n) => ({
        zoneId: it.zoneId(zone.key),
        name: zone.name,
        kind: zone.kind,
        ...orders(zone.kind, n),
        reason: zone.kind === 'sealed' ? '辖区出现阳性感染者' : '与封控区相邻',
        beginsAt: it.at(zone.opens),
        plannedEndAt: it.at(zone.lifts, zone.liftsMinute),
        households: zone.households,
        unitId: it.unitId(zone.unit),
        polygon: zone.ring,
      })),
    },
    'addZones',
  )
  await addPostsOf(it)
  for (const camera of cameras()) {
    await stage.run(
      addCamera,
      {
        cameraId: stage.id(camera.key),
        operationId,
        name: camera.name,
        covers: camera.covers,
        zoneId: it.zoneId(camera.zone),
        addedOn: it.day(camera.day),
        place: spot(...camera.at),
      },
      `addCamera ${camera.key}`,
    )
  }
}

async function addPostsOf(it: Course): Promise<void> {
  const { stage, operationId } = it
  const none = { health: 0, community: 0, volunteer: 0, enterprise: 0 }
  const held = posts().map(post => ({
    postId: it.postId(post.key),
    code: post.code,
    name: post.name,
    kind: post.kind,
    zoneId: post.zone ? it.zoneId(post.zone) : null,
    unitId: it.unitId(post.unit),
    address: '',
    duties: post.duties,
    equipment: post.equipment,
    contactName: '',
    contactPhone: null,
    partnersExpected: post.partners,
    closedLoop: post.closedLoop,
    opensOn: it.day(post.opens),
    closesOn: it.day(post.closes),
    place: spot(...post.at),
    state: 'active' as const,
  }))
  const sampling = sites().map(site => ({
    postId: it.postId(site.key),
    code: site.code,
    name: site.name,
    kind: 'samplingSite' as const,
    zoneId: null,
    unitId: it.unitId(site.unit),
    address: '',
    duties: '维持秩序，保持一米线，引导老弱孕残走绿色通道',
    equipment: '喊话器1、警戒带、一米线标贴',
    contactName: '',
    contactPhone: null,
    partnersExpected: { ...none, health: 2, community: 2, volunteer: 2 },
    closedLoop: false,
    opensOn: null,
    closesOn: null,
    place: spot(...site.at),
    state: 'active' as const,
  }))
  await stage.run(addPosts, { operationId, posts: held }, 'addPosts held')
  for (let from = 0; from < sampling.length; from += 1_000) {
    await stage.run(
      addPosts,
      { operationId, posts: sampling.slice(from, from + 1_000) },
      `addPosts sites ${from}`,
    )
  }
}

export async function setNeeds(it: Course): Promise<void> {
  const { stage } = it
  stage.say({ zh: '设定班制和警力需求', en: 'shift patterns and demand' })
  await stage.run(
    defineStandardPatterns,
    {
      fourBySix: it.patternId('fourBySix'),
      threeByEight: it.patternId('threeByEight'),
      twoByTwelve: it.patternId('twoByTwelve'),
      dayOnly: it.patternId('dayOnly'),
      standby: it.patternId('standby'),
    },
    'defineStandardPatterns',
  )
  await stage.run(
    defineShiftPattern,
    {
      patternId: it.patternId('sampling'),
      name: '采样班(上午、下午)',
      kind: 'day',
      // A site rests at noon, so the two bands of one officer's day need not adjoin.
      adjoining: false,
      bands: [
        { key: 'morning', zh: '上午场', en: 'Morning', from: 0, minutes: 240 },
        { key: 'afternoon', zh: '下午场', en: 'Afternoon', from: 360, minutes: 240 },
      ],
    },
    'defineShiftPattern sampling',
  )
  const lines = standingDemand().map((line, n) => ({
    demandId: stage.id(`demand ${n}`),
    postId: it.postId(line.post),
    patternId: it.patternId(line.pattern),
    bands: line.bands,
    skill: line.skill,
    heads: line.heads,
    priority: line.priority,
    beginsOn: it.day(line.from),
    endsOn: it.day(line.until),
    weekdays: null,
    roundId: null,
  }))
  await stage.run(setDemands, { lines }, 'setDemands standing')
  for (const round of rounds()) await addRound(it, round)
}

async function addRound(it: Course, round: RoundPlan): Promise<void> {
  const { stage, operationId } = it
  const roundId = stage.id(`round ${round.n}`)
  await stage.run(
    defineRound,
    {
      roundId,
      operationId,
      n: round.n,
      name: `第${round.n}轮`,
      day: it.day(round.day),
      opensMinute: 480,
      closesMinute: 1_080,
      area: '全区',
    },
    `defineRound ${round.n}`,
  )
  await stage.run(
    setRoundSites,
    { roundId, sites: round.sites.map(site => ({ postId: it.postId(site), lanes: 2 })) },
    `setRoundSites ${round.n}`,
  )
  await stage.run(
    setDemands,
    {
      lines: round.sites.map(site => ({
        demandId: stage.id(`demand round ${round.n} ${site}`),
        postId: it.postId(site),
        patternId: it.patternId('sampling'),
        bands: ['morning', 'afternoon'],
        skill: null,
        heads: samplingHeads,
        priority: 2 as const,
        beginsOn: it.day(round.day),
        endsOn: it.day(round.day),
        weekdays: null,
        roundId,
      })),
    },
    `setDemands round ${round.n}`,
  )
}
