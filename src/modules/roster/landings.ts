// Where somebody who is picked up from a draft may be put down, and else the first rule in the way.
import { type Breach, cellOf, type Roster } from '../../cores/roster/index.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { addDays, daysBetween } from '../../kernel/time.ts'
import { inWords } from './check.ts'
import { type landings, rosterProblems } from './contracts.ts'
import { type CellChange, EditJudge } from './edit-judge.ts'
import { publishedAt } from './inputs.ts'
import { type StoredPlan, needSpan } from './plans.ts'
import { type BuiltProblem, dutyOf, hasBegun, withFixed } from './problem.ts'

type Input = InputOf<typeof landings>
type Answer = OutputOf<typeof landings>

export function landingsOf(kept: BuiltProblem, roster: Roster, plan: StoredPlan, input: Input): Answer {
  needSpan(input.fromDay, input.untilDay)
  const { inputs } = kept
  const days = plan.days
  const home = daysBetween(plan.fromDay, input.day)
  if (home < 0 || home >= days) throw rosterProblems.dayOutside({ day: input.day })
  const officer = kept.officerAt.get(input.officerId)
  if (officer === undefined) throw rosterProblems.unknownOfficer({ count: 1 })
  const built = withFixed(
    kept,
    plan.making.locks.map(([officerId, day]) => ({ officerId, day, duty: plan.cells.get(officerId, day) })),
  )
  const moves = new Moves(built, roster, { officer, home })
  const fromDay = Math.max(0, daysBetween(plan.fromDay, input.fromDay))
  const untilDay = Math.min(days - 1, daysBetween(plan.fromDay, input.untilDay))
  const obstacles = new Obstacles(built)
  const [joins, swaps]: [number[], number[]] = [[], []]
  const officers: string[] = []
  for (let day = fromDay; day <= untilDay; day += 1) {
    built.slots.forEach((slot, at) => {
      const bands = built.bandsOf.get(slot.patternId) ?? []
      for (let band = 0; band < bands.length; band += 1) {
        joins.push(at, day - fromDay, band, obstacles.numberOf(moves.join(day, cellOf(at, 1 << band))))
      }
    })
  }
  inputs.officers.forEach(({ officerId }, other) => {
    if (other === officer) return
    let known = -1
    for (let day = fromDay; day <= untilDay; day += 1) {
      if ((roster.cells[other * built.horizon + day] ?? 0) === 0) continue
      if (known < 0) known = officers.push(officerId) - 1
      swaps.push(known, day - fromDay, obstacles.numberOf(moves.swap(other, day)))
    }
  })
  const { planId, revision } = plan
  return {
    planId,
    revision,
    officerId: input.officerId,
    day: input.day,
    fromDay: addDays(plan.fromDay, fromDay),
    untilDay: addDays(plan.fromDay, untilDay),
    places: built.slots.map(slot => [slot.postId, slot.patternId] as [string, string]),
    officers,
    joins,
    swaps,
    off: moves.held === 0 ? null : obstacles.numberOf(moves.off()),
    obstacles: obstacles.list,
  }
}

/** Rules that no row can show, because a row holds one duty a day and knows no clock. */
interface Obstacle {
  rule: string
  officer: number
  day: number
  zh?: string
  en?: string
  breach?: Breach
}

/** The edits that a landing would be, judged as the edit command judges them. */
class Moves {
  /** What he is picked up from; 0 for a day off. */
  readonly held: number
  private readonly built: BuiltProblem
  private readonly roster: Roster
  private readonly officer: number
  private readonly home: number
  private readonly judge: EditJudge

  constructor(built: BuiltProblem, roster: Roster, from: { officer: number; home: number }) {
    this.built = built
    this.roster = roster
    this.officer = from.officer
    this.home = from.home
    this.judge = new EditJudge(built, roster)
    this.held = this.cellAt(from.officer, from.home)
  }

  private cellAt(officer: number, day: number): number {
    return this.roster.cells[officer * this.built.horizon + day] ?? 0
  }

  /** He leaves where he stands and comes to a band of a post, beside whoever is there. */
  join(day: number, cell: number): Obstacle | null {
    const { officer, home } = this
    if (day !== home && this.cellAt(officer, day) !== 0) return secondDuty(officer, day)
    const leaves = day === home ? [] : [{ officer, day: home, cell: 0 }]
    return this.firstOf([...leaves, { officer, day, cell }])
  }

  /** He comes to where the other one stands, who goes to where he stood. */
  swap(other: number, day: number): Obstacle | null {
    const { officer, home, held } = this
    const cell = this.cellAt(other, day)
    if (day === home) {
      return this.firstOf([
        { officer, day, cell },
        { officer: other, day, cell: held },
      ])
    }
    if (this.cellAt(officer, day) !== 0) return secondDuty(officer, day)
    if (held !== 0 && this.cellAt(other, home) !== 0) return secondDuty(other, home)
    return this.firstOf([
      { officer, day: home, cell: 0 },
      { officer, day, cell },
      { officer: other, day, cell: 0 },
      ...(held === 0 ? [] : [{ officer: other, day: home, cell: held }]),
    ])
  }

  off(): Obstacle | null {
    return this.firstOf([{ officer: this.officer, day: this.home, cell: 0 }])
  }

  private firstOf(changes: CellChange[]): Obstacle | null {
    const begun = changes.find(one => this.begun(one))
    if (begun) return { rule: 'RST41', officer: begun.officer, day: begun.day, ...begunWords }
    const broken = this.judge.newlyBroken(changes)
    const number = ({ rule }: Breach) => Number(rule.slice(3))
    const [first] = broken.sort((a, b) => number(a) - number(b) || a.day - b.day || a.officer - b.officer)
    return first ? { rule: first.rule, officer: first.officer, day: first.day, breach: first } : null
  }

  private begun({ officer, day, cell }: CellChange): boolean {
    const { built } = this
    const published = publishedAt(built.inputs, built.inputs.officers[officer]?.officerId ?? '', day)
    const was = dutyOf(built, this.cellAt(officer, day))
    return hasBegun(built, day, published, was) || hasBegun(built, day, null, dutyOf(built, cell))
  }
}

const begunWords = { zh: '班次已经开始', en: 'the duty has begun' }
const secondDuty = (officer: number, day: number): Obstacle => ({
  rule: 'RST1',
  officer,
  day,
  zh: '当日已有另一班次',
  en: 'has another duty that day',
})

/** Thousands of places, a few dozen different reasons: each is told once. */
class Obstacles {
  readonly list: Answer['obstacles'] = []
  private readonly built: BuiltProblem
  private readonly known = new Map<string, number>()

  constructor(built: BuiltProblem) {
    this.built = built
  }

  numberOf(one: Obstacle | null): number {
    if (!one) return 0
    const { inputs } = this.built
    const { rule, officer, day, breach } = one
    const key = `${rule} ${officer} ${day} ${breach?.detail ?? ''}`
    let number = this.known.get(key)
    if (number === undefined) {
      const person = inputs.officers[officer]
      const words = breach ? inWords(this.built, breach) : { zh: one.zh ?? '', en: one.en ?? '' }
      number = this.list.push({
        rule,
        zh: words.zh,
        en: words.en,
        officerId: person?.officerId ?? '',
        name: person?.name ?? '',
        day: addDays(inputs.fromDay, day),
      })
      this.known.set(key, number)
    }
    return number
  }
}
