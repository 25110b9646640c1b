import type { RosterProblem } from './model.ts'
import type { RuleId } from './rules.ts'
import type { Breach, Duty } from './validate.ts'

/**
 * Rules that ask for duties or share them out over the horizon: least minutes, least days in a row at work and off, most
 * weekends, most duties at a post, and what may not follow what. Judged from the duties alone.
 */
export function asked(problem: RosterProblem, o: number, duties: readonly Duty[]): Breach[] {
  const officer = problem.officers[o]!
  const found: Breach[] = []
  const report = (rule: RuleId, day: number, detail: string, of: readonly Duty[]) => {
    const fixed = of.length > 0 && of.every(duty => duty.fixed)
    found.push({ rule, officer: o, officerId: officer.id, day, detail, fixed })
  }
  const minutes = duties.reduce((sum, duty) => sum + duty.minutes, 0)
  if (minutes < (officer.minMinutes ?? 0)) {
    report('RST15', problem.days - 1, `${minutes} < ${officer.minMinutes}`, [])
  }
  for (const { from, until, works } of stretches(duties, problem.days)) {
    const length = until - from + 1
    // Nobody knows how a stretch goes on outside the horizon.
    if (from === 0 || until === problem.days - 1) continue
    const least = (works ? officer.minWorkDaysInRow : officer.minDaysOffInRow) ?? 1
    if (length < least) report(works ? 'RST16' : 'RST17', from, `${length} < ${least}`, [])
  }
  weekends(problem, o, duties, report)
  for (const [post, most] of Object.entries(officer.mostAt ?? {})) {
    const there = duties.filter(duty => problem.posts[duty.post]?.id === post)
    if (there.length > most) report('RST19', there[most]!.day, `${there.length} > ${most} at ${post}`, there)
  }
  for (const [i, duty] of duties.entries()) {
    const before = duties[i - 1]
    if (before?.day !== duty.day - 1) continue
    const barred = problem.posts[before.post]?.notFollowedBy ?? []
    const { id = '' } = problem.posts[duty.post] ?? {}
    if (barred.includes(id))
      report('RST27', duty.day, `${id} after ${problem.posts[before.post]?.id}`, [before, duty])
  }
  return found
}

function* stretches(duties: readonly Duty[], days: number) {
  const at = new Set(duties.map(duty => duty.day))
  let from = 0
  for (let day = 1; day <= days; day++) {
    if (day < days && at.has(day) === at.has(from)) continue
    yield { from, until: day - 1, works: at.has(from) }
    from = day
  }
}

function weekends(
  { weekendDays = [], officers }: RosterProblem,
  o: number,
  duties: readonly Duty[],
  report: (rule: RuleId, day: number, detail: string, of: readonly Duty[]) => void,
): void {
  const most = officers[o]!.maxWeekends ?? Infinity
  const free = new Set(weekendDays)
  const worked = new Map<number, Duty[]>()
  for (const duty of duties) {
    if (!free.has(duty.day)) continue
    let first = duty.day
    while (free.has(first - 1)) first--
    worked.set(first, [...(worked.get(first) ?? []), duty])
  }
  if (worked.size <= most) return
  const all = [...worked.values()]
  report('RST18', all[most]![0]!.day, `${worked.size} > ${most}`, all.flat())
}
