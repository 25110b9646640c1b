// Counting a roster: what each day, hour and skill needs and has, who could still take something, and how many more
// people would close what is open. Pure, and made for a worker: nothing but the problem and the cells goes in.
import {
  bandsOfCell,
  Checker,
  cellOf,
  DEFAULT_RULES,
  type Demand,
  type Officer,
  openDemand,
  postOfCell,
  type Roster,
  type RosterProblem,
  type ShiftPattern,
} from '../../cores/roster/index.ts'

const day1440 = 1440

export interface CountedBand {
  start: number
  end: number
  /** A pattern and band of these hours, for its name. */
  pattern: string
  band: string
  needed: number[]
  filled: number[]
  available: number[]
}
export interface CountedDay {
  needed: number
  filled: number
  open: number
  posts: number
  shortPosts: number
  onDuty: number
  away: number
  free: number
  more: number
}
export interface Counted {
  days: CountedDay[]
  bands: CountedBand[]
  skills: { skill: string; needed: number[]; open: number[]; available: number[] }[]
  /** Of each officer, in no order that tells who. */
  minutes: number[]
  nights: number[]
}

/** A band of a post, ready to be looked up by its place in the problem. */
interface Place {
  post: number
  bit: number
  start: number
  end: number
  requires: readonly string[]
  id: string
}

const zeros = (n: number) => new Array<number>(n).fill(0)
const raise = (list: number[], at: number, by: number) => {
  list[at] = (list[at] ?? 0) + by
}

/** Counts the first `days` of the problem's horizon. */
export function countRoster(problem: RosterProblem, roster: Roster, days: number): Counted {
  const books = new Books(problem, roster, days)
  const counted: Counted = {
    days: Array.from({ length: days }, () => ({
      needed: 0,
      filled: 0,
      open: 0,
      posts: 0,
      shortPosts: 0,
      onDuty: 0,
      away: 0,
      free: 0,
      more: 0,
    })),
    bands: [],
    skills: [],
    minutes: [],
    nights: [],
  }
  countPlaces(books, counted)
  countPeople(books, counted)
  return counted
}

class Books {
  readonly problem: RosterProblem
  readonly roster: Roster
  readonly days: number
  readonly patterns: Map<string, ShiftPattern>
  /** Post, band → place. */
  readonly places = new Map<string, Place>()
  /** Per day: places that need somebody, by hours. */
  readonly wanted: Map<string, Place[]>[]
  readonly skills: string[]
  /** By officer: the place of each skill, or the days on which he has it. */
  readonly demands: Demand[]

  constructor(problem: RosterProblem, roster: Roster, days: number) {
    this.problem = problem
    this.roster = roster
    this.days = days
    this.patterns = new Map(problem.patterns.map(one => [one.id, one]))
    problem.posts.forEach((post, at) => {
      this.patterns.get(post.pattern)?.bands.forEach((band, bit) => {
        const requires = post.requires ?? []
        const place = { post: at, bit, start: band.start, end: band.end, requires, id: post.id }
        this.places.set(`${post.id}\n${band.id}`, place)
      })
    })
    this.demands = problem.demands.filter(line => line.day < days && line.need > 0)
    this.wanted = Array.from({ length: days }, () => new Map<string, Place[]>())
    for (const line of this.demands) {
      const place = this.placeOf(line)
      const byHours = this.wanted[line.day]
      const key = hoursOf(place)
      const there = byHours?.get(key)
      if (there) there.push(place)
      else byHours?.set(key, [place])
    }
    const asked = problem.demands.flatMap(line => (line.minima ?? []).map(one => one.skill))
    this.skills = [...new Set(asked)].sort()
  }

  placeOf(line: { post: string; band: string }): Place {
    const place = this.places.get(`${line.post}\n${line.band}`)
    if (!place) throw new Error('invariant: demand names a band of a post')
    return place
  }

  has(officer: Officer, skill: string, day: number): boolean {
    return officer.skills.includes(skill) && day <= (officer.skillEnds?.[skill] ?? Number.POSITIVE_INFINITY)
  }
}

const hoursOf = (place: { start: number; end: number }) => `${place.start} ${place.end}`

// -------------------------------------------------------------------------------------------------------- places

function countPlaces(books: Books, counted: Counted): void {
  const { problem, roster, days } = books
  const open = openDemand(problem, roster).filter(line => line.day < days)
  const short = new Map<string, number>()
  for (const line of open) {
    const key = `${line.post}\n${line.band}\n${line.day}`
    short.set(key, Math.max(line.missing, short.get(key) ?? 0))
  }
  const bands = new Map<string, CountedBand>()
  const skills = new Map(
    books.skills.map(skill => [
      skill,
      { skill, needed: zeros(days), open: zeros(days), available: zeros(days) },
    ]),
  )
  const posts = counted.days.map(() => ({ all: new Set<string>(), short: new Map<string, number[]>() }))
  for (const line of books.demands) {
    const place = books.placeOf(line)
    const day = counted.days[line.day]
    const ofDay = posts[line.day]
    if (!day || !ofDay) continue
    const missing = Math.min(line.need, short.get(`${line.post}\n${line.band}\n${line.day}`) ?? 0)
    day.needed += line.need
    day.filled += line.need - missing
    // Where heads are there and a skill is not, whoever lacks it is counted as missing too.
    day.open += missing
    ofDay.all.add(line.post)
    if (missing > 0) {
      const lacks = ofDay.short.get(line.post) ?? []
      lacks[place.bit] = missing
      ofDay.short.set(line.post, lacks)
    }
    const band = bandOf(bands, books, line, place)
    raise(band.needed, line.day, line.need)
    raise(band.filled, line.day, line.need - missing)
    for (const { skill, need } of line.minima ?? [])
      raise(skills.get(skill)?.needed ?? [], line.day, Math.min(need, line.need))
  }
  for (const { skill, day, missing } of open) {
    if (skill !== null) raise(skills.get(skill)?.open ?? [], day, missing)
  }
  counted.days.forEach((day, at) => {
    const ofDay = posts[at]
    day.posts = ofDay?.all.size ?? 0
    day.shortPosts = ofDay?.short.size ?? 0
    for (const [post, lacks] of ofDay?.short ?? []) day.more += peopleFor(books, post, lacks)
  })
  counted.bands = [...bands.values()].sort((a, b) => a.start - b.start || a.end - b.end)
  counted.skills = [...skills.values()]
}

function bandOf(bands: Map<string, CountedBand>, books: Books, line: Demand, place: Place): CountedBand {
  const key = hoursOf(place)
  let band = bands.get(key)
  if (!band) {
    const pattern = books.problem.posts[place.post]?.pattern ?? ''
    const { start, end } = place
    const lists = {
      needed: zeros(books.days),
      filled: zeros(books.days),
      available: zeros(books.days),
    }
    band = { start, end, pattern, band: line.band, ...lists }
    bands.set(key, band)
  }
  return band
}

/** People who would close what one post lacks on a day: each takes a band, or two where the pattern allows it. */
function peopleFor(books: Books, post: string, lacks: readonly number[]): number {
  const at = books.problem.posts.findIndex(one => one.id === post)
  const pattern = books.patterns.get(books.problem.posts[at]?.pattern ?? '')
  if (!pattern) return 0
  const most = books.problem.rules?.maxDutyMinutes ?? DEFAULT_RULES.maxDutyMinutes
  const left = pattern.bands.map((_band, bit) => lacks[bit] ?? 0)
  let people = 0
  pattern.bands.forEach((band, bit) => {
    while ((left[bit] ?? 0) > 0) {
      people += 1
      raise(left, bit, -1)
      const second = pattern.bands.findIndex(
        (other, n) =>
          n !== bit &&
          (left[n] ?? 0) > 0 &&
          (pattern.pairing === 'any' || (pattern.pairing === 'adjoining' && other.start === band.end)) &&
          band.end - band.start + other.end - other.start <= most,
      )
      if (second >= 0) raise(left, second, -1)
    }
  })
  return people
}

// -------------------------------------------------------------------------------------------------------- people

function countPeople(books: Books, counted: Counted): void {
  const { problem, roster, days } = books
  const checker = new Checker(problem)
  const bands = new Map(counted.bands.map(band => [hoursOf(band), band]))
  const skills = new Map(counted.skills.map(one => [one.skill, one]))
  problem.officers.forEach((officer, o) => {
    const row = roster.cells.slice(o * problem.days, (o + 1) * problem.days)
    let [minutes, nights] = [0, 0]
    const standing = checker.row(o, row).filter(one => !one.fixed).length
    for (let day = 0; day < days; day += 1) {
      const into = counted.days[day]
      if (!into) continue
      const cell = row[day] ?? 0
      let there = cell !== 0
      if (there) {
        into.onDuty += 1
        const worked = workedIn(books, cell)
        minutes += worked.minutes
        nights += worked.night ? 1 : 0
        for (const hours of worked.hours) raise(bands.get(hours)?.available ?? [], day, 1)
      } else if (isAway(officer, day)) into.away += 1
      else {
        for (const hours of couldTake(books, checker, { o, row, day, standing })) {
          raise(bands.get(hours)?.available ?? [], day, 1)
          there = true
        }
        if (there) into.free += 1
      }
      if (!there) continue
      for (const skill of officer.skills)
        if (books.has(officer, skill, day)) raise(skills.get(skill)?.available ?? [], day, 1)
    }
    counted.minutes.push(minutes)
    counted.nights.push(nights)
  })
}

function workedIn(books: Books, cell: number) {
  const post = books.problem.posts[postOfCell(cell)]
  const mask = bandsOfCell(cell)
  const bands = books.patterns.get(post?.pattern ?? '')?.bands.filter((_band, bit) => (mask >> bit) & 1) ?? []
  return {
    minutes: bands.reduce((sum, band) => sum + band.end - band.start, 0),
    night: bands.some(band => band.night),
    hours: bands.map(hoursOf),
  }
}

/** Absent for the whole duty day, by however many absences. */
function isAway(officer: Officer, day: number): boolean {
  let reached = day * day1440
  const until = reached + day1440
  const spans = [...(officer.unavailable ?? [])].sort((a, b) => a.from - b.from)
  for (const span of spans) if (span.from <= reached && span.until > reached) reached = span.until
  return reached >= until
}

interface FreeDay {
  o: number
  row: Int32Array
  day: number
  /** Breaches that the row has as it is. */
  standing: number
}

/** Hours of the day in which somebody who is off could stand at a post that needs people, by every hard rule. */
function couldTake(books: Books, checker: Checker, { o, row, day, standing }: FreeDay): string[] {
  const officer = books.problem.officers[o]
  const found: string[] = []
  if (!officer) return found
  for (const [hours, places] of books.wanted[day] ?? []) {
    const place = places.find(
      one =>
        (officer.posts === undefined || officer.posts.includes(one.id)) &&
        one.requires.every(skill => books.has(officer, skill, day)),
    )
    if (!place || isAbsentIn(officer, day, place)) continue
    row[day] = cellOf(place.post, 1 << place.bit)
    if (checker.row(o, row).filter(one => !one.fixed).length <= standing) found.push(hours)
    row[day] = 0
  }
  return found
}

function isAbsentIn(officer: Officer, day: number, place: Place): boolean {
  const [from, until] = [day * day1440 + place.start, day * day1440 + place.end]
  return (officer.unavailable ?? []).some(span => span.from < until && span.until > from)
}

// ---------------------------------------------------------------------------------------------------- more people

/** Somebody who can do whatever is asked and has done nothing yet. */
export function withMore(problem: RosterProblem, cells: Int32Array, people: number): RosterProblem {
  const skills = [
    ...new Set([
      ...(problem.skills ?? []),
      ...problem.posts.flatMap(post => post.requires ?? []),
      ...problem.demands.flatMap(line => (line.minima ?? []).map(one => one.skill)),
    ]),
  ]
  const begun = problem.frozenUntil ?? 0
  const span = problem.rules?.maxMinutes
  const added = Array.from({ length: people }, (_, at): Officer => {
    const away = begun > 0 ? { unavailable: [{ from: -day1440, until: begun }] } : {}
    return { id: `more-${at}`, skills, ...away, ...(span === undefined ? {} : { maxMinutes: span }) }
  })
  const previous = new Int32Array(cells.length + people * problem.days)
  previous.set(cells)
  return { ...problem, officers: [...problem.officers, ...added], previous: { cells: previous } }
}

/** The least that could be enough: the worst day, and what the limit of a week lets one do. */
export function leastMore(problem: RosterProblem, roster: Roster, counted: Counted): number {
  const perDay = Math.max(0, ...counted.days.map(day => day.more))
  const week = problem.rules?.maxMinutesIn7Days ?? DEFAULT_RULES.maxMinutesIn7Days
  const lengths = new Map(
    problem.patterns.flatMap(one => one.bands.map(band => [`${one.id}\n${band.id}`, band])),
  )
  const patternOf = new Map(problem.posts.map(post => [post.id, post.pattern]))
  const missing = zeros(problem.days)
  for (const { post, band, day, skill, missing: heads } of openDemand(problem, roster)) {
    const hours = lengths.get(`${patternOf.get(post) ?? ''}\n${band}`)
    if (skill === null && hours) raise(missing, day, heads * (hours.end - hours.start))
  }
  let perWeek = 0
  for (let day = 0; day < missing.length; day += 1) {
    const sum = missing.slice(day, day + 7).reduce((a, b) => a + b, 0)
    perWeek = Math.max(perWeek, week > 0 ? Math.ceil(sum / week) : 0)
  }
  return Math.max(perDay, perWeek)
}
