import { checkProblem } from './check-problem.ts'
import { type Compiled, compile } from './compile.ts'
import { construct } from './construct.ts'
import { Inserter } from './insertion.ts'
import type { Milestone, OpenDemand, RosterProblem, RosterResult } from './model.ts'
import { namePosts } from './name-posts.ts'
import { type Random, seededRandom } from './random.ts'
import { State } from './state.ts'
import { swapPosts } from './swap-posts.ts'
import { OFFICERS_MOST, type Target, Targets } from './targets.ts'

export type Progress = {
  iteration: number
  seconds: number
  fraction: number
  cost: number
  open: number
  /** the best roster so far; the search goes on writing in it, so it is read at once or copied */
  cells: Int32Array
}

export type SolveOptions = {
  seed: number
  /** wall-clock budget; needs `now` */
  seconds?: number
  /** move budget; with it alone the answer depends on problem and seed only */
  iterations?: number
  /** a roster to go on from; what of it breaks a rule is left out */
  start?: Int32Array
  /**
   * end as soon as no demand is open (for a first answer, or a repair), or a repair closes no more holes; posts are then
   * not named anew
   */
  stopWhenCovered?: boolean
  /** milliseconds of any clock that only goes forward */
  now?: () => number
  /** about five times a second with a clock, every 500 moves without */
  onProgress?: (progress: Progress) => void
  shouldStop?: () => boolean
}

const DEFAULT_ITERATIONS = 3000

const REPAIRS_IN_VAIN = 300
/**
 * Temperatures of annealing, in prices of one missing officer. It cools once: heated up again three times, from the best
 * so far, it ended higher on every public instance (one core, 12 s, two seeds: 9 at 9.7 % above the best known and not 2.3).
 */
const HOTTEST = 0.4
const COLDEST = 0.002
/** A roster that it goes on from is not to be lost in the heat. */
const HOTTEST_KEPT = 0.04
/**
 * Most that the average worth of a slot counts beside its worth of the moment. An officer put back into the first hole
 * takes what the next one needs more; the average knows which holes are always there. One core, 20 s, two seeds, mean gap
 * to the best known without and with it: public instance 15 14.9 and 9.9 %, 9 9.8 and 5.9.
 */
const MEMORY_MOST = 0.5
const REMEMBERED_EVERY = 64
const REMEMBERED_SHARE = 0.005

/** Labels that go on from one day to the next in a move. */
const WIDTH = 24

/** Most noise on an option, in prices of one change. */
const NOISE_IN_CHANGES = 6

/**
 * A repair begins with changes priced this many times too dear, so that holes which one free officer can fill are
 * filled by him before anybody's row is turned over for them. Halves the changed cells.
 */
const CHANGE_STAGES = [9, 4.5, 2.2, 1]

/**
 * Anytime search for a roster: large-neighbourhood moves with exact reinsertion, annealed. Every roster it holds
 * keeps every hard rule, so it may be stopped at any move. Throws when {@link checkProblem} finds the problem
 * unsound; too little staff is not an error, it comes back in `open`.
 */
export function solve(problem: RosterProblem, options: SolveOptions): RosterResult {
  const faults = checkProblem(problem)
  if (faults.length > 0) {
    const [first] = faults
    throw new Error(`roster problem is unsound: ${first!.code} at ${first!.where} (${faults.length} in all)`)
  }
  const search = new Search(problem, options)
  search.run()
  return search.result()
}

class Search {
  private readonly problem: RosterProblem
  private readonly options: SolveOptions
  private readonly c: Compiled
  private readonly random: Random
  private readonly state: State
  private readonly inserter: Inserter | undefined
  private readonly targets: Targets
  private readonly started: number
  private readonly best: Int32Array
  private readonly kept: Int32Array[]
  private readonly row: Int32Array
  private bestCost = Infinity
  private bestOpen = 0
  private history: Milestone[] = []
  private iteration = 0
  private reported = 0
  private stage = 0
  private stale = 0
  private annealing = false
  private leastOpen = Infinity
  private readonly change: { cell: number; post: number }

  constructor(problem: RosterProblem, options: SolveOptions) {
    this.problem = problem
    this.options = options
    this.started = options.now?.() ?? 0
    this.c = compile(problem)
    this.change = { cell: this.c.weights.change, post: this.c.weights.changePost }
    this.stage = problem.previous ? 0 : CHANGE_STAGES.length - 1
    this.priceChanges()
    this.random = seededRandom(options.seed)
    this.state = new State(this.c)
    this.inserter = this.c.officers > 0 && this.c.days > 0 ? new Inserter(this.state, this.random) : undefined
    this.targets = new Targets(this.state, this.random)
    this.best = new Int32Array(this.state.cells.length)
    this.kept = Array.from({ length: OFFICERS_MOST }, () => new Int32Array(this.c.days))
    this.row = new Int32Array(this.c.days)
  }

  run(): void {
    if (this.inserter !== undefined) {
      construct(this.state, this.inserter, this.random, this.options.start)
      this.note()
      while (!this.isOver()) {
        this.iteration++
        this.step(this.inserter)
      }
      this.finish()
    } else {
      this.note()
    }
    this.report(1)
  }

  /** The best so far at its true price, with the posts named anew where there is time for it. */
  private finish(): void {
    this.goTo(CHANGE_STAGES.length - 1)
    if (this.options.stopWhenCovered === true) return
    namePosts(this.state)
    this.note()
  }

  result(): RosterResult {
    const { c, problem } = this
    // Built anew from the cells: sums kept over thousands of moves are not what the answer rests on.
    const last = new State(c)
    for (let i = 0; i < this.best.length; i++) last.set(Math.floor(i / c.days), i % c.days, this.best[i]!)
    for (let o = 0; o < c.officers; o++) last.refresh(o)
    return {
      days: problem.days,
      cells: this.best,
      open: openDemand(problem, last),
      cost: last.cost,
      iterations: this.iteration,
      seconds: this.seconds(),
      seed: this.options.seed,
      bestHistory: thin(this.history),
    }
  }

  private priceChanges(): void {
    const factor = CHANGE_STAGES[this.stage]!
    this.c.weights.change = this.change.cell * factor
    this.c.weights.changePost = this.change.post * factor
  }

  /** Goes on to cheaper changes when the holes no longer get fewer, and at the latest by the budget. */
  private endStage(): void {
    const open = this.state.cover.openTotal
    const spent = this.fraction() > 0.1 * (this.stage + 1)
    if (open > 0 && this.stale < 40 + 2 * open && !spent) return
    this.goTo(this.stage + 1)
  }

  /** Prices changes as in that stage, and goes on from the best so far. */
  private goTo(stage: number): void {
    if (this.stage !== stage) this.bestCost = Infinity
    this.stage = stage
    this.stale = 0
    this.priceChanges()
    this.best.forEach((cell, at) => this.state.set(Math.floor(at / this.c.days), at % this.c.days, cell))
    for (let o = 0; o < this.c.officers; o++) this.state.refresh(o)
    this.note()
  }

  private step(inserter: Inserter): void {
    this.stale = this.bestOpen < this.leastOpen ? 0 : this.stale + 1
    this.leastOpen = Math.min(this.bestOpen, this.leastOpen)
    if (this.stage < CHANGE_STAGES.length - 1) this.endStage()
    const open = this.state.cover.openTotal > 0
    if (open && this.anneals()) {
      this.annealStep(inserter)
      return
    }
    if (!open || this.iteration % 16 === 0) {
      const tries = open ? 50 : 20
      for (let i = 0; i < tries; i++) swapPosts(this.state, this.random)
    }
    const target = (open && this.random.next() < 0.9 && this.targets.repair()) || this.targets.improve()
    const temperature = this.temperature(open)
    this.move(inserter, target, temperature, this.noise(temperature))
    this.note()
  }

  /** Holes that repair no longer closes have to be weighed against each other and against everything else. */
  private anneals(): boolean {
    if (this.problem.previous !== undefined) return false
    this.annealing ||= this.options.start !== undefined
    this.annealing ||= this.stale > REPAIRS_IN_VAIN + 2 * this.state.cover.openTotal
    return this.annealing
  }

  private annealStep(inserter: Inserter): void {
    const hottest = this.options.start === undefined ? HOTTEST : HOTTEST_KEPT
    const temperature = this.c.weights.cover * hottest * (COLDEST / hottest) ** this.fraction()
    const draw = this.random.next()
    const noise = draw < 0.3 ? 0 : temperature * (draw < 0.8 ? 1 : 2) * this.random.next()
    if (this.iteration % REMEMBERED_EVERY === 0) this.state.cover.remember(REMEMBERED_SHARE)
    inserter.memory = this.random.next() < 0.7 ? MEMORY_MOST * this.random.next() : 0
    this.move(inserter, this.targets.anneal(), temperature, noise)
    inserter.memory = 0
    this.note()
  }

  /** Falls with the square of what is left of the budget; plain arithmetic, so that every machine agrees. */
  private temperature(open: boolean): number {
    const left = 1 - this.fraction()
    const w = this.c.weights
    const hot = this.problem.previous ? this.change.cell * 0.1 : w.cover * 0.1
    return open ? Math.max(hot * left, 1) : 1 + 0.2 * hot * left * left
  }

  /** Officers are put back one by one, each greedy for himself; noise lets the first leave a duty to the next. */
  private noise(temperature: number): number {
    const draw = this.random.next()
    if (draw < 0.4) return 0
    if (draw < 0.6) return temperature
    return Math.max(temperature, this.change.cell * NOISE_IN_CHANGES * this.random.next())
  }

  private move(inserter: Inserter, target: Target, temperature: number, noise: number): void {
    const { state, c, kept, row } = this
    const { officers, from, until } = target
    const before = state.cost
    officers.forEach((o, i) => {
      for (let d = from; d <= until; d++) {
        kept[i]![d] = state.cells[o * c.days + d]!
        if (c.fixed[o * c.days + d] === -1) state.set(o, d, 0)
      }
    })
    let whole = true
    for (const [i, o] of officers.entries()) {
      whole = inserter.insert(o, from, until, row, noise, WIDTH, kept[i])
      if (!whole) break
      for (let d = from; d <= until; d++) if (c.fixed[o * c.days + d] === -1) state.set(o, d, row[d]!)
      state.refresh(o)
    }
    const patience = -temperature * Math.log(1 - this.random.next())
    if (whole && state.cost - before <= patience) return
    officers.forEach((o, i) => {
      for (let d = from; d <= until; d++) state.set(o, d, kept[i]![d]!)
      state.refresh(o)
    })
  }

  private note(): void {
    const cost = this.state.cost
    if (cost >= this.bestCost - 1e-6) return
    this.bestCost = cost
    this.bestOpen = this.state.cover.openTotal
    this.best.set(this.state.cells)
    this.history.push({ iteration: this.iteration, seconds: this.seconds(), cost, open: this.bestOpen })
    if (this.history.length > 2000) this.history = thin(this.history)
  }

  private seconds(): number {
    return this.options.now === undefined ? 0 : (this.options.now() - this.started) / 1000
  }

  private fraction(): number {
    const { seconds, iterations } = this.options
    const byTime = seconds !== undefined && this.options.now ? this.seconds() / seconds : 0
    const limit = iterations ?? (byTime === 0 && seconds === undefined ? DEFAULT_ITERATIONS : Infinity)
    return Math.min(1, Math.max(byTime, this.iteration / limit))
  }

  private isOver(): boolean {
    if (this.options.stopWhenCovered === true && (this.bestOpen === 0 || this.repairedInVain())) return true
    if (this.options.shouldStop?.() === true) return true
    const fraction = this.fraction()
    this.report(fraction)
    return fraction >= 1
  }

  /** A repair for which there are too few people ends when its moves close no more holes, and not with its time. */
  private repairedInVain(): boolean {
    const atTruePrice = this.stage === CHANGE_STAGES.length - 1
    return this.problem.previous !== undefined && atTruePrice && this.stale > REPAIRS_IN_VAIN
  }

  private report(fraction: number): void {
    if (this.options.onProgress === undefined) return
    const seconds = this.seconds()
    const due = this.options.now === undefined ? this.iteration % 500 === 0 : seconds - this.reported >= 0.2
    if (!due && fraction < 1) return
    this.reported = seconds
    const { iteration, bestCost: cost, bestOpen: open, best: cells } = this
    this.options.onProgress({ iteration, seconds, fraction, cost, open, cells })
  }
}

/** What the roster leaves unmet, slot by slot; `skill` null is a missing person of any kind. */
function openDemand(problem: RosterProblem, state: State): OpenDemand[] {
  const { c } = state
  const open: OpenDemand[] = []
  for (let d = 0; d < c.days; d++) {
    for (let s = 0; s < c.slots; s++) {
      const at = d * c.slots + s
      if (!state.cover.isOpen(at)) continue
      const p = c.slotPost[s]!
      const post = problem.posts[p]!
      const band = problem.patterns.find(x => x.id === post.pattern)!.bands[s - c.slotBase[p]!]!
      const place = { post: post.id, band: band.id, day: d }
      const missing = c.need[at]! - state.cover.have[at]!
      if (missing > 0) open.push({ ...place, skill: null, missing })
      for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
        const lack = c.minimaNeed[m]! - state.cover.haveSkill[m]!
        if (lack > 0)
          open.push({ ...place, skill: c.skills[31 - Math.clz32(c.minimaSkill[m]!)]!, missing: lack })
      }
    }
  }
  return open
}

function thin(history: Milestone[]): Milestone[] {
  if (history.length <= 200) return history
  const step = Math.ceil(history.length / 150)
  return history.filter((_, i) => i % step === 0 || i === history.length - 1)
}
