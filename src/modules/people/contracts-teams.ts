import { z } from 'zod'
import {
  command,
  day,
  everyone,
  id,
  listInput,
  orderInput,
  pageOf,
  personal,
  query,
  staffName,
} from '../../kernel/contract.ts'
import { name, partnerKind, teamKind } from './contracts-words.ts'

const keepers = ['administrator', 'commander', 'dutyOfficer', 'system'] as const
const partnerKeepers = ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'] as const

const partnerFields = {
  partnerId: id(),
  name: staffName(60).min(1).regex(/\S/),
  kind: partnerKind,
  organisation: name(80),
}

export const addPartner = command({
  name: 'people.addPartner',
  title: { zh: '新增联勤人员', en: 'Add a partner' },
  roles: partnerKeepers,
  input: z.strictObject({ ...partnerFields, phone: personal('partnerId', 40).nullable().default(null) }),
})

export const changePartner = command({
  name: 'people.changePartner',
  title: { zh: '修改联勤人员', en: 'Change a partner' },
  roles: partnerKeepers,
  input: z.strictObject({
    ...partnerFields,
    /** Left out: stays as it is. Null: removed. */
    phone: personal('partnerId', 40).nullable().optional(),
    active: z.boolean().default(true),
  }),
})

const member = z.strictObject({
  officerId: id(),
  beginsOn: day(),
  endsOn: day().nullable().default(null),
})

export const formTeam = command({
  name: 'people.formTeam',
  title: { zh: '组建队伍', en: 'Form a team' },
  roles: keepers,
  input: z.strictObject({
    teamId: id(),
    name: name(60),
    kind: teamKind,
    leaderId: id().nullable().default(null),
    beginsOn: day(),
    endsOn: day().nullable().default(null),
    members: z.array(member).max(1_000).default([]),
  }),
})

export const changeTeam = command({
  name: 'people.changeTeam',
  title: { zh: '修改队伍', en: 'Change a team' },
  roles: keepers,
  input: z.strictObject({ teamId: id(), name: name(60), leaderId: id().nullable() }),
})

export const addMembers = command({
  name: 'people.addMembers',
  title: { zh: '编入队员', en: 'Add members to a team' },
  roles: keepers,
  input: z.strictObject({ teamId: id(), members: z.array(member).min(1).max(1_000) }),
})

export const removeMember = command({
  name: 'people.removeMember',
  title: { zh: '队员离队', en: 'A member leaves a team' },
  roles: keepers,
  input: z.strictObject({
    teamId: id(),
    officerId: id(),
    /** Last day in the team. */
    endsOn: day(),
  }),
})

export const dissolveTeam = command({
  name: 'people.dissolveTeam',
  title: { zh: '撤销队伍', en: 'Dissolve a team' },
  roles: keepers,
  input: z.strictObject({ teamId: id(), endsOn: day() }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const partnerOrders = ['name', 'kind', 'organisation', 'state'] as const

export const partners = query({
  name: 'people.partners',
  title: { zh: '联勤人员', en: 'Partners' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...listInput,
    ...orderInput(partnerOrders),
    kind: partnerKind.optional(),
    withClosed: z.boolean().default(false),
  }),
  output: pageOf(
    z.strictObject({
      partnerId: z.string(),
      name: z.string(),
      kind: partnerKind,
      organisation: z.string(),
      hasPhone: z.boolean(),
      active: z.boolean(),
    }),
  ),
})

export const teamOrders = ['name', 'kind', 'leader', 'members', 'days'] as const

export const teams = query({
  name: 'people.teams',
  title: { zh: '队伍', en: 'Teams' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...listInput,
    ...orderInput(teamOrders),
    teamId: id().optional(),
    kind: teamKind.optional(),
    /** Teams that stand on any of these days; all where left out. */
    between: z.strictObject({ from: day(), until: day() }).optional(),
  }),
  output: pageOf(
    z.strictObject({
      teamId: z.string(),
      name: z.string(),
      kind: teamKind,
      leaderId: z.string().nullable(),
      leaderName: z.string().nullable(),
      beginsOn: z.string(),
      endsOn: z.string().nullable(),
      /** Today, or on the team's last day where it is over. */
      memberCount: z.int(),
      members: z.array(
        z.strictObject({
          officerId: z.string(),
          name: z.string(),
          badge: z.string(),
          unitName: z.string(),
          beginsOn: z.string(),
          endsOn: z.string().nullable(),
        }),
      ),
    }),
  ),
})
