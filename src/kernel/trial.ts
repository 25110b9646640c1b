// A module for tests of the kernel itself: one command of each kind that fails in every way there is, and one of
// everything else that a module may declare.
import { sql } from 'kysely'
import { z } from 'zod'
import { type CommandHandler, commandsOn } from './command.ts'
import { command, everyone, id, pageOf, personal, query, staffName, staffText } from './contract.ts'
import { fileMaker, type Module, task, upload } from './module.ts'
import { kernelProblems } from './problem.ts'
import { queriesOn } from './query.ts'
import { alert, handlers, type TrialTables, trialProblems, ways } from './trial-ways.ts'

const input = z.strictObject({
  alertId: id(),
  text: staffText(100_000),
  way: z.enum(ways).default('plain'),
})
const roles = ['dutyOfficer', 'system'] as const
const title = { zh: '试用', en: 'Trial' }
export const note = command({ name: 'trial.note', kind: 'fact', title, roles, input })
export const order = command({ name: 'trial.order', title, roles, input })
/** A child command: does nothing but stand in the journal with a row of its own. */
export const follow = command({
  name: 'trial.follow',
  title,
  roles,
  input: z.strictObject({ subject: z.string().max(200) }),
  output: z.strictObject({ made: z.string() }),
})
export const lead = command({
  name: 'trial.lead',
  title,
  roles,
  input: z.strictObject({
    subjects: z.array(z.string().max(200)).max(20),
    thenFail: z.boolean().default(false),
  }),
  output: z.strictObject({ made: z.array(z.string()) }),
})
export const addPartner = command({
  name: 'trial.addPartner',
  kind: 'fact',
  title,
  roles,
  input: z.strictObject({
    partnerId: id(),
    name: staffName(60),
    phone: personal('partnerId', 40).nullable(),
    way: z.enum(['plain', 'not allowed', 'refused']).default('plain'),
  }),
})

const on = commandsOn<TrialTables>()

const trying: CommandHandler<typeof note, TrialTables> = {
  allow(_tx, { way }, _meta) {
    if (way === 'not allowed') throw kernelProblems.noRight({ what: '试用' })
  },
  async handle(tx, { way, alertId, text }, meta) {
    await handlers[way](tx, meta, alertId, text)
    return {}
  },
}

export const titles = query({
  name: 'trial.titles',
  title,
  roles: [...everyone, 'system'],
  input: z.strictObject({
    limit: z.int().min(1).max(1_000).default(100),
    red: z.boolean().optional(),
    search: z.string().max(100).optional(),
  }),
  output: pageOf(z.strictObject({ alertId: z.string(), subject: z.string() })),
})
export const phones = query({
  name: 'trial.phones',
  title,
  roles: ['dutyOfficer'],
  input: z.strictObject({ purpose: z.string().max(500).optional() }),
  output: z.strictObject({ rows: z.array(z.string().nullable()) }),
  opens: true,
})
const onQuery = queriesOn<TrialTables>()

/** What the tests make happen in a watch: subjects seen, or a failure. */
export const seenByWatch: { subjects: string[]; fails: boolean } = { subjects: [], fails: false }
/** How often the follow-up ran, and how often it is to fail first. */
export const followUps = {
  ...{ ran: [] as string[], failures: 0, routines: 0 },
  /** Done before a failure. */
  beforeFailure: async (): Promise<void> => undefined,
}

export const trial: Module = {
  name: 'trial',
  title,
  problems: [trialProblems],
  constraints: { alert_pkey: () => trialProblems.taken() },
  commands: [
    on(note, trying),
    on(order, trying as CommandHandler<typeof order, TrialTables>),
    on(follow, {
      handle(tx, { subject }, meta) {
        const made = meta.id('alert')
        tx.write(tx.db.insertInto('alert').values(alert(meta, made, subject)))
        return { made }
      },
    }),
    on(lead, {
      async handle(_tx, { subjects, thenFail }, meta) {
        const made: string[] = []
        for (const subject of subjects) made.push((await meta.call(follow, { subject })).made)
        if (thenFail) throw trialProblems.no()
        return { made }
      },
    }),
    on(addPartner, {
      allow(_tx, { way }) {
        if (way === 'not allowed') throw kernelProblems.noRight({ what: '试用' })
      },
      handle(tx, { partnerId, name, phone, way }, meta) {
        if (way === 'refused') throw trialProblems.no()
        const row = { partner_id: partnerId, name, kind: 'volunteer', organisation: '青禾社区', phone }
        tx.write(tx.db.insertInto('partner').values({ agency_id: meta.agency.agencyId, ...row }))
        return {}
      },
    }),
  ],
  queries: [
    onQuery(titles, {
      async run(db, { limit, red, search }, meta) {
        let found = db.selectFrom('alert').where('agency_id', '=', meta.agency.agencyId)
        if (red !== undefined) found = found.where('severity', red ? '=' : '<>', 'red')
        if (search !== undefined) found = found.where(sql<boolean>`strpos(subject, ${search}) > 0`)
        const rows = await found.select(['alert_id', 'subject']).orderBy('alert_id').limit(limit).execute()
        return {
          total: rows.length,
          rows: rows.map(row => ({ alertId: row.alert_id, subject: row.subject })),
        }
      },
    }),
    onQuery(phones, {
      async run(db, _input, meta) {
        const rows = await db
          .selectFrom('partner')
          .select('phone')
          .where('agency_id', '=', meta.agency.agencyId)
          .orderBy('partner_id')
          .execute()
        return { rows: await meta.open(rows.map(row => row.phone)) }
      },
    }),
  ],
  measures: [
    {
      key: 'trial.alerts',
      title,
      unit: 'place',
      roles: ['dutyOfficer'],
      count: async (db, span) => {
        const { n } = await db
          .selectFrom('alert')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('raised_at', '>=', span.begins)
          .where('raised_at', '<', span.ends)
          .executeTakeFirstOrThrow()
        return Number(n)
      },
      records: { query: titles, input: () => ({ limit: 10 }) },
    },
  ],
  watches: [
    {
      key: 'trial.fails',
      title,
      owner: 'dutyOfficer',
      detect: async () => {
        if (seenByWatch.fails) throw new Error('this watch cannot see')
        return []
      },
    },
    {
      key: 'trial.sees',
      title,
      owner: 'dutyOfficer',
      detect: async (_db, now) =>
        seenByWatch.subjects.map(subject => ({
          subject,
          title: { zh: `缺人 ${subject}`, en: `short ${subject}` },
          severity: 'red' as const,
          link: '/',
          unitId: null,
          dueAt: now,
        })),
    },
  ],
  routines: [
    {
      name: 'trial.routine',
      everySeconds: 60,
      run: async () => {
        followUps.routines += 1
      },
    },
  ],
  followUps: [
    {
      name: 'trial.afterLead',
      after: lead,
      async run(commandId, hands) {
        followUps.ran.push(commandId)
        await hands.run(follow, { subject: `after ${commandId}` })
        if (followUps.failures > 0) {
          followUps.failures -= 1
          await followUps.beforeFailure()
          throw new Error('the process went down before the job was marked done')
        }
      },
    },
  ],
  files: [
    fileMaker({
      name: 'trial.sheet',
      title,
      roles: ['dutyOfficer'],
      input: z.strictObject({ day: z.string().max(20) }),
      make: async ({ day }) => ({
        fileName: `执勤表 "${day}".txt`,
        contentType: 'text/plain; charset=utf-8',
        bytes: Buffer.from(`青禾县 ${day}`),
      }),
    }),
  ],
  uploads: [
    upload({
      name: 'trial.brought',
      title,
      roles: ['dutyOfficer'],
      input: z.strictObject({ source: z.string().max(40).default('') }),
      bytesMost: 100_000,
      read: async ({ fileName, bytes }, { source }) => ({
        fileName,
        bytes: bytes.length,
        text: bytes.toString('utf8').slice(0, 100),
        source,
      }),
    }),
  ],
  tasks: [
    task({
      name: 'trial.count',
      title,
      roles: ['dutyOfficer'],
      input: z.strictObject({ to: z.int().max(1_000), fails: z.enum(['no', 'at once', 'with a problem']) }),
      run: ({ to, fails }, _hands, control) => {
        if (fails === 'at once') throw new Error('not even begun')
        return counting(to, fails, control)
      },
    }),
  ],
}

async function counting(
  to: number,
  fails: string,
  control: Parameters<NonNullable<Module['tasks']>[number]['run']>[2],
): Promise<{ counted: number } | null> {
  for (let done = 1; done <= to; done += 1) {
    if (control.signal.aborted) return null
    control.progress({ done, total: to, note: { zh: `第 ${done} 步`, en: `step ${done}` }, best: done })
    await new Promise(resolve => setTimeout(resolve, 5))
    if (fails === 'with a problem') throw trialProblems.no()
  }
  return { counted: to }
}
