// Why this officer, who else could, and what would break: asked by a person who looks at one place of a board.
import {
  type Candidate,
  checkOfficer,
  type Forbidden,
  type Roster,
  type RosterProblem,
  RULES,
  ShortageProofs,
  whoElse,
  whyOpen,
} from '../../cores/roster/index.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { daysBetween } from '../../kernel/time.ts'
import { inWords, skillWords } from './check.ts'
import { type explain, rosterProblems } from './contracts.ts'
import { adviceAt } from './fatigue-advice.ts'
import { historyDays, publishedAt } from './inputs.ts'
import type { Duty } from './matrix.ts'
import { type BuiltProblem, cellFor, dutyOf, slotKey } from './problem.ts'
import { isNight } from './rest.ts'

type Input = InputOf<typeof explain>
type Answer = OutputOf<typeof explain>

const othersMost = 12
const forbiddenMost = 8
const rules = new Map(RULES.map(rule => [rule.id as string, rule]))

export function explainSeat(built: BuiltProblem, roster: Roster, input: Input): Answer {
  const { inputs, problem } = built
  const day = daysBetween(inputs.fromDay, input.day)
  const slot = slotKey(input.postId, input.patternId)
  if (day < 0 || day >= inputs.days) throw rosterProblems.dayOutside({ day: input.day })
  if (!built.slotAt.has(slot)) throw rosterProblems.unknownPost({ count: 1 })
  const officer = input.officerId === null ? -1 : (built.officerAt.get(input.officerId) ?? -1)
  const facts = new Facts(built, roster)
  const cell = officer < 0 ? 0 : (roster.cells[officer * built.horizon + day] ?? 0)
  const near = nearby(built, roster, slot, input.band, day, officer)
  const skill = input.skill ?? near.lackedSkill
  const look = whoElse(near.problem, near.roster, { post: slot, band: input.band, day, skill }, 40)
  const own = look.candidates.find(one => one.officerId === input.officerId)
  const others: typeof look.candidates = []
  for (const one of look.candidates) {
    if (one === own || others.length >= othersMost) continue
    if (mayTake(near, one.officer, day, cell, one.cell)) others.push(one)
  }
  const base = own?.cost ?? others[0]?.cost ?? 0
  return {
    facts:
      officer < 0
        ? null
        : {
            ...crewOf(built, roster, input, day, officer),
            ...facts.of(officer, day, slot),
            fatigue: adviceAt(built, roster.cells, { officer, day }),
          },
    others: others.map(one => {
      const taken = cell !== 0 && one.reasons.includes('off-that-day') ? cell : one.cell
      const other = built.officerAt.get(one.officerId) ?? -1
      return {
        ...otherOf(built, facts, one, day, slot, base),
        bands: [...(dutyOf(built, taken)?.bands ?? [])],
        fatigue: adviceAt(built, roster.cells, { officer: other, day, instead: taken }),
      }
    }),
    forbidden: look.forbidden.slice(0, forbiddenMost).map(one => forbiddenOf(built, facts, one, day, slot)),
    legal: look.counts.legal,
    barred: look.counts.forbidden,
    breaks:
      officer < 0
        ? []
        : checkOfficer(problem, roster, officer)
            .filter(one => !one.fixed)
            .map(one => inWords(built, one)),
    why: officer >= 0 ? null : whyAt(built, roster, slot, input, day),
  }
}

/** The skills that the crew of the place needs, asked of the books because the problem leaves out what has begun. */
function crewOf(built: BuiltProblem, roster: Roster, input: Input, day: number, officer: number) {
  const { inputs, problem, horizon } = built
  const here = (one: { postId: string; patternId: string; band: string; day: string }) =>
    one.postId === input.postId &&
    one.patternId === input.patternId &&
    one.band === input.band &&
    one.day === input.day
  const asked = inputs.demand.filter(one => here(one) && one.skill !== null)
  const seat = cellFor(built, { postId: input.postId, patternId: input.patternId, bands: [input.band] })
  const crew = problem.officers.filter((_one, o) => {
    const cell = roster.cells[o * horizon + day] ?? 0
    return cell >> 8 === seat >> 8 && (cell & seat & 255) !== 0
  })
  const able = (skill: string) =>
    crew.filter(one => one.skills.includes(skill) && day <= (one.skillEnds?.[skill] ?? Infinity)).length
  return {
    skills: problem.officers[officer]?.skills ?? [],
    required: asked.flatMap(one => one.skill ?? []),
    crewMet: asked.every(one => able(one.skill ?? '') >= one.heads),
  }
}

function otherOf(built: BuiltProblem, facts: Facts, one: Candidate, day: number, slot: string, base: number) {
  const at = built.officerAt.get(one.officerId) ?? -1
  const person = built.inputs.officers[at]
  const { restMinutes, weekMinutes, kilometres } = facts.of(at, day, slot)
  return {
    officerId: one.officerId,
    name: person?.name ?? '',
    badge: person?.badge ?? '',
    kind: person?.kind ?? '',
    cost: Math.round((one.cost - base) * 10) / 10,
    restMinutes,
    weekMinutes,
    kilometres,
    skills: built.problem.officers[at]?.skills ?? [],
    reasons: one.reasons,
  }
}

function forbiddenOf(built: BuiltProblem, facts: Facts, one: Forbidden, day: number, slot: string) {
  const at = built.officerAt.get(one.officerId) ?? -1
  const words = inWords(built, { ...one, officer: at, day, fixed: false })
  const skill = skillWords[one.detail] ?? { zh: one.detail, en: one.detail }
  const lacks = one.rule === 'RST21'
  return {
    officerId: one.officerId,
    name: words.name,
    restMinutes: facts.of(at, day, slot).restMinutes,
    rule: one.rule,
    zh: lacks ? `无${skill.zh}资质` : words.zh,
    en: lacks ? `lacks the skill: ${skill.en}` : words.en,
    detail: one.detail || (rules.get(one.rule)?.en ?? ''),
  }
}

interface Nearby {
  problem: RosterProblem
  roster: Roster
  /** A minimum that is not met without the officer looked at. */
  lackedSkill: string | null
}

/**
 * The small problem that a place is judged in: whoever is free that day or stands at the place, and the need of this
 * place alone, less those who stay. Looking at everybody costs four times as much, and whoever is busy elsewhere
 * would open a hole there. The officer looked at is taken out: then he is one candidate among the others.
 */
function nearby(
  built: BuiltProblem,
  roster: Roster,
  slot: string,
  band: string,
  day: number,
  officer: number,
): Nearby {
  const { problem, horizon } = built
  const seat = cellFor(built, { ...slotOf(slot), bands: [band] })
  const inSeat = (cell: number) => cell >> 8 === seat >> 8 && (cell & seat & 255) !== 0
  const kept: number[] = []
  const staying: number[] = []
  problem.officers.forEach((_one, o) => {
    const cell = o === officer ? 0 : (roster.cells[o * horizon + day] ?? 0)
    if (cell === 0 || (cell >> 8 === seat >> 8 && !inSeat(cell))) kept.push(o)
    else if (inSeat(cell)) staying.push(o)
  })
  const able = (skill: string) =>
    staying.filter(o => {
      const person = problem.officers[o]
      return person?.skills.includes(skill) && day <= (person.skillEnds?.[skill] ?? Infinity)
    }).length
  const lines = problem.demands.filter(one => one.post === slot && one.day === day && one.band === band)
  const demands = lines.map(line => {
    const minima = (line.minima ?? []).map(one => ({ ...one, need: Math.max(0, one.need - able(one.skill)) }))
    const need = Math.max(line.need - staying.length, ...minima.map(one => one.need), 0)
    return { ...line, need, minima }
  })
  const cells = new Int32Array(kept.length * horizon)
  const previous = problem.previous ? new Int32Array(cells.length) : undefined
  kept.forEach((o, at) => {
    cells.set(roster.cells.subarray(o * horizon, (o + 1) * horizon), at * horizon)
    if (o === officer) cells[at * horizon + day] = 0
    previous?.set(problem.previous?.cells.subarray(o * horizon, (o + 1) * horizon) ?? [], at * horizon)
  })
  return {
    problem: {
      ...problem,
      demands,
      officers: kept.flatMap(o => problem.officers[o] ?? []),
      ...(previous ? { previous: { cells: previous } } : {}),
    },
    roster: { days: roster.days, cells },
    lackedSkill: demands.flatMap(line => line.minima).find(one => one.need > 0)?.skill ?? null,
  }
}

function slotOf(slot: string) {
  const [postId = '', patternId = ''] = slot.split(' ')
  return { postId, patternId }
}

/** Somebody free that day takes the whole duty, so both bands of it are judged and not only the one looked at. */
function mayTake(near: Nearby, officer: number, day: number, wanted: number, single: number): boolean {
  const { problem, roster } = near
  const at = officer * problem.days + day
  if (wanted === 0 || wanted === single || roster.cells[at] !== 0) return true
  const key = (one: { rule: string; day: number }) => `${one.rule} ${one.day}`
  const before = new Set(checkOfficer(problem, roster, officer).map(key))
  roster.cells[at] = wanted
  const fresh = checkOfficer(problem, roster, officer).filter(one => !before.has(key(one)))
  roster.cells[at] = 0
  return fresh.length === 0
}

function whyAt(built: BuiltProblem, roster: Roster, post: string, input: Input, day: number): Answer['why'] {
  const place = { post, band: input.band, day, skill: input.skill }
  const { reason, counts } = whyOpen(built.problem, roster, { ...place, missing: 1 })
  return { reason, counts, proof: proofAt(built, place) }
}

/** One problem has its proofs made once: most of them are of whole days, and places are looked at one after the other. */
const proofsOf = new WeakMap<RosterProblem, ShortageProofs>()

function proofAt(
  { problem }: BuiltProblem,
  place: Parameters<ShortageProofs['of']>[0],
): NonNullable<Answer['why']>['proof'] {
  const proofs = proofsOf.get(problem) ?? new ShortageProofs(problem)
  proofsOf.set(problem, proofs)
  const found = proofs.of(place)
  if (!found) return null
  const { code, skill, needed, exist, at } = found
  return { code, skill, needed, exist, minute: at === null ? null : at - place.day * day1440 }
}

const day1440 = 1440

/** What the books say of an officer around a day: from the roster looked at, and before it from the published one. */
class Facts {
  private readonly built: BuiltProblem
  private readonly roster: Roster
  private readonly nightCounts: number[]
  private readonly nightsMean: number

  constructor(built: BuiltProblem, roster: Roster) {
    this.built = built
    this.roster = roster
    const known = new Map<number, boolean>()
    const isNight = (cell: number) => {
      let night = known.get(cell)
      if (night === undefined) {
        const duty = dutyOf(built, cell)
        night = duty !== null && this.isNight(duty)
        known.set(cell, night)
      }
      return night
    }
    const { officers, days } = built.inputs
    this.nightCounts = officers.map((_one, o) => {
      let count = 0
      for (let day = 0; day < days; day += 1) {
        const cell = roster.cells[o * built.horizon + day] ?? 0
        if (cell !== 0 && isNight(cell)) count += 1
      }
      return count
    })
    const sum = this.nightCounts.reduce((all, one) => all + one, 0)
    this.nightsMean = officers.length === 0 ? 0 : Math.round((sum / officers.length) * 10) / 10
  }

  private bands(duty: Duty) {
    const bands = this.built.inputs.patterns.get(duty.patternId)?.bands ?? []
    return bands.filter(band => duty.bands.includes(band.key))
  }
  private isNight(duty: Duty): boolean {
    return this.bands(duty).some(band => isNight(this.built.inputs.agency.handOverMinute, band))
  }
  private dutyAt(officer: number, day: number): Duty | null {
    const { built } = this
    if (day >= 0) return dutyOf(built, this.roster.cells[officer * built.horizon + day] ?? 0)
    return publishedAt(built.inputs, built.inputs.officers[officer]?.officerId ?? '', day)
  }

  of(officer: number, day: number, slot: string) {
    const { built } = this
    const { rules } = built.inputs
    const here = this.dutyAt(officer, day)
    const bands = here ? this.bands(here) : []
    const start = day * day1440 + (bands.length > 0 ? Math.min(...bands.map(band => band.from)) : 0)
    let restMinutes: number | null = null
    let weekMinutes = 0
    let familiar = 0
    for (let at = day - 1; at >= Math.max(day - 7, -historyDays); at -= 1) {
      const duty = this.dutyAt(officer, at)
      if (!duty) continue
      const worked = this.bands(duty)
      const end = at * day1440 + Math.max(...worked.map(band => band.from + band.minutes))
      restMinutes ??= start - end
      if (at > day - 7) weekMinutes += worked.reduce((sum, band) => sum + band.minutes, 0)
      if (slotKey(duty.postId, duty.patternId) === slot) familiar += 1
    }
    weekMinutes += bands.reduce((sum, band) => sum + band.minutes, 0)
    const { postId } = slotOf(slot)
    const post = built.inputs.posts.get(postId)
    const unitId = built.inputs.officers[officer]?.unitId ?? ''
    const kilometres = built.nearness.kilometres(unitId, postId)
    return {
      restMinutes,
      restLeast: rules.minRestMinutes,
      weekMinutes,
      weekMost: rules.maxMinutesIn7Days,
      nightsInRow: this.run(officer, day, duty => this.isNight(duty)),
      nightsMost: rules.maxNightsInRow,
      daysInRow: this.run(officer, day, () => true),
      daysMost: rules.maxWorkDaysInRow,
      familiar,
      sameUnit: post?.unitId === unitId,
      kilometres: kilometres === null ? null : Math.round(kilometres * 10) / 10,
      nights: this.nightCounts[officer] ?? 0,
      nightsMean: this.nightsMean,
    }
  }

  private run(officer: number, day: number, counts: (duty: Duty) => boolean): number {
    let run = 0
    for (let at = day; at >= -historyDays; at -= 1) {
      const duty = this.dutyAt(officer, at)
      if (!duty || !counts(duty)) break
      run += 1
    }
    return run
  }
}
