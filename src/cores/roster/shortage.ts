import { type Compiled, compile } from './compile.ts'
import { MINUTES_PER_DAY, type OpenDemand, type RosterProblem } from './model.ts'

/**
 * Why a place must stay open, by counting alone. The officers looked at are those with the skill (all of them where it is
 * null); everybody can be in one place at a time.
 *
 * - `post`: of those who may stand at this post at that time there are fewer than it needs.
 * - `moment`: at minute `at` of the horizon all posts together need more than could be on duty.
 * - `day`: the places of the duty day are more than those who can come that day have duties for.
 * - `horizon`: the minutes of all days are more than all of them may work.
 */
export type Shortage = {
  code: 'post' | 'moment' | 'day' | 'horizon'
  post: string
  band: string
  day: number
  skill: string | null
  /** places; minutes for `horizon` */
  needed: number
  exist: number
  /** minute of the horizon at which it was counted; null but for `post` and `moment` */
  at: number | null
}

type Line = {
  post: number
  day: number
  from: number
  until: number
  band: number
  need: number
  minima: Map<string, number>
}

/**
 * Proves shortages of one problem. Every proof holds for all rosters: of the places it counts at least `needed` − `exist`
 * stay open in each. Made once, asked for many places; the first of a day costs a look at every officer and post.
 */
export class ShortageProofs {
  private readonly problem: RosterProblem
  private readonly c: Compiled
  private readonly lines: Line[]
  private readonly skills: Map<string, number>
  private readonly able = new Map<number, Uint8Array>()
  private readonly known = new Map<string, Omit<Shortage, 'post' | 'band' | 'day'> | null>()
  /** most bands that one duty of the class has */
  private readonly bandsOf: Int32Array
  private readonly duties: { p: number; mask: number; k: number }[] = []

  constructor(problem: RosterProblem) {
    this.problem = problem
    this.c = compile(problem)
    this.skills = new Map(this.c.skills.map((skill, bit) => [skill, 1 << bit]))
    const posts = new Map(problem.posts.map((post, p) => [post.id, p]))
    this.lines = problem.demands.map(line => {
      const post = posts.get(line.post)!
      const { requires = [], pattern } = problem.posts[post]!
      const { bands } = problem.patterns.find(one => one.id === pattern)!
      const band = bands.findIndex(one => one.id === line.band)
      const base = line.day * MINUTES_PER_DAY
      const minima = new Map((line.minima ?? []).map(one => [one.skill, one.need]))
      // Where everybody must have it, as many are needed as heads.
      for (const skill of requires) minima.set(skill, line.need)
      const { start, end } = bands[band]!
      return { post, day: line.day, from: base + start, until: base + end, band, need: line.need, minima }
    })
    this.bandsOf = new Int32Array(this.c.classes)
    for (let at = 0; at < this.c.maskClass.length; at++) {
      const k = this.c.maskClass[at]!
      if (k >= 0) this.bandsOf[k] = Math.max(this.bandsOf[k]!, bits(at & 255))
      if (this.c.offered[at] === 1) this.duties.push({ p: at >> 8, mask: at & 255, k })
    }
  }

  /** The nearest proof that a place stays open: at its post, at its time, on its day, over the horizon; null without any. */
  of(open: Pick<OpenDemand, 'post' | 'band' | 'day' | 'skill'>): Shortage | null {
    const { problem } = this
    const post = problem.posts.findIndex(one => one.id === open.post)
    const line = this.lines.find(
      one => one.post === post && one.day === open.day && this.bandId(one) === open.band,
    )
    if (line === undefined) return null
    const skills = open.skill === null ? [null, ...(problem.posts[post]!.requires ?? [])] : [open.skill]
    const proofs = [this.atPost, this.atMoment, this.onDay, this.overHorizon]
    for (const proof of proofs) {
      let best: Omit<Shortage, 'post' | 'band' | 'day'> | null = null
      for (const skill of skills) {
        const found = proof.call(this, line, skill)
        if (found && (best === null || found.needed - found.exist > best.needed - best.exist)) best = found
      }
      if (best !== null) return { ...best, post: open.post, band: open.band, day: open.day }
    }
    return null
  }

  private bandId({ post, band }: Line): string {
    const { problem } = this
    return problem.patterns.find(one => one.id === problem.posts[post]!.pattern)!.bands[band]!.id
  }

  private need(line: Line, skill: string | null): number {
    return skill === null ? line.need : (line.minima.get(skill) ?? 0)
  }

  /** The skill as a bit; nobody has what no demand names. */
  private wanted(skill: string | null): number {
    return skill === null ? 0 : (this.skills.get(skill) ?? 0)
  }

  private atPost(line: Line, skill: string | null) {
    const { c } = this
    let exist = 0
    const wanted = this.wanted(skill)
    for (let o = 0; o < c.officers; o++) {
      if ((c.skillMask[o * c.days + line.day]! & wanted) !== wanted) continue
      if (this.mayStand(o, line)) exist++
    }
    return proven('post', skill, this.need(line, skill), exist, line.from)
  }

  /** Whether the officer could have this band of this post. */
  private mayStand(o: number, { post, day, band }: Line): boolean {
    const { c } = this
    const fixed = c.fixed[o * c.days + day]!
    if (fixed >= 0) return fixed >> 8 === post + 1 && ((fixed >> band) & 1) === 1
    return c.slotMasks[c.slotBase[post]! + band]!.some(mask => this.mayDo(o, day, post, mask))
  }

  private mayDo(o: number, d: number, p: number, mask: number): boolean {
    const { c } = this
    const at = o * c.days + d
    if (c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~c.skillMask[at]!) !== 0) return false
    if (c.closedLoop[p] === 1 && c.blockAt[p * c.days + d] === 0) return false
    return c.allowed[at * c.classes + c.maskClass[p * 256 + mask]!] === 1
  }

  /** Classes of duty that each officer could have on a day: officer·classes + class. */
  private ableOn(d: number): Uint8Array {
    const { c } = this
    const known = this.able.get(d)
    if (known !== undefined) return known
    const able = new Uint8Array(c.officers * c.classes)
    for (let o = 0; o < c.officers; o++) {
      const fixed = c.fixed[o * c.days + d]!
      if (fixed >= 0) {
        const k = fixed > 0 ? c.maskClass[((fixed >> 8) - 1) * 256 + (fixed & 255)]! : -1
        if (k >= 0) able[o * c.classes + k] = 1
        continue
      }
      for (const { p, mask, k } of this.duties) {
        if (able[o * c.classes + k] === 0 && this.mayDo(o, d, p, mask)) able[o * c.classes + k] = 1
      }
    }
    this.able.set(d, able)
    return able
  }

  private kept(key: string, find: () => Omit<Shortage, 'post' | 'band' | 'day'> | null) {
    let found = this.known.get(key)
    if (found === undefined) {
      found = find()
      this.known.set(key, found)
    }
    return found
  }

  private atMoment(line: Line, skill: string | null) {
    return this.kept(`moment ${line.from} ${line.until} ${skill}`, () => {
      const near = this.lines.filter(one => one.from < line.until && one.until > line.from)
      // What is needed grows only where a band begins.
      const moments = new Set([line.from, ...near.map(one => one.from).filter(from => from > line.from)])
      let best: ReturnType<typeof proven> = null
      for (const at of moments) {
        const needed = near
          .filter(one => one.from <= at && at < one.until)
          .reduce((sum, one) => sum + this.need(one, skill), 0)
        const found = proven('moment', skill, needed, this.existAt(at, skill), at)
        if (found && (best === null || found.needed - found.exist > best.needed - best.exist)) best = found
      }
      return best
    })
  }

  /** Officers who could be on duty at the minute: of that duty day, or of the one before when it passes into it. */
  private existAt(at: number, skill: string | null): number {
    const { c } = this
    const wanted = this.wanted(skill)
    const today = Math.floor(at / MINUTES_PER_DAY)
    const days = [today, today - 1].filter(d => d >= 0 && d < c.days)
    let exist = 0
    for (let o = 0; o < c.officers; o++) {
      const could = days.some(d => {
        if ((c.skillMask[o * c.days + d]! & wanted) !== wanted) return false
        const able = this.ableOn(d)
        for (let k = 0; k < c.classes; k++) {
          if (able[o * c.classes + k] === 0) continue
          const from = d * MINUTES_PER_DAY
          if (from + c.classStart[k]! <= at && at < from + c.classEnd[k]!) return true
        }
        return false
      })
      if (could) exist++
    }
    return exist
  }

  private onDay(line: Line, skill: string | null) {
    return this.kept(`day ${line.day} ${skill}`, () => {
      const { c } = this
      const wanted = this.wanted(skill)
      const needed = this.lines
        .filter(one => one.day === line.day)
        .reduce((sum, one) => sum + this.need(one, skill), 0)
      const able = this.ableOn(line.day)
      let exist = 0
      for (let o = 0; o < c.officers; o++) {
        if ((c.skillMask[o * c.days + line.day]! & wanted) !== wanted) continue
        exist += this.most(able, o, k => this.bandsOf[k]!)
      }
      return proven('day', skill, needed, exist, null)
    })
  }

  private most(able: Uint8Array, o: number, of: (k: number) => number): number {
    const { c } = this
    let most = 0
    for (let k = 0; k < c.classes; k++) if (able[o * c.classes + k] === 1) most = Math.max(most, of(k))
    return most
  }

  private overHorizon(_: Line, skill: string | null) {
    return this.kept(`horizon ${skill}`, () => {
      const { c } = this
      const wanted = this.wanted(skill)
      const needed = this.lines.reduce((sum, one) => sum + this.need(one, skill) * (one.until - one.from), 0)
      let exist = 0
      for (let o = 0; o < c.officers; o++) {
        let minutes = 0
        for (let d = 0; d < c.days; d++) {
          if ((c.skillMask[o * c.days + d]! & wanted) !== wanted) continue
          minutes += this.most(this.ableOn(d), o, k => c.classMinutes[k]!)
        }
        exist += Math.min(minutes, this.mayWork(o))
      }
      return proven('horizon', skill, needed, exist, null)
    })
  }

  /** Minutes that limits of the horizon and of days in a row leave an officer; locked duties may bring more. */
  private mayWork(o: number): number {
    const { c } = this
    const l = c.limits[o]!
    let locked = 0
    for (let d = 0; d < c.days; d++) if (c.fixed[o * c.days + d]! > 0) locked++
    if (locked > 0) return Infinity
    const longest = Math.max(0, ...c.classMinutes)
    const whole = Math.floor(c.days / (l.maxRun + 1)) * l.maxRun
    const days = whole + Math.min(l.maxRun, c.days % (l.maxRun + 1))
    return Math.min(l.maxMinutes, days * longest)
  }
}

function proven(
  code: Shortage['code'],
  skill: string | null,
  needed: number,
  exist: number,
  at: number | null,
): Omit<Shortage, 'post' | 'band' | 'day'> | null {
  return needed > exist ? { code, skill, needed, exist, at } : null
}

function bits(mask: number): number {
  let count = 0
  for (let m = mask; m !== 0; m &= m - 1) count++
  return count
}
