// The roster of all days, and what happened to the zones as the days passed.
import { changeZoneKind, liftZone } from '../../src/modules/posts/contracts.ts'
import { adopt, publish, setRestRules } from '../../src/modules/roster/contracts.ts'
import type { SolveResult } from '../../src/modules/roster/solve-task.ts'
import type { Course } from './course.ts'
import { days, zones } from './ground.ts'

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

async function adoptPlan(it: Course, planId: string): Promise<number> {
  const { stage, operationId } = it
  stage.say({ zh: '求解 24 天勤务表', en: 'solving the roster of 24 days' })
  const span = { operationId, fromDay: it.day(0), untilDay: it.day(days - 1) }
  const solved = (await stage.task('roster.solve', {
    ...span,
    seconds: 60,
    seed: 7,
    stopWhenCovered: true,
  })) as SolveResult
  stage.say({
    zh: `求解 ${solved.solver.seconds} 秒,空缺 ${solved.best.open} 处`,
    en: `solved in ${solved.solver.seconds} s, ${solved.best.open} open`,
  })
  const adopted = await stage.run(
    adopt,
    {
      planId,
      name: '全程勤务表',
      ...span,
      matrix: solved.matrix,
      open: solved.open,
      solver: solved.solver,
      basedOn: solved.basedOn,
      replaces: null,
      beside: [],
    },
    'adopt',
  )
  return adopted.revision
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
        closedLoopDays: 14,
        closedLoopRestDays: 7,
      },
    },
    'setRestRules',
  )
}

/** What happened as the days passed: zones eased and lifted, each by an order, at its hour. */
export async function passDays(it: Course): Promise<void> {
  const { stage } = it
  const events = zones().flatMap((zone, n) => {
    const lift = { at: it.at(zone.lifts, 23 * 60), zone, n, eases: false }
    return zone.eases === null ? [lift] : [{ at: it.at(zone.eases, 4 * 60), zone, n, eases: true }, lift]
  })
  events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.n - b.n)
  stage.say({ zh: '逐日推演', en: 'the days pass' })
  for (const { at, zone, n, eases } of events) {
    if (!stage.setClock(at)) return
    const order = {
      zoneId: it.zoneId(zone.key),
      orderNumber: `城防指〔2021〕${n + (eases ? 91 : 61)}号`,
      approver: '区疫情防控指挥部',
    }
    if (eases) {
      await stage.run(
        changeZoneKind,
        { ...order, kind: 'control', at, plannedEndAt: null, reason: '连续两轮检测阴性' },
        `ease ${zone.key}`,
      )
    } else {
      await stage.run(liftZone, { ...order, at, reason: '满足解封条件' }, `lift ${zone.key}`)
    }
  }
}
