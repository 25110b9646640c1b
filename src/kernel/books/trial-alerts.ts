// The kit of the tests of alerts: two watches that see what they are told to, and named people around them.
import type { Role } from '../contract.ts'
import { runWatch } from '../jobs.ts'
import type { Module, Sighting, Watch } from '../module.ts'
import type { Person, World } from '../world.ts'
import { alertRoutine } from './alerts/clock.ts'
import { alertDetail, alerts } from './contracts.ts'

export type Seen = Omit<Sighting, 'title' | 'link'> & { zh: string }
export const gates: Seen[] = []
const stores: Seen[] = []
const watchOf = (key: string, owner: Watch['owner'], seen: Seen[]): Watch => ({
  key,
  title: { zh: `${key}预警`, en: `alert of ${key}` },
  owner,
  detect: async () =>
    seen.map(({ zh, ...one }) => ({ ...one, title: { zh, en: `about ${one.subject}` }, link: '/posts' })),
})
export const gate = watchOf('posts.gate', 'unitLeader', gates)
export const store = watchOf('supplies.store', 'dutyOfficer', stores)
export const seeing: Module = {
  name: 'seeing',
  title: { zh: '试看', en: 'Seeing' },
  commands: [],
  queries: [],
  watches: [gate, store],
  problems: [],
}

/** The people of a world, and what the tests make its watches see. */
export function alertTrial(w: World) {
  // Test files of one worker share this module; what another one's watches saw is not seen here.
  gates.length = 0
  stores.length = 0
  const [west, east] = [w.newId(), w.newId()]
  const people = {
    zhou: w.person('周示一', ['administrator']),
    zheng: w.person('郑例二', ['dutyOfficer']),
    feng: w.person('冯样三', ['commander']),
    chenWest: w.person('陈示四', ['unitLeader'], { unitIds: [west] }),
    hanEast: w.person('韩样九', ['unitLeader'], { unitIds: [east] }),
    viewer: w.person('褚例五', ['viewer']),
    officer: w.person('卫样六', ['officer'], { unitIds: [west] }),
  }
  const later = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
  const look = async (watch: Watch) => runWatch(w.kernel, w.agency.agencyId, watch)
  const alertOf = async (subject: string): Promise<string> => {
    const { rows } = await w.owner.query(
      'select alert_id from app.alert where subject = $1 order by raised_at desc limit 1',
      [subject],
    )
    return rows[0].alert_id
  }
  let subjects = 0
  return {
    ...people,
    west,
    east,
    /** For whoever gives them accounts. */
    accounts: Object.values(people).map((person, at) => ({
      accountId: idOf(person),
      badge: `99000${at}`,
      name: person.actor.name,
      roles: [...person.actor.roles] as Role[],
    })),
    later,
    look,
    byTheClock: async () => alertRoutine.run(await w.kernel.system(w.agency.agencyId), w.agency),
    /** A new alert of the gates, a unit leader's, of the western unit unless it says otherwise. */
    raised: async (more: Partial<Seen> = {}, watch = gate): Promise<string> => {
      subjects += 1
      const subject = more.subject ?? `门${subjects}`
      const list = watch === gate ? gates : stores
      list.push({
        subject,
        zh: `${subject}无人`,
        severity: 'amber',
        unitId: watch === gate ? west : null,
        dueAt: later(60),
        ...more,
      })
      await look(watch)
      return alertOf(subject)
    },
    /** The condition has ended. */
    ends: async (subject: string, watch = gate): Promise<void> => {
      const list = watch === gate ? gates : stores
      list.splice(
        list.findIndex(one => one.subject === subject),
        1,
      )
      await look(watch)
    },
    detail: (alertId: string, person = people.zheng) => person.asks(alertDetail, { alertId }),
    kinds: async (alertId: string) =>
      (await people.zheng.asks(alertDetail, { alertId })).steps.map(step => step.kind),
    standing: async (person: Person, input = {}) =>
      (await person.asks(alerts, { limit: 5_000, ...input })).rows.map(row => row.alertId),
  }
}
export const idOf = (person: Person) => String(person.actor.accountId)
