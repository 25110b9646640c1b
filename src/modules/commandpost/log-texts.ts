// The wording of the system's own entries, in both languages, and what they are about.
import type { InputOf } from '../../kernel/contract.ts'
import type { SystemHands } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import type { endLevel, fallBack, orderLevel } from '../operations/contracts.ts'
import { levelOrder, operationsRunning } from '../operations/index.ts'
import type { addZones, changeZoneKind, extendZone, liftZone, openZone } from '../posts/contracts.ts'
import { zoneKindTitles } from '../posts/contracts.ts'
import { zonesFor } from '../posts/index.ts'
import { publicationOf } from '../roster/index.ts'
import type { publish } from '../roster/contracts.ts'
import type { Happened, Telling } from './follow-ups.ts'

const levelZh = (level: number) => `${'一二三'.charAt(level - 1)}级勤务`
const levelEn = (level: number) => `level ${level}`

/** `11月3日 20:00` and `3 Nov 20:00` where the bureau is. */
export function moment(hands: SystemHands, instant: string): { zh: string; en: string } {
  const parts: Record<string, string> = {}
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: hands.agency.timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  for (const { type, value } of format.formatToParts(new Date(instant))) parts[type] = value
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const clock = `${parts.hour}:${parts.minute}`
  const [month, day] = [Number(parts.month), Number(parts.day)]
  return { zh: `${month}月${day}日 ${clock}`, en: `${day} ${months[month - 1] ?? ''} ${clock}` }
}
const dayZh = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

// ------------------------------------------------------------------------------------------------------- levels

export async function levelOrdered({
  hands,
  input,
}: Happened<InputOf<typeof orderLevel>>): Promise<Telling[]> {
  const [begins, ends] = [moment(hands, input.beginsAt), moment(hands, input.fallsBackAt)]
  return [
    {
      operationId: input.operationId,
      unitId: input.scopeUnitId,
      zh: `${input.scopeText}${levelZh(input.level)}，${begins.zh} 起，${ends.zh} 回落为${levelZh(input.fallsBackTo)}(${input.orderNumber}，${input.orderedBy})。${input.reason}`,
      en: `Duty ${levelEn(input.level)} for ${input.scopeText} from ${begins.en}, falling back to ${levelEn(input.fallsBackTo)} at ${ends.en} (${input.orderNumber}, ${input.orderedBy}). ${input.reason}`,
    },
  ]
}

async function orderOf(hands: SystemHands, levelId: string) {
  return hands.read(db => levelOrder(db, hands.agency.agencyId, levelId))
}

export async function levelEnded({ hands, input }: Happened<InputOf<typeof endLevel>>): Promise<Telling[]> {
  const row = await orderOf(hands, input.levelId)
  if (!row) return []
  return [
    {
      operationId: row.operation_id,
      unitId: row.scope_unit_id,
      zh: `${row.scope_text}${levelZh(row.level)}(${row.order_number})提前结束。${input.reason}`,
      en: `Duty ${levelEn(row.level)} for ${row.scope_text} (${row.order_number}) ended early. ${input.reason}`,
    },
  ]
}

export async function levelFell({ hands, input }: Happened<InputOf<typeof fallBack>>): Promise<Telling[]> {
  const row = await orderOf(hands, input.levelId)
  if (!row) return []
  return [
    {
      operationId: row.operation_id,
      unitId: row.scope_unit_id,
      zh: `${row.scope_text}${levelZh(row.level)}(${row.order_number})到时回落为${levelZh(row.falls_back_to)}。`,
      en: `Duty ${levelEn(row.level)} for ${row.scope_text} (${row.order_number}) fell back to ${levelEn(row.falls_back_to)}.`,
    },
  ]
}

// ------------------------------------------------------------------------------------------------------- roster

export async function rosterPublished({
  hands,
  input,
  answer,
}: Happened<InputOf<typeof publish>>): Promise<Telling[]> {
  const found = await hands.read(db => publicationOf(db, hands.agency.agencyId, input.planId))
  if (!found) return []
  const { version, assignments } = answer as { version: number; assignments: number }
  const { operationId, fromDay, untilDay } = found
  return [
    {
      operationId,
      zh: `发布勤务表第 ${version} 版(${dayZh(fromDay)}—${dayZh(untilDay)})，共 ${assignments} 个班次。`,
      en: `Roster version ${version} published for ${fromDay} to ${untilDay}: ${assignments} duties.`,
    },
  ]
}

// -------------------------------------------------------------------------------------------------------- zones

type NewZone = Omit<InputOf<typeof openZone>, 'operationId'>

function opened(hands: SystemHands, operationId: string, zone: NewZone): Telling {
  const [begins, ends] = [moment(hands, zone.beginsAt), moment(hands, zone.plannedEndAt)]
  const kind = zoneKindTitles[zone.kind]
  return {
    operationId,
    zoneId: zone.zoneId,
    unitId: zone.unitId,
    zh: `${zone.name}划为${kind.zh}，${begins.zh} 起至 ${ends.zh}(${zone.orderNumber}，${zone.approver})。`,
    en: `${zone.name}: ${kind.en.toLowerCase()} from ${begins.en} to ${ends.en} (${zone.orderNumber}, ${zone.approver}).`,
  }
}

export async function zoneOpened({ hands, input }: Happened<InputOf<typeof openZone>>): Promise<Telling[]> {
  const { operationId, ...zone } = input
  return [opened(hands, operationId, zone)]
}

export async function zonesOpened({ hands, input }: Happened<InputOf<typeof addZones>>): Promise<Telling[]> {
  const { operationId, zones } = input
  if (zones.length <= 40) return zones.map(zone => opened(hands, operationId, zone))
  const names = zones
    .slice(0, 20)
    .map(zone => zone.name)
    .join('、')
  return [
    {
      operationId,
      zh: `划定 ${zones.length} 个区域：${names}等。`,
      en: `${zones.length} zones opened: ${names} and others.`,
    },
  ]
}

interface FoundZone {
  operationId: string
  name: string
  unitId: string | null
}

async function zoneOf(hands: SystemHands, zoneId: string, at: string): Promise<FoundZone | undefined> {
  const { agency } = hands
  return hands.read(async db => {
    for (const { operationId } of await operationsRunning(db, agency.agencyId, dutyDayOf(agency, at))) {
      const zones = await zonesFor(db, agency.agencyId, operationId)
      const zone = zones.find(one => one.zoneId === zoneId)
      if (zone) return { operationId, name: zone.name, unitId: zone.unitId }
    }
    return undefined
  })
}

type Order = { zoneId: string; at: string; orderNumber: string; approver: string; reason: string }

async function aboutZone(
  { hands, input, at }: Happened<Order>,
  words: (name: string) => { zh: string; en: string },
): Promise<Telling[]> {
  const zone = await zoneOf(hands, input.zoneId, at)
  if (!zone) return []
  const said = words(zone.name)
  const from = moment(hands, input.at)
  return [
    {
      operationId: zone.operationId,
      zoneId: input.zoneId,
      unitId: zone.unitId,
      zh: `${said.zh}，${from.zh} 起(${input.orderNumber}，${input.approver})。${input.reason}`,
      en: `${said.en} from ${from.en} (${input.orderNumber}, ${input.approver}). ${input.reason}`,
    },
  ]
}

export const zoneChanged = (it: Happened<InputOf<typeof changeZoneKind>>) => {
  const kind = zoneKindTitles[it.input.kind]
  return aboutZone(it, name => ({
    zh: `${name}调整为${kind.zh}`,
    en: `${name} becomes a ${kind.en.toLowerCase()}`,
  }))
}
export const zoneExtended = (it: Happened<InputOf<typeof extendZone>>) => {
  const until = moment(it.hands, it.input.plannedEndAt)
  return aboutZone(it, name => ({
    zh: `${name}措施延长至 ${until.zh}`,
    en: `${name} is extended to ${until.en}`,
  }))
}
export const zoneLifted = (it: Happened<InputOf<typeof liftZone>>) =>
  aboutZone(it, name => ({ zh: `${name}解除`, en: `${name} is lifted` }))

// ------------------------------------------------------------------------------------------------------- alerts

interface Red {
  titleZh: string
  titleEn: string
  unitId: string | null
}
const alertsEach = 5

/** A few stand one by one; many at once are one thing to know, with the first of them by name. */
export function alerts(operationId: string, red: readonly Red[]): Telling[] {
  if (red.length <= alertsEach) {
    return red.map(one => ({
      operationId,
      kind: 'alert',
      unitId: one.unitId,
      zh: one.titleZh,
      en: one.titleEn,
    }))
  }
  const first = red.slice(0, 3)
  return [
    {
      operationId,
      kind: 'alert',
      zh: `红色预警 ${red.length} 条：${first.map(one => one.titleZh).join('；')}等。`,
      en: `${red.length} red alerts: ${first.map(one => one.titleEn).join('; ')} and others.`,
    },
  ]
}
