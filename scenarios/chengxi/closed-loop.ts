// Who is lodged where they serve: the first commando team, which holds a sealed and a control zone by a rota of its
// own, and the people of the isolation hotels. They stay there until the last zone is lifted and mix with nobody.
import { isAbsent, type OfficerPlan, units } from './bureau.ts'
import { gateOf, hold } from './ground.ts'

/**
 * People of the nine hotels, who fill 72 duties of 12 hours a day; nobody does more than five in seven days. A dozen
 * less and duties stay open; a dozen more and they are missing at the gates.
 */
const hotelHeads = { women: 45, police: 32, auxiliary: 36 }

/** `many` of a list, evenly spaced, so that no unit gives all its people. */
function spread<T>(list: readonly T[], many: number): T[] {
  const share = (n: number) => Math.floor((n * many) / list.length)
  return list.filter((_one, n) => share(n + 1) > share(n))
}

/** Own people who can be away for weeks: no heads of units, nobody ill, nobody whose unit does not lend. */
function sendable(everybody: readonly OfficerPlan[]): OfficerPlan[] {
  const lending = new Set(units.filter(unit => unit.lendable).map(unit => unit.name))
  return everybody.filter(
    (officer, n) =>
      lending.has(officer.unit) &&
      officer.kind !== 'attached' &&
      !isAbsent(officer, n) &&
      ['民警', '辅警'].includes(officer.title),
  )
}

/** Drivers are scarce at the checkpoints, so that others are lodged first. */
const drives = (officer: OfficerPlan): number => (officer.skills.includes('driver') ? 1 : 0)

const groupsMany = 4
/** Of each group: at the sealed zone's gate one police officer and three auxiliaries, at the control zone's one each. */
const atGate = { sealed: { police: 1, auxiliary: 3 }, control: { police: 1, auxiliary: 1 } }

/** The first commando team: 8 police and 16 auxiliaries of the patrol brigade who may wear suits. The first leads. */
export function commandoOne(everybody: readonly OfficerPlan[]): OfficerPlan[] {
  const fit = sendable(everybody).filter(
    officer => officer.unit === '巡特警大队' && officer.sex === 'male' && officer.skills.includes('ppe'),
  )
  const many = (kind: 'police' | 'auxiliary') => groupsMany * (atGate.sealed[kind] + atGate.control[kind])
  return (['police', 'auxiliary'] as const).flatMap(kind => {
    const own = fit.filter(officer => officer.kind === kind)
    const some = own.sort((a, b) => drives(a) - drives(b)).slice(0, many(kind))
    if (some.length < many(kind)) throw new Error(`the patrol brigade has not ${many(kind)} ${kind} to send`)
    return some
  })
}

/** The people of the nine hotels; the roster says who goes to which, and there he stays. */
export function hotelPeople(everybody: readonly OfficerPlan[]): OfficerPlan[] {
  const taken = new Set(commandoOne(everybody))
  const free = sendable(everybody).filter(officer => !taken.has(officer) && drives(officer) === 0)
  const men = free.filter(officer => officer.sex === 'male')
  const of = (kind: 'police' | 'auxiliary') =>
    spread(
      men.filter(officer => officer.kind === kind),
      hotelHeads[kind],
    )
  const women = spread(
    free.filter(officer => officer.sex === 'female'),
    hotelHeads.women,
  )
  return [...women, ...of('police'), ...of('auxiliary')]
}

export interface HeldDuty {
  badge: string
  /** Offset of the duty day. */
  day: number
  post: string
  pattern: 'fourBySix'
  bands: string[]
}

/**
 * The rota of the hold. Four groups take turns: a day of 12 hours, a night of 12 hours, two days off. So at every
 * minute one whole group is on duty, 48 hours a week for each, and nobody changes his gate.
 */
export function holdRota(everybody: readonly OfficerPlan[]): HeldDuty[] {
  const team = commandoOne(everybody)
  const [sealedZone, controlZone] = hold.zones
  const seats = (['police', 'auxiliary'] as const).flatMap(kind => [
    ...Array.from({ length: atGate.sealed[kind] }, () => ({ kind, post: gateOf(sealedZone) })),
    ...Array.from({ length: atGate.control[kind] }, () => ({ kind, post: gateOf(controlZone) })),
  ])
  const duties: HeldDuty[] = []
  for (const [seat, { kind, post }] of seats.entries()) {
    const nth = seats.slice(0, seat).filter(one => one.kind === kind).length
    const own = team.filter(officer => officer.kind === kind).slice(nth * groupsMany, (nth + 1) * groupsMany)
    for (let day = hold.from; day <= hold.until; day += 1) {
      for (const [group, officer] of own.entries()) {
        const turn = (((day - hold.from - group) % groupsMany) + groupsMany) % groupsMany
        if (turn > 1) continue
        const bands = turn === 0 ? ['morning', 'afternoon'] : ['evening', 'night']
        duties.push({ badge: officer.badge, day, post, pattern: 'fourBySix', bands })
      }
    }
  }
  return duties
}
