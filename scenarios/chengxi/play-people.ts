// The bureau comes in: units, operation and order, people from their sheet, teams, absences, accounts.
import { addAccount } from '../../src/modules/access/contracts.ts'
import { openOperation, orderLevel } from '../../src/modules/operations/contracts.ts'
import { addUnit, formTeam, importOfficers, reportUnavailable } from '../../src/modules/people/contracts.ts'
import type { DemonstrationAccount } from '../scenario.ts'
import { isAbsent, officers, units } from './bureau.ts'
import type { Course } from './course.ts'
import { days } from './ground.ts'
import { peopleSheet, rowsFromSheet } from './people-sheet.ts'
import { teams } from './teams.ts'

export async function openBooks(it: Course): Promise<void> {
  const { stage, operationId } = it
  stage.say({ zh: '建立单位和专项勤务', en: 'units and operation' })
  for (const [sort, unit] of units.entries()) {
    await stage.run(
      addUnit,
      {
        unitId: stage.id(`unit ${unit.key}`),
        parentId: null,
        name: unit.name,
        shortName: unit.short,
        kind: unit.kind,
        sort: (sort + 1) * 10,
        lendable: unit.lendable,
        place: null,
      },
      `addUnit ${unit.key}`,
    )
  }
  await stage.run(
    openOperation,
    { operationId, name: '秋季疫情防控专项勤务', beginsOn: it.day(0), endsOn: it.day(days - 1) },
    'openOperation',
  )
  await stage.run(
    orderLevel,
    {
      levelId: stage.id('level 1'),
      operationId,
      level: 1,
      scopeUnitId: null,
      scopeText: '全局',
      reason: '辖区报告首例阳性，启动一级勤务，取消休假',
      orderNumber: '城公指〔2021〕7号',
      orderedBy: '指挥长 周示一',
      beginsAt: it.at(0),
      fallsBackAt: it.at(days),
      fallsBackTo: 3,
      recall: null,
    },
    'orderLevel 1',
  )
}

/** Writes the sheet that a political office would send, and imports it as a clerk would. */
export async function bringPeople(it: Course): Promise<Map<string, string>> {
  const { stage } = it
  stage.say({ zh: '导入警力花名册', en: 'importing officers' })
  const bytes = await peopleSheet(it.day(0), it.day(days - 1))
  const rows = await rowsFromSheet(stage, bytes)
  await stage.run(importOfficers, { rows }, 'importOfficers')
  const ids = new Map(rows.map(row => [row.badge, row.officerId]))
  for (const team of teams(officers())) {
    await stage.run(
      formTeam,
      {
        teamId: stage.id(`team ${team.name}`),
        name: team.name,
        kind: team.kind,
        leaderId: ids.get(team.members[0] ?? '') ?? null,
        beginsOn: it.day(team.from),
        endsOn: it.day(team.until),
        members: team.members.flatMap(badge => {
          const officerId = ids.get(badge)
          return officerId ? [{ officerId, beginsOn: it.day(team.from), endsOn: it.day(team.until) }] : []
        }),
      },
      `formTeam ${team.name}`,
    )
  }
  const absent = officers().filter(isAbsent)
  for (const [n, officer] of absent.entries()) {
    await stage.run(
      reportUnavailable,
      {
        availabilityId: stage.id(`absent ${officer.badge}`),
        officerId: ids.get(officer.badge) ?? '',
        state: n % 4 === 3 ? 'limited' : 'unavailable',
        noNights: n % 4 === 3,
        beginsAt: it.at(n % 9),
        endsAt: it.at(Math.min(days, (n % 9) + 5 + (n % 4))),
        reason: n % 2 === 0 ? '居家健康监测(示例)' : '术后休养(示例)',
      },
      `reportUnavailable ${officer.badge}`,
    )
  }
  return ids
}

/** One account per role to show, on invented people of the bureau. */
export async function openAccounts(it: Course, people: Map<string, string>): Promise<DemonstrationAccount[]> {
  const { stage } = it
  const everybody = officers()
  const at = (unitKey: string, nth: number) => {
    const name = units.find(unit => unit.key === unitKey)?.name
    return everybody.filter(officer => officer.unit === name)[nth]
  }
  const shown = [
    ['administrator', at('office', 2)],
    ['commander', at('leaders', 0)],
    ['dutyOfficer', at('command', 3)],
    ['unitLeader', at('chengguan', 0)],
    ['officer', at('chengguan', 14)],
    ['logistics', at('logistics', 1)],
    ['inspector', at('inspection', 0)],
    ['healthOfficer', at('politics', 2)],
    ['counsellor', at('politics', 3)],
    ['publicity', at('politics', 4)],
    ['viewer', at('legal', 3)],
  ] as const
  const accounts: DemonstrationAccount[] = []
  for (const [role, person] of shown) {
    if (!person) throw new Error(`the bureau has nobody to be ${role}`)
    const accountId = stage.id(`account ${role}`)
    const scope = role === 'unitLeader' || role === 'officer'
    await stage.run(
      addAccount,
      {
        accountId,
        badge: person.badge,
        name: person.name,
        roles: [role],
        scopeUnitId: scope ? stage.id('unit chengguan') : null,
        officerId: people.get(person.badge) ?? null,
      },
      `addAccount ${role}`,
    )
    accounts.push({ role, badge: person.badge, accountId })
  }
  return accounts
}
