// Planted faults: handlers that break a promise of the kernel, each found by the check that is there to find it.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commandsOn } from './command.ts'
import { command, health, id, personal } from './contract.ts'
import { digestTables, world } from './world.ts'
import type { Module } from './module.ts'
import type { KernelTables } from './tables.ts'
import { unsealedValues } from './unsealed.ts'

interface PlantedTables extends KernelTables {
  partner: {
    agency_id: string
    partner_id: string
    name: string
    kind: string
    organisation: string
    phone: string | null
  }
}
const on = commandsOn<PlantedTables>()

const raise = command({
  name: 'planted.raise',
  title: { zh: '发出预警', en: 'Raise an alert' },
  roles: ['dutyOfficer'],
  input: z.strictObject({ alertId: id(), subject: z.string().max(80) }),
})
const addPartner = command({
  name: 'planted.addPartner',
  title: { zh: '新增联勤人员', en: 'Add a partner' },
  roles: ['dutyOfficer'],
  input: z.strictObject({
    partnerId: id(),
    phone: personal('partnerId', 40).nullable(),
    reports: z.array(z.strictObject({ partnerId: id(), note: health('partnerId', 200) })).max(10),
  }),
})

type Raise = Parameters<typeof on<typeof raise>>[1]['handle']

/** The same harmless command; `text` and `at` are what a fault would get wrong. */
function raising(
  faulty: (
    tx: Parameters<Raise>[0],
    input: { subject: string },
    meta: Parameters<Raise>[2],
  ) => Promise<{ text?: string; at?: string }>,
): Module {
  const handled = on(raise, {
    async handle(tx, input, meta) {
      const { text = input.subject, at = meta.receivedAt } = await faulty(tx, input, meta)
      tx.write(
        tx.db.insertInto('alert').values({
          agency_id: meta.agency.agencyId,
          alert_id: input.alertId,
          watch: 'planted',
          subject: input.subject,
          title_zh: text,
          title_en: text,
          severity: 'amber',
          link: '/',
          owner_role: 'dutyOfficer',
          raised_at: at,
          due_at: meta.receivedAt,
        }),
      )
      return {}
    },
  })
  return { name: 'planted', title: raise.title, commands: [handled], queries: [], problems: [] }
}

async function differencesOf(module: Module, expectDifferences: boolean) {
  const w = await world([module], '2021-11-03T06:00:00.000Z', { expectDifferences })
  const zheng = w.person('郑例二', ['dutyOfficer'])
  return {
    run: async () => {
      for (const subject of ['东门', '南门', '北门']) {
        w.clock.advance(7)
        await zheng.does(raise, { alertId: w.newId(), subject })
      }
      return w.replays()
    },
  }
}

const subjects = async (tx: Parameters<Raise>[0], agencyId: string, unordered = false) => {
  const query = tx.db.selectFrom('alert').select('subject').where('agency_id', '=', agencyId)
  return unordered ? query.execute() : query.orderBy('alert_id').execute()
}

describe('a handler without fault', async () => {
  const { run } = await differencesOf(
    raising(async (tx, _input, meta) => ({
      text: (await subjects(tx, meta.agency.agencyId))[0]?.subject ?? '-',
    })),
    false,
  )
  it('DET1 runs again to the same tables', async () => {
    const { differences, commands, tables } = await run()
    expect(differences).toEqual([])
    expect(commands).toBe(3)
    expect(tables).toBeGreaterThan(25)
  })
})

describe('a handler that reads the wall clock', async () => {
  const { run } = await differencesOf(
    raising(async () => ({ at: new Date().toISOString() })),
    true,
  )
  it('DET2 is found by re-execution', async () => {
    expect((await run()).differences).toEqual(['alert', 'change'])
  })
})

describe('a handler that reads the clock of the database', async () => {
  const { run } = await differencesOf(
    raising(async tx => {
      const { rows } = await sql<{ at: string }>`select clock_timestamp() as at`.execute(tx.db)
      return { at: rows[0]?.at }
    }),
    true,
  )
  it('DET2 is found by re-execution', async () => {
    expect((await run()).differences).toEqual(['alert', 'change'])
  })
})

describe('a handler that draws lots', async () => {
  const { run } = await differencesOf(
    raising(async () => ({ text: String(Math.random()) })),
    true,
  )
  it('DET3 is found by re-execution', async () => {
    expect((await run()).differences).toEqual(['alert', 'change'])
  })
})

describe('a handler that depends on the order of rows', async () => {
  const { run } = await differencesOf(
    raising(async (tx, _input, meta) => {
      const rows = await subjects(tx, meta.agency.agencyId, true)
      return { text: rows[0]?.subject ?? '-' }
    }),
    true,
  )
  it('DET4 is found by re-execution', async () => {
    expect((await run()).differences).toEqual(['alert', 'change'])
  })
})

describe('a handler that depends on the order of rows of its own SQL', async () => {
  const { run } = await differencesOf(
    raising(async (tx, _input, meta) => {
      const { rows } = await sql<{
        subject: string
      }>`select subject from alert where agency_id = ${meta.agency.agencyId}`.execute(tx.db)
      return { text: rows[0]?.subject ?? '-' }
    }),
    true,
  )
  it('DET4 is found by re-execution', async () => {
    expect((await run()).differences).toEqual(['alert', 'change'])
  })
})

describe('a handler that depends on the time zone of the session', async () => {
  const { run } = await differencesOf(
    raising(async (tx, _input, meta) => {
      const { rows } = await sql<{
        day: string
      }>`select (${meta.receivedAt}::timestamptz)::date::text as day`.execute(tx.db)
      return { text: rows[0]?.day }
    }),
    true,
  )
  it('DET5 is found by re-execution', async () => {
    expect((await run()).differences).toEqual(['alert', 'change'])
  })
})

const registerOf = (handle: (phone: string | null) => string | null): Module => ({
  name: 'planted',
  title: addPartner.title,
  commands: [
    on(addPartner, {
      handle(tx, input, meta) {
        tx.write(
          tx.db.insertInto('partner').values({
            agency_id: meta.agency.agencyId,
            partner_id: input.partnerId,
            name: '冯样三',
            kind: 'volunteer',
            organisation: '青禾社区',
            phone: handle(input.phone),
          }),
        )
        return {}
      },
    }),
  ],
  queries: [],
  problems: [],
})

describe('sealed fields', async () => {
  const w = await world([registerOf(phone => phone)])
  const zheng = w.person('郑例二', ['dutyOfficer'])
  const phone = '10000001234'
  const note = '发热三十八度五'

  it('SEA1 a personal value stands nowhere in clear, and the checker says how many it looked at', async () => {
    const partnerId = w.newId()
    await zheng.does(addPartner, { partnerId, phone, reports: [{ partnerId, note }] })
    await zheng.does(addPartner, { partnerId: w.newId(), phone: null, reports: [] })
    const { looked, unsealed } = await unsealedValues(w.owner, w.kernel.registry)
    expect({ looked, unsealed }).toEqual({ looked: 2, unsealed: [] })
    const tables = await digestTables(w.owner)
    for (const table of tables.keys()) {
      const { rows } = await w.owner.query(
        `select 1 from app.${table} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0`,
        [phone, note],
      )
      expect(rows.length, table).toBe(0)
    }
    expect(w.logged.join('\n')).not.toContain(phone)
  })

  it('SEA2 a planted clear value in the journal is found, without being told', async () => {
    await w.owner.query('begin')
    await w.owner.query(
      `update app.journal set input = jsonb_set(input, '{reports,0,note}', to_jsonb($1::text)) where seq = 1`,
      [note],
    )
    const { looked, unsealed } = await unsealedValues(w.owner, w.kernel.registry)
    await w.owner.query('rollback')
    expect(looked).toBe(2)
    expect(unsealed).toEqual([
      { agencyId: w.agency.agencyId, seq: 1, name: 'planted.addPartner', path: 'reports.*.note' },
    ])
    expect(JSON.stringify(unsealed)).not.toContain(note)
  })

  it('SEA3 input that cannot be read is sealed whole', async () => {
    await zheng.isRefused(addPartner, { partnerId: 'not an id', phone, reports: [{ note }] })
    const { rows } = await w.owner.query('select input::text from app.journal order by seq desc limit 1')
    expect(rows[0].input).toContain('sealedWhole')
    expect(rows[0].input).not.toContain(phone)
  })
})

describe('a handler that stores a personal value in clear', async () => {
  const w = await world([registerOf(() => '10000001234')])
  const zheng = w.person('郑例二', ['dutyOfficer'])
  it('SEA4 is stopped by the database', async () => {
    const input = { partnerId: w.newId(), phone: null, reports: [] }
    await expect(zheng.does(addPartner, input)).rejects.toThrow(/kernel\/(constraint|internal)/)
    const { rows } = await w.owner.query('select count(*) as n from app.partner')
    expect(rows[0].n).toBe(0)
  })
})
