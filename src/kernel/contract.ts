// The browser-safe half of every capability: what a command or query is called, who may use it and what it
// takes. Imports zod and nothing else, so that phone, desk, CLI and server read the very same declaration.
import { z } from 'zod'

/** A text in the two languages of the house. */
export interface Both {
  zh: string
  en: string
}

export const roles = [
  'administrator',
  'commander',
  'dutyOfficer',
  'unitLeader',
  'officer',
  'logistics',
  'inspector',
  'healthOfficer',
  'counsellor',
  'publicity',
  'viewer',
] as const
export type Role = (typeof roles)[number]
/** `system` acts for jobs and watches; nobody signs in with it. */
export type ActorRole = Role | 'system'

export const roleTitles: Record<Role, Both> = {
  administrator: { zh: '系统管理员', en: 'Administrator' },
  commander: { zh: '指挥长', en: 'Commander' },
  dutyOfficer: { zh: '指挥中心值班员', en: 'Duty officer' },
  unitLeader: { zh: '单位负责人', en: 'Unit leader' },
  officer: { zh: '民警、辅警', en: 'Officer' },
  logistics: { zh: '警务保障', en: 'Logistics' },
  inspector: { zh: '督察', en: 'Inspector' },
  healthOfficer: { zh: '健康管理员', en: 'Health officer' },
  counsellor: { zh: '心理辅导员', en: 'Counsellor' },
  publicity: { zh: '宣传', en: 'Publicity' },
  viewer: { zh: '只读', en: 'Viewer' },
}
/** Everybody who can sign in. */
export const everyone: readonly Role[] = roles

// ---------------------------------------------------------------------------------------------- field classes

export type FieldClass = 'open' | 'staff' | 'personal' | 'health'
export interface FieldMark {
  class: FieldClass
  /** The sibling field that names whose key seals this value (an officer's or a subject's id). */
  owner?: string
  /** Free text is scanned for ID numbers, phones and plates. */
  scan?: boolean
}

/** Sealed on a phone to the agency's public key (decision 0010): whoever stores it cannot read it. */
export const sealedBox = <const K extends readonly string[]>(kinds: K) =>
  z.strictObject({
    kind: z.enum(kinds),
    box: z
      .string()
      .max(1_000)
      .regex(/^box:1:[A-Za-z0-9_-]+:[A-Za-z0-9_-]+$/),
  })

/** Officers' names, badge numbers, operational text: clear inside the agency, and scanned when it is prose. */
export const staffText = (max: number) =>
  z
    .string()
    .max(max)
    .meta({ field: { class: 'staff', scan: true } satisfies FieldMark })
/** A name or number of staff, not prose: not scanned. */
export const staffName = (max: number) =>
  z
    .string()
    .max(max)
    .meta({ field: { class: 'staff' } satisfies FieldMark })
/** Sealed under the key of the officer or subject whose id stands in the sibling field `owner`. */
export const personal = (owner: string, max: number) =>
  z
    .string()
    .max(max)
    .meta({ field: { class: 'personal', owner } satisfies FieldMark })
/** As `personal`, for anything about health. */
export const health = (owner: string, max: number) =>
  z
    .string()
    .max(max)
    .meta({ field: { class: 'health', owner } satisfies FieldMark })

export function fieldMark(schema: z.ZodType): FieldMark | undefined {
  return (schema.meta() as { field?: FieldMark } | undefined)?.field
}

// Plain JSON shapes that many contracts share.
/** In lower case, as the database gives it back: two spellings of one id would be two ids to whoever compares texts. */
export const id = () => z.uuid().lowercase()
/** A calendar or duty day, `2021-11-03`, of a century that we may have to do with. */
export const day = () => z.iso.date().regex(/^(19|20|21)/)
/** An instant with offset, `2021-11-03T08:00:00Z`. */
export const instant = () => z.iso.datetime({ offset: true })
/** WGS-84 longitude and latitude in degrees. */
export const place = () =>
  z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

/** SHA-256 of a one-time code in hexadecimal; the code itself never reaches the server before it is used. */
export const codeHash = () => z.string().regex(/^[0-9a-f]{64}$/)

// ---------------------------------------------------------------------------------------------------- contracts

export type CommandKind = 'fact' | 'request'

export interface CommandContract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  type: 'command'
  /** `module.verbNoun` */
  name: string
  version: number
  kind: CommandKind
  title: Both
  roles: readonly ActorRole[]
  input: Input
  output: Output
  vouched?: Vouched
  /** Goes in by group commit and not through the journal row by row: src/kernel/bulk. */
  bulk?: true
}

/**
 * Part of the input was worked out by a task of this system and comes back through a client: it is taken only with the
 * task's own `voucher`, a field of the input, for exactly what `of` gives. Null: nothing in this input is from a task.
 */
export interface Vouched<Input = never> {
  /** Name of the task. */
  by: string
  of: (input: Input) => unknown
}

/** What a command without an answer of its own gives back. */
const nothing = z.strictObject({})

export function command<I extends z.ZodType, O extends z.ZodType = typeof nothing>(declaration: {
  name: string
  version?: number
  kind?: CommandKind
  title: Both
  roles: readonly ActorRole[]
  input: I
  output?: O
  vouched?: Vouched<z.output<I>>
}): CommandContract<I, O> {
  const { vouched, ...plain } = declaration
  return {
    type: 'command',
    version: 1,
    kind: 'request',
    ...plain,
    ...(vouched ? { vouched: vouched as Vouched } : {}),
    output: (declaration.output ?? nothing) as O,
  }
}

/** A fact of which there are thousands an hour. Its input holds nothing that the kernel would have to seal or to scan. */
export function bulkFact<I extends z.ZodType>(declaration: {
  name: string
  version?: number
  title: Both
  roles: readonly ActorRole[]
  input: I
}): CommandContract<I, typeof nothing> & { bulk: true } {
  return { ...command({ ...declaration, kind: 'fact' }), bulk: true }
}

export interface QueryContract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  type: 'query'
  name: string
  title: Both
  roles: readonly ActorRole[]
  input: Input
  output: Output
  /** Opens sealed values: the caller must state a purpose, and every answer is logged. */
  opens: boolean
}

export function query<I extends z.ZodType, O extends z.ZodType>(declaration: {
  name: string
  title: Both
  roles: readonly ActorRole[]
  input: I
  output: O
  opens?: boolean
}): QueryContract<I, O> {
  return { type: 'query', opens: false, ...declaration }
}

export type InputOf<C extends { input: z.ZodType }> = z.output<C['input']>
export type OutputOf<C extends { output: z.ZodType }> = z.output<C['output']>

/** One page of a list: `rows` in a complete order, `total` over all pages. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.strictObject({ rows: z.array(row), total: z.number().int() })
/** Search, offset and limit of a list. */
export const listInput = {
  search: z.string().max(100).optional(),
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(5_000).default(100),
}
/** The column that a list is ordered by. Behind it, or without one, stands the list's own order, which is complete. */
export const orderInput = <K extends string>(keys: readonly [K, ...K[]]) => ({
  order: z.enum(keys).optional(),
  descending: z.boolean().default(false),
})

// ----------------------------------------------------------------------------------------------------- problems

export interface ProblemEntry extends Both {
  status: number
  /** What the user can do next. */
  doZh: string
  doEn: string
}
export type ProblemParams = Record<string, string | number>

/** An expected failure: a stable code with its texts. A refusal is an answer, not a crash. */
export class Problem extends Error {
  readonly code: string
  readonly entry: ProblemEntry
  readonly params: ProblemParams
  constructor(code: string, entry: ProblemEntry, params: ProblemParams = {}) {
    // Without a stack: a problem is an answer, and one stands ready beside every write that asserts its row count.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(`${code}: ${fill(entry.en, params)}`)
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'Problem'
    this.code = code
    this.entry = entry
    this.params = params
  }
  toJSON(): ProblemAnswer {
    return problemAnswer(this)
  }
}

export interface ProblemAnswer {
  code: string
  status: number
  message: Both
  do: Both
  params: ProblemParams
}

export function problemAnswer(problem: Problem): ProblemAnswer {
  const { entry, params } = problem
  return {
    code: problem.code,
    status: entry.status,
    message: { zh: fill(entry.zh, params), en: fill(entry.en, params) },
    do: { zh: fill(entry.doZh, params), en: fill(entry.doEn, params) },
    params,
  }
}

function fill(text: string, params: ProblemParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => (key in params ? String(params[key]) : whole))
}

type ProblemMakers<T> = { readonly [K in keyof T]: (params?: ProblemParams) => Problem }
export interface ProblemCatalogue {
  readonly module: string
  readonly entries: Readonly<Record<string, ProblemEntry>>
}

const catalogues = new WeakMap<object, ProblemCatalogue>()

/**
 * Declares a module's problems. `problems('people', {badgeTaken: {…}})` gives `badgeTaken()` a Problem with the
 * code `people/badge-taken`.
 */
export function problems<T extends Record<string, ProblemEntry>>(
  module: string,
  declared: T,
): ProblemMakers<T> {
  const entries: Record<string, ProblemEntry> = {}
  const makers: Record<string, (params?: ProblemParams) => Problem> = {}
  for (const [key, entry] of Object.entries(declared)) {
    const code = `${module}/${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
    entries[code] = entry
    makers[key] = params => new Problem(code, entry, params)
  }
  catalogues.set(makers, { module, entries })
  return makers as ProblemMakers<T>
}

export function catalogueOf(makers: object): ProblemCatalogue {
  const found = catalogues.get(makers)
  if (!found) throw new Error('invariant: not a problem catalogue')
  return found
}

// ----------------------------------------------------------------------------------------------------- verdicts

export interface CommandEntry {
  /** UUIDv7, made by the client; the same id is the same command for ever. */
  id: string
  name: string
  version: number
  occurredAt: string
  input: unknown
}
export type Verdict =
  | { id: string; verdict: 'done'; seq: number; answer: unknown }
  | { id: string; verdict: 'refused'; seq: number; problem: ProblemAnswer }
  | { id: string; verdict: 'held'; seq: number; reviewId: string; problem: ProblemAnswer }
  | { id: string; verdict: 'retry'; problem: ProblemAnswer }

/**
 * Where the books of an agency stand. The epoch goes up whenever the server was restored from a backup. A phone that
 * finds another one than before, or a last number below one that it was once given, sends again what it keeps: the
 * same id is the same command for ever, so nothing is done twice.
 */
export const standing = z.strictObject({
  restoreEpoch: z.int().min(0),
  /** The last number of the agency's journal; 0 while it is empty. */
  headSeq: z.int().min(0),
})
export type Standing = z.output<typeof standing>

/** The answer to a batch sent as `{commands}`. Where nothing could be stored (503) it has the verdicts alone. */
export interface BatchAnswer extends Standing {
  verdicts: Verdict[]
}

/** Who is signed in, and where. */
/** What lies below the map: an archive of tiles (PMTiles) or a service of raster tiles, `{z}/{x}/{y}` in its address. */
export const tilesAnswer = z.strictObject({
  kind: z.enum(['pmtiles', 'raster']),
  url: z.string(),
  /** GCJ-02 tiles lie some hundred metres beside WGS-84: the map then moves what it shows. */
  datum: z.enum(['wgs84', 'gcj02']),
  /** Whose map it is; shown on it. */
  credit: z.string(),
})

export const sessionAnswer = z.strictObject({
  sessionId: z.uuid(),
  accountId: z.uuid(),
  officerId: z.uuid().nullable(),
  name: z.string(),
  badge: z.string(),
  roles: z.array(z.enum(roles)),
  agency: z.strictObject({
    code: z.string(),
    name: z.string(),
    kind: z.enum(['real', 'rehearsal']),
    timeZone: z.string(),
    handOverMinute: z.int(),
  }),
  mustChangePassword: z.boolean(),
  tiles: tilesAnswer.nullable(),
  ...standing.shape,
})

/** Units of count never add up together. */
export const countUnits = {
  day: { zh: '天', en: 'days' },
  person: { zh: '人', en: 'persons' },
  'person-shift': { zh: '人次', en: 'deployments' },
  'person-time': { zh: '人次', en: 'person-times' },
  'vehicle-time': { zh: '车次', en: 'vehicle passages' },
  zone: { zh: '个', en: 'zones' },
  hotel: { zh: '家', en: 'hotels' },
  place: { zh: '处', en: 'places' },
  point: { zh: '处', en: 'points' },
  site: { zh: '个', en: 'sites' },
  shift: { zh: '班次', en: 'shifts' },
  team: { zh: '支', en: 'teams' },
  post: { zh: '个', en: 'posts' },
  hour: { zh: '小时', en: 'hours' },
  difficulty: { zh: '件', en: 'difficulties' },
  directive: { zh: '条', en: 'directives' },
  visit: { zh: '次', en: 'visits' },
  tube: { zh: '管', en: 'tubes' },
  percent: { zh: '%', en: '%' },
} as const satisfies Record<string, Both>
export type CountUnit = keyof typeof countUnits
