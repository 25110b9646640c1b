// The roster of all days, and what happened to the zones as the days passed.
import { changeZoneKind, liftZone } from '../../src/modules/posts/contracts.ts'
import { adopt, editCell, openDraft, publish, setRestRules } from '../../src/modules/roster/contracts.ts'
import type { SolveResult } from '../../src/modules/roster/solve-task.ts'
import { officers } from './bureau.ts'
import { holdRota } from './closed-loop.ts'
import type { Course } from './course.ts'
import { days, zones } from './ground.ts'
import { attendance, type Happening } from './play-attendance.ts'
import { passers } from './play-passers.ts'
import { sampling } from './play-sampling.ts'

export async function publishRoster(it: Course): Promise<void> {
  const { stage } = it
  await orderRest(it)
  const planId = stage.id('plan')
  // A search by the clock does not find the same roster twice: what was adopted or published before a cut stays so.
  if (await stage.isDone('publish')) return
  const revision = (await stage.isDone('adopt')) ? untouched : await adoptPlan(it, planId)
  stage.say({ zh: '发布勤务表', en: 'publishing the roster' })
  await stage.run(publish, { planId, revision }, 'publish')
}

/** The revision of a draft that nobody has edited since it was adopted; the play edits none. */
const untouched = 1

const spanOf = (it: Course) => ({
  operationId: it.operationId,
  fromDay: it.day(0),
  untilDay: it.day(days - 1),
})

/** Most cells that one change by hand takes. */
const editsMost = 60

/** The commando team brings its own rota; what is set by hand the solver keeps. */
async function setHold(it: Course): Promise<string> {
  const { stage } = it
  stage.say({ zh: '突击队自排两区勤务', en: 'the commando team sets its rota for two zones' })
  const planId = stage.id('plan by hand')
  const alone = { replaces: null, beside: [] }
  await stage.run(openDraft, { planId, name: '突击队两区勤务', ...spanOf(it), ...alone }, 'openDraft hold')
  const edits = holdRota(officers()).map(({ badge, day, post, pattern, bands }) => ({
    officerId: it.officerId(badge),
    day: it.day(day),
    duty: { postId: it.postId(post), patternId: it.patternId(pattern), bands },
  }))
  for (let from = 0; from < edits.length; from += editsMost) {
    const revision = 1 + from / editsMost
    const some = edits.slice(from, from + editsMost)
    await stage.run(editCell, { planId, revision, edits: some }, `editCell hold ${from}`)
  }
  return planId
}

async function adoptPlan(it: Course, planId: string): Promise<number> {
  const { stage } = it
  const byHand = await setHold(it)
  const span = spanOf(it)
  const solved = await solvePlan(it, byHand)
  const adopted = await stage.run(
    adopt,
    {
      planId,
      name: '全程勤务表',
      ...span,
      matrix: solved.matrix,
      open: solved.open,
      solver: solved.solver,
      voucher: solved.voucher,
      basedOn: solved.basedOn,
      replaces: byHand,
      beside: [],
    },
    'adopt',
  )
  return adopted.revision
}

const seeds = [7, 8, 9]

/**
 * The search looks a few days ahead of what it moves, and a closed loop is longer: rarely it leaves somebody in two of
 * them. Adopting would refuse that, and another seed finds another roster.
 */
async function solvePlan(it: Course, planId: string): Promise<SolveResult> {
  const { stage } = it
  let found: SolveResult | undefined
  for (const seed of seeds) {
    stage.say({ zh: '求解 24 天勤务表', en: 'solving the roster of 24 days' })
    const wanted = { ...spanOf(it), planId, seconds: 60, seed, stopWhenCovered: true }
    found = (await stage.task('roster.solve', wanted)) as SolveResult
    stage.say({
      zh: `求解 ${found.solver.seconds} 秒,空缺 ${found.best.open} 处`,
      en: `solved in ${found.solver.seconds} s, ${found.best.open} open`,
    })
    if (found.best.broken === 0) break
  }
  if (!found) throw new Error('invariant: there is a seed')
  return found
}

async function orderRest(it: Course): Promise<void> {
  const { stage } = it
  await stage.run(
    setRestRules,
    {
      beginsOn: it.day(-30),
      rules: {
        minRestMinutes: 660,
        minRestAfterNightMinutes: 660,
        minRestAfterLongMinutes: 1_440,
        maxDutyMinutes: 720,
        maxMinutesIn30Days: 13_200,
        maxMinutesIn7Days: 3_600,
        maxNightsInRow: 5,
        maxWorkDaysInRow: 6,
        daysOffIn7: 1,
        // A closed loop lasts until the last zone is lifted.
        closedLoopDays: days,
        // Seven days lodged apart and seven at home.
        closedLoopRestDays: 14,
      },
    },
    'setRestRules',
  )
}

/** What happened as the days passed: who came to his post, and zones eased and lifted, each by an order, at its hour. */
export async function passDays(it: Course): Promise<void> {
  const { stage } = it
  stage.say({ zh: '逐日推演', en: 'the days pass' })
  const all = [...(await attendance(it)), ...zoneOrders(it), ...sampling(it), ...passers(it)]
  all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.order - b.order)
  for (const one of all) {
    if (!stage.setClock(one.at)) return
    await one.play()
  }
}

function zoneOrders(it: Course): Happening[] {
  return zones().flatMap((zone, n) => {
    const lift = zoneOrder(it, zone, n, { at: it.at(zone.lifts, zone.liftsMinute), eases: false })
    if (zone.eases === null) return [lift]
    return [zoneOrder(it, zone, n, { at: it.at(zone.eases, 4 * 60), eases: true }), lift]
  })
}

function zoneOrder(
  it: Course,
  zone: ReturnType<typeof zones>[number],
  n: number,
  { at, eases }: { at: string; eases: boolean },
): Happening {
  const order = {
    zoneId: it.zoneId(zone.key),
    orderNumber: `城防指〔2021〕${n + (eases ? 91 : 61)}号`,
    approver: '区疫情防控指挥部',
  }
  const change = { ...order, kind: 'control' as const, at, plannedEndAt: null, reason: '连续两轮检测阴性' }
  return {
    at,
    order: 3 + n,
    play: async () => {
      if (eases) await it.stage.run(changeZoneKind, change, `ease ${zone.key}`)
      else await it.stage.run(liftZone, { ...order, at, reason: '满足解封条件' }, `lift ${zone.key}`)
    },
  }
}
