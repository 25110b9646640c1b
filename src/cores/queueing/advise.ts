// What to do at a site, with the figures it rests on: advice for the officer and the command post, never an order.
import { type Load, settledWait, utilisation } from './erlang.ts'
import { familiesAndBuses, type Group, simulate } from './simulate.ts'

export interface SiteNow extends Load {
  queue: number
  /** Lanes that the site has, open or not. */
  lanesThere: number
  officers: number
  groups?: readonly Group[]
}

export interface Limits {
  /** Longer than this nobody should wait. */
  waitMinutesMost: number
  /** More people than this in one line need order kept. */
  queueMost: number
  /** Officers at a site at the most. */
  officersMost: number
}

export type Act =
  /** Open so many lanes more; then it would be so in half an hour. */
  | { act: 'openLane'; lanes: number; waitMinutes: number; utilisation: number }
  | { act: 'sendOfficers'; officers: number; queue: number }
  /** Neither lanes nor officers are left: so many people a minute go to another site. */
  | { act: 'divert'; peoplePerMinute: number; waitMinutes: number }
  | { act: 'closeLane'; lanes: number; waitMinutes: number; utilisation: number }
  | { act: 'keep' }

export interface Outlook {
  utilisation: number
  /** Minutes for somebody who joins the line now, and in half an hour. */
  waitNow: number
  waitSoon: number
  /** Standard error of the latter. */
  waitSoonError: number
  queueSoon: number
  /** What Erlang C would say once settled; null where it never settles. Groups wait longer than that. */
  waitSettled: number | null
}

export interface Advice extends Outlook {
  acts: Act[]
}

export const soonMinutes = 30
/** From here on a site is over its capacity: any bus becomes a line that stays. */
export const fullFrom = 0.95
/** A lane is closed only where the rest has this much to spare, so that it is not opened again at once. */
const idleBelow = 0.7
const idleWaitMinutes = 3
const sentAtOnce = 2
const course = { minutes: soonMinutes, runs: 40, seed: 20_211_103, at: [0, soonMinutes] }

export function outlookOf(site: SiteNow): Outlook {
  const { queue, arrivalsPerMinute, minutesPerPerson, lanes, groups = familiesAndBuses } = site
  const { looks } = simulate({ queue, arrivalsPerMinute, minutesPerPerson, lanes, groups }, course)
  const [now, soon] = looks
  if (!now || !soon) throw new Error('invariant: it was looked at twice')
  return {
    utilisation: utilisation(site),
    waitNow: now.wait.mean,
    waitSoon: soon.wait.mean,
    waitSoonError: soon.wait.error,
    queueSoon: soon.queue.mean,
    waitSettled: settledWait(site),
  }
}

const isWell = (out: Outlook, limits: Limits) =>
  out.waitSoon <= limits.waitMinutesMost && out.utilisation < fullFrom

/** The fewest lanes more with which it is well in half an hour; all that are there where none is enough. */
function lanesMore(site: SiteNow, limits: Limits): { lanes: number; out: Outlook } {
  let found = { lanes: 0, out: outlookOf(site) }
  for (let lanes = 1; site.lanes + lanes <= site.lanesThere && !isWell(found.out, limits); lanes += 1) {
    found = { lanes, out: outlookOf({ ...site, lanes: site.lanes + lanes }) }
  }
  return found
}

/** At least one lane is open. */
export function advise(site: SiteNow, limits: Limits): Advice {
  const out = outlookOf(site)
  const acts: Act[] = []
  const more = lanesMore(site, limits)
  if (more.lanes > 0) {
    const { waitSoon, utilisation: load } = more.out
    acts.push({ act: 'openLane', lanes: more.lanes, waitMinutes: waitSoon, utilisation: load })
  }
  const missing = limits.officersMost - site.officers
  if (site.queue >= limits.queueMost && missing > 0) {
    acts.push({ act: 'sendOfficers', officers: Math.min(sentAtOnce, missing), queue: site.queue })
  }
  if (!isWell(more.out, limits)) {
    const lanes = site.lanes + more.lanes
    // What is over the capacity, and what would bring the line down to the wait that is allowed, in the half hour.
    const over = site.arrivalsPerMinute - (fullFrom * lanes) / site.minutesPerPerson
    const line = Math.max(0, more.out.waitSoon - limits.waitMinutesMost) * (lanes / site.minutesPerPerson)
    const peoplePerMinute = Math.min(site.arrivalsPerMinute, Math.max(over, line / soonMinutes))
    if (peoplePerMinute > 0) acts.push({ act: 'divert', peoplePerMinute, waitMinutes: more.out.waitSoon })
  }
  if (acts.length === 0 && site.queue === 0 && site.lanes > 1) {
    const less = outlookOf({ ...site, lanes: site.lanes - 1 })
    if (less.utilisation < idleBelow && less.waitSoon <= idleWaitMinutes) {
      acts.push({ act: 'closeLane', lanes: 1, waitMinutes: less.waitSoon, utilisation: less.utilisation })
    }
  }
  return { ...out, acts: acts.length === 0 ? [{ act: 'keep' }] : acts }
}
