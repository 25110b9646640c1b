import type { Officer, RosterProblem } from './model.ts'
import { bandsOfCell, DEFAULT_RULES, LONG_DUTY_MINUTES, MINUTES_PER_DAY, postOfCell } from './model.ts'

export type ProblemFaultCode =
  | 'days'
  | 'duplicate-id'
  | 'band-length'
  | 'band-start'
  | 'bands'
  | 'unknown-pattern'
  | 'unknown-post'
  | 'unknown-band'
  | 'unknown-skill'
  | 'unknown-block'
  | 'day-outside'
  | 'need'
  | 'double-demand'
  | 'too-many-skills'
  | 'block-span'
  | 'block-overlap'
  | 'span'
  | 'cell'
  | 'rule'
  | 'previous-size'

/** A reason why a problem cannot be solved as it stands; `where` is a path such as `demands[3].band`. */
export type ProblemFault = { code: ProblemFaultCode; where: string }

type Report = (code: ProblemFaultCode, where: string) => void

const DAYS_MOST = 400
const SKILLS_MOST = 31
const BANDS_MOST = 8

/** Looks a problem over before it is solved. Empty when sound; nothing is repaired silently. */
export function checkProblem(problem: RosterProblem): ProblemFault[] {
  const faults: ProblemFault[] = []
  const report: Report = (code, where) => faults.push({ code, where })
  if (!isCount(problem.days) || problem.days > DAYS_MOST) report('days', 'days')
  checkIds(problem, report)
  checkPatterns(problem, report)
  checkPosts(problem, report)
  checkDemands(problem, report)
  checkBlocks(problem, report)
  checkRules(problem, report)
  problem.officers.forEach((o, i) => checkOfficerInput(problem, o, `officers[${i}]`, report))
  if (problem.previous && problem.previous.cells.length !== problem.officers.length * problem.days) {
    report('previous-size', 'previous.cells')
  }
  const cells = new Set(problem.previous?.cells)
  for (const cell of cells) if (!isCell(problem, cell)) report('cell', `previous.cells (${cell})`)
  return faults
}

function isCount(n: number): boolean {
  return Number.isInteger(n) && n >= 0
}

function checkIds(problem: RosterProblem, report: Report): void {
  const lists = {
    patterns: problem.patterns,
    posts: problem.posts,
    officers: problem.officers,
    blocks: problem.blocks ?? [],
  }
  for (const [name, list] of Object.entries(lists)) {
    const seen = new Set<string>()
    list.forEach((item: { id: string }, i: number) => {
      if (seen.has(item.id)) report('duplicate-id', `${name}[${i}].id`)
      seen.add(item.id)
    })
  }
}

function checkPatterns(problem: RosterProblem, report: Report): void {
  const kinds = new Map<string, boolean>()
  for (const post of problem.posts) {
    const long = post.kind === 'standby' || post.kind === 'dutyLeader'
    kinds.set(post.pattern, (kinds.get(post.pattern) ?? true) && long)
  }
  const short = problem.rules?.maxDutyMinutes ?? DEFAULT_RULES.maxDutyMinutes
  problem.patterns.forEach((pattern, i) => {
    const where = `patterns[${i}]`
    if (pattern.bands.length === 0 || pattern.bands.length > BANDS_MOST) report('bands', `${where}.bands`)
    const ids = new Set<string>()
    // A pattern that no post uses is held to the short limit; one is enough to be used wrongly later.
    const most = kinds.get(pattern.id) === true ? LONG_DUTY_MINUTES : short
    pattern.bands.forEach((band, j) => {
      const at = `${where}.bands[${j}]`
      const length = band.end - band.start
      if (!isCount(band.start) || band.start >= MINUTES_PER_DAY) report('band-start', at)
      if (!Number.isInteger(length) || length <= 0 || length > most) report('band-length', at)
      if (ids.has(band.id)) report('duplicate-id', `${at}.id`)
      ids.add(band.id)
    })
  })
}

function checkPosts(problem: RosterProblem, report: Report): void {
  const patterns = new Set(problem.patterns.map(p => p.id))
  const posts = new Set(problem.posts.map(p => p.id))
  const known = knownSkills(problem)
  problem.posts.forEach((post, i) => {
    if (!patterns.has(post.pattern)) report('unknown-pattern', `posts[${i}].pattern`)
    for (const id of post.notFollowedBy ?? [])
      if (!posts.has(id)) report('unknown-post', `posts[${i}].notFollowedBy`)
    for (const s of post.requires ?? []) if (!known.has(s)) report('unknown-skill', `posts[${i}].requires`)
  })
}

/** A skill neither listed nor known by anybody is more likely a slip of spelling than a wish. */
function knownSkills(problem: RosterProblem): { has: (skill: string) => boolean } {
  if (problem.officers.length === 0 && problem.skills === undefined) return { has: () => true }
  return new Set([...(problem.skills ?? []), ...problem.officers.flatMap(o => o.skills)])
}

function checkDemands(problem: RosterProblem, report: Report): void {
  const posts = new Map(problem.posts.map(p => [p.id, p]))
  const patterns = new Map(problem.patterns.map(p => [p.id, new Set(p.bands.map(b => b.id))]))
  const known = knownSkills(problem)
  const skills = new Set<string>(problem.posts.flatMap(p => p.requires ?? []))
  const lines = new Set<string>()
  problem.demands.forEach((line, i) => {
    const where = `demands[${i}]`
    const post = posts.get(line.post)
    if (post === undefined) report('unknown-post', `${where}.post`)
    else if (patterns.get(post.pattern)?.has(line.band) !== true) report('unknown-band', `${where}.band`)
    if (!isCount(line.day) || line.day >= problem.days) report('day-outside', `${where}.day`)
    if (!isCount(line.need) || line.need > 10_000) report('need', `${where}.need`)
    const priority = line.priority ?? 1
    if (!(priority >= 0) || !Number.isFinite(priority)) report('need', `${where}.priority`)
    const over = line.over ?? 0
    if (!(over >= 0) || !Number.isFinite(over)) report('need', `${where}.over`)
    for (const m of line.minima ?? []) {
      skills.add(m.skill)
      if (!isCount(m.need) || m.need > line.need) report('need', `${where}.minima`)
      if (!known.has(m.skill)) report('unknown-skill', `${where}.minima`)
    }
    const key = `${line.post}\n${line.band}\n${line.day}`
    if (lines.has(key)) report('double-demand', where)
    lines.add(key)
  })
  if (skills.size > SKILLS_MOST) report('too-many-skills', 'demands')
}

function checkBlocks(problem: RosterProblem, report: Report): void {
  const posts = new Set(problem.posts.map(p => p.id))
  const blocks = problem.blocks ?? []
  blocks.forEach((block, i) => {
    const where = `blocks[${i}]`
    if (!posts.has(block.post)) report('unknown-post', `${where}.post`)
    if (
      !Number.isInteger(block.firstDay) ||
      !Number.isInteger(block.lastDay) ||
      block.firstDay > block.lastDay
    ) {
      report('block-span', where)
    }
    if (!isCount(block.restDays)) report('block-span', `${where}.restDays`)
    if (block.membersMost !== undefined && !isCount(block.membersMost)) report('need', `${where}.membersMost`)
    const clash = blocks.findIndex(
      b => b.post === block.post && b.firstDay <= block.lastDay && block.firstDay <= b.lastDay,
    )
    if (clash < i) report('block-overlap', where)
  })
}

function checkRules(problem: RosterProblem, report: Report): void {
  for (const [name, value] of Object.entries(problem.rules ?? {})) {
    if (!isCount(value)) report('rule', `rules.${name}`)
  }
  if ((problem.rules?.daysOffIn7 ?? 1) > 6) report('rule', 'rules.daysOffIn7')
  if ((problem.rules?.maxDutyMinutes ?? 720) > 720) report('rule', 'rules.maxDutyMinutes')
  for (const [name, value] of Object.entries(problem.weights ?? {})) {
    if (!Number.isFinite(value) || value < 0) report('rule', `weights.${name}`)
  }
}

function checkOfficerInput(problem: RosterProblem, officer: Officer, where: string, report: Report): void {
  const inside = (day: number) => isCount(day) && day < problem.days
  const isPost = (id: string) => problem.posts.some(post => post.id === id)
  ;(officer.unavailable ?? []).forEach((span, i) => {
    if (!Number.isFinite(span.from) || !Number.isFinite(span.until) || span.from >= span.until) {
      report('span', `${where}.unavailable[${i}]`)
    }
  })
  ;(officer.wishes ?? []).forEach((wish, i) => {
    if (!inside(wish.day)) report('day-outside', `${where}.wishes[${i}]`)
    const post = wish.want === 'at' || wish.want === 'notAt' ? wish.post : undefined
    if (post !== undefined && !isPost(post)) report('unknown-post', `${where}.wishes[${i}].post`)
    if (!Number.isFinite(wish.weight) || wish.weight < 0) report('rule', `${where}.wishes[${i}].weight`)
  })
  ;(officer.fixed ?? []).forEach((lock, i) => {
    if (!inside(lock.day)) report('day-outside', `${where}.fixed[${i}]`)
    if (!isCell(problem, lock.cell)) report('cell', `${where}.fixed[${i}]`)
  })
  const { minMinutes = 0, minWorkDaysInRow = 1, minDaysOffInRow = 1, maxWeekends = 0 } = officer
  const asked = { minMinutes, minWorkDaysInRow, minDaysOffInRow, maxWeekends }
  for (const [name, value] of Object.entries(asked)) if (!isCount(value)) report('rule', `${where}.${name}`)
  for (const [post, most] of Object.entries(officer.mostAt ?? {})) {
    if (!isPost(post)) report('unknown-post', `${where}.mostAt`)
    if (!isCount(most)) report('rule', `${where}.mostAt`)
  }
  const block = officer.history?.block
  if (block !== undefined && !(problem.blocks ?? []).some(b => b.id === block)) {
    report('unknown-block', `${where}.history.block`)
  }
}

function isCell(problem: RosterProblem, cell: number): boolean {
  if (cell === 0) return true
  const post = problem.posts[postOfCell(cell)]
  const pattern = problem.patterns.find(p => p.id === post?.pattern)
  if (pattern === undefined) return false
  const mask = bandsOfCell(cell)
  return mask > 0 && mask < 1 << pattern.bands.length
}
