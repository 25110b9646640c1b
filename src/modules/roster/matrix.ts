// A plan as it is stored and sent: every name once, and two bytes for each officer's day.
import type { z } from 'zod'
import type { planMatrix } from './contracts.ts'
import { rosterProblems } from './contracts.ts'

export type PlanMatrix = z.output<typeof planMatrix>

/** What an officer does on a duty day: bands of one post, cut by one pattern. */
export interface Duty {
  postId: string
  patternId: string
  bands: readonly string[]
}

/** A plan by officer and day. Days are offsets from the plan's first. */
export class PlanCells {
  readonly days: number
  private readonly rows = new Map<string, (Duty | null)[]>()
  private readonly known = new Map<string, Duty>()

  constructor(days: number) {
    this.days = days
  }

  /** Officers in the order of their ids, so that the same plan is always the same text. */
  officers(): string[] {
    return [...this.rows.keys()].sort()
  }
  has(officerId: string): boolean {
    return this.rows.has(officerId)
  }
  addOfficer(officerId: string): (Duty | null)[] {
    let row = this.rows.get(officerId)
    if (!row) {
      row = new Array<Duty | null>(this.days).fill(null)
      this.rows.set(officerId, row)
    }
    return row
  }
  get(officerId: string, day: number): Duty | null {
    return this.rows.get(officerId)?.[day] ?? null
  }
  set(officerId: string, day: number, duty: Duty | null): void {
    this.addOfficer(officerId)[day] = duty && this.same(duty)
  }
  /** One object per distinct duty, so that equal duties are compared by identity. */
  same(duty: Duty): Duty {
    const key = dutyKey(duty)
    const found = this.known.get(key)
    if (found) return found
    this.known.set(key, duty)
    return duty
  }
  /** Row by row, for where fifteen thousand cells are gone through. */
  rowsByOfficer(): ReadonlyMap<string, readonly (Duty | null)[]> {
    return this.rows
  }
  *each(): Generator<{ officerId: string; day: number; duty: Duty }> {
    for (const [officerId, row] of this.rows) {
      for (let day = 0; day < this.days; day += 1) {
        const duty = row[day]
        if (duty) yield { officerId, day, duty }
      }
    }
  }
}

export const dutyKey = (duty: Duty): string => `${duty.postId} ${duty.patternId} ${duty.bands.join('+')}`
export const sameDuty = (a: Duty | null, b: Duty | null): boolean =>
  a === b || (a !== null && b !== null && dutyKey(a) === dutyKey(b))

/** Bands by pattern, in the order that the bits of a mask mean. */
export type BandsOf = ReadonlyMap<string, readonly string[]>

export function packPlan(cells: PlanCells, bandsOf: BandsOf): PlanMatrix {
  const officers = cells.officers()
  const posts: PlanMatrix['posts'] = []
  const postAt = new Map<string, number>()
  const duties: PlanMatrix['duties'] = []
  const dutyAt = new Map<string, number>()
  const usedPatterns: string[] = []
  const packed = new Uint16Array(officers.length * cells.days)
  const place = (duty: Duty): number => {
    const key = dutyKey(duty)
    const found = dutyAt.get(key)
    if (found !== undefined) return found
    const row = `${duty.postId} ${duty.patternId}`
    let post = postAt.get(row)
    if (post === undefined) {
      let pattern = usedPatterns.indexOf(duty.patternId)
      if (pattern < 0) pattern = usedPatterns.push(duty.patternId) - 1
      post = posts.push({ postId: duty.postId, pattern }) - 1
      postAt.set(row, post)
    }
    const at = duties.push({ post, bands: maskOf(bandsOf.get(duty.patternId) ?? [], duty.bands) })
    dutyAt.set(key, at)
    return at
  }
  officers.forEach((officerId, o) => {
    for (let day = 0; day < cells.days; day += 1) {
      const duty = cells.get(officerId, day)
      if (duty) packed[o * cells.days + day] = place(duty)
    }
  })
  const patterns = usedPatterns.map(patternId => ({ patternId, bands: [...(bandsOf.get(patternId) ?? [])] }))
  return { officers, patterns, posts, duties, cells: toBase64(packed) }
}

export function maskOf(all: readonly string[], some: readonly string[]): number {
  let mask = 0
  all.forEach((key, bit) => {
    if (some.includes(key)) mask |= 1 << bit
  })
  return mask
}
export const bandsOfMask = (all: readonly string[], mask: number): string[] =>
  all.filter((_key, bit) => (mask >> bit) & 1)

/** Reads a matrix, or says where it does not hold together. Nothing is repaired. */
export function unpackPlan(matrix: PlanMatrix, days: number): PlanCells {
  const wrong = (where: string) => rosterProblems.badMatrix({ where })
  const { officers, patterns, posts, duties } = matrix
  if (new Set(officers).size !== officers.length) throw wrong('officers')
  const packed = fromBase64(matrix.cells)
  if (packed.length !== officers.length * days) throw wrong('cells')
  const meant = duties.map(({ post: at, bands: mask }, index): Duty => {
    const post = posts[at]
    const pattern = post && patterns[post.pattern]
    if (!post || !pattern || mask >= 1 << pattern.bands.length) throw wrong(`duties.${index}`)
    return { postId: post.postId, patternId: pattern.patternId, bands: bandsOfMask(pattern.bands, mask) }
  })
  const cells = new PlanCells(days)
  const known = meant.map(duty => cells.same(duty))
  officers.forEach((officerId, o) => {
    const row = cells.addOfficer(officerId)
    for (let day = 0; day < days; day += 1) {
      const cell = packed[o * days + day] ?? 0
      if (cell === 0) continue
      const duty = known[cell - 1]
      if (!duty) throw wrong(`cells.${o * days + day}`)
      row[day] = duty
    }
  })
  return cells
}

function toBase64(values: Uint16Array): string {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, at) => {
    bytes.writeUInt16LE(value, at * 2)
  })
  return bytes.toString('base64')
}
function fromBase64(text: string): Uint16Array {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length % 2 !== 0) throw rosterProblems.badMatrix({ where: 'cells' })
  const values = new Uint16Array(bytes.length / 2)
  for (let at = 0; at < values.length; at += 1) values[at] = bytes.readUInt16LE(at * 2)
  return values
}
