import { z } from 'zod'
import {
  codeHash,
  command,
  day,
  everyone,
  health,
  id,
  instant,
  listInput,
  orderInput,
  pageOf,
  personal,
  query,
  staffName,
} from '../../kernel/contract.ts'
import {
  availabilityStates,
  demandSkills,
  name,
  officerKind,
  openSpan,
  sex,
  skill,
} from './contracts-words.ts'

const keepers = ['administrator', 'commander', 'system'] as const
/** Unit leaders keep the people of their own units; the handler checks the scope. */
const keepersAndLeaders = ['administrator', 'commander', 'unitLeader', 'system'] as const

const officerFields = {
  officerId: id(),
  badge: staffName(20).min(1),
  name: staffName(60).min(1).regex(/\S/),
  kind: officerKind,
  sex: sex.default('unknown'),
  title: z.string().max(60).default(''),
  /** Required for an attached officer. */
  homeAgency: z.string().max(80).nullable().default(null),
  ...openSpan,
}

export const addOfficer = command({
  name: 'people.addOfficer',
  title: { zh: '新增警力', en: 'Add an officer' },
  roles: keepersAndLeaders,
  input: z.strictObject({
    ...officerFields,
    unitId: id(),
    phone: personal('officerId', 40).nullable().default(null),
  }),
})

export const changeOfficer = command({
  name: 'people.changeOfficer',
  title: { zh: '修改警力资料', en: 'Change an officer' },
  roles: keepersAndLeaders,
  input: z.strictObject({
    ...officerFields,
    /** Left out: stays as it is. Null: removed. */
    phone: personal('officerId', 40).nullable().optional(),
  }),
})

/** Gives officers their sign-in: role officer, scope their unit, a one-time code good for a week. */
export const openAccounts = command({
  name: 'people.openAccounts',
  title: { zh: '开通账号', en: 'Open accounts for officers' },
  roles: ['administrator', 'system'],
  input: z.strictObject({
    officers: z
      .array(z.strictObject({ officerId: id(), accountId: id(), codeHash: codeHash() }))
      .min(1)
      .max(1_000),
  }),
  output: z.strictObject({
    /** Officers whose account was opened; the code of each other one is void, because he had an account. */
    opened: z.array(z.string()),
    expiresAt: z.string(),
  }),
})

export const transferOfficer = command({
  name: 'people.transferOfficer',
  title: { zh: '调动', en: 'Transfer officers' },
  roles: keepers,
  input: z.strictObject({ officerIds: z.array(id()).min(1).max(1_000), unitId: id() }),
})

export const retireOfficer = command({
  name: 'people.retireOfficer',
  title: { zh: '离册', en: 'Take an officer off the books' },
  roles: keepers,
  input: z.strictObject({ officerId: id(), endsOn: day() }),
})

export const reactivateOfficer = command({
  name: 'people.reactivateOfficer',
  title: { zh: '恢复在册', en: 'Put an officer back on the books' },
  roles: keepers,
  input: z.strictObject({ officerId: id() }),
})

export const grantSkill = command({
  name: 'people.grantSkill',
  title: { zh: '授予资质', en: 'Grant a skill' },
  roles: keepersAndLeaders,
  input: z.strictObject({
    officerIds: z.array(id()).min(1).max(1_000),
    skill,
    validFrom: day().nullable().default(null),
    validUntil: day().nullable().default(null),
  }),
})

export const withdrawSkill = command({
  name: 'people.withdrawSkill',
  title: { zh: '收回资质', en: 'Withdraw a skill' },
  roles: keepersAndLeaders,
  input: z.strictObject({ officerId: id(), skill }),
})

export const reportUnavailable = command({
  name: 'people.reportUnavailable',
  title: { zh: '登记不可用', en: 'Report an officer unavailable' },
  /** An officer reports for himself only; the handler checks. */
  roles: [
    'administrator',
    'commander',
    'dutyOfficer',
    'unitLeader',
    'officer',
    'healthOfficer',
    'logistics',
    'inspector',
    'publicity',
    'counsellor',
    'system',
  ],
  input: z.strictObject({
    availabilityId: id(),
    officerId: id(),
    state: z.enum(['unavailable', 'limited']),
    /** For `limited`: not on night bands. */
    noNights: z.boolean().default(false),
    beginsAt: instant(),
    endsAt: instant(),
    reason: health('officerId', 500).nullable().default(null),
  }),
})

export const withdrawUnavailable = command({
  name: 'people.withdrawUnavailable',
  title: { zh: '撤回不可用登记', en: 'Withdraw an unavailability' },
  roles: reportUnavailable.roles,
  input: z.strictObject({ availabilityId: id() }),
})

/** He is back earlier: the absence ends then, and what lay before stays. One that has not begun is withdrawn. */
export const endUnavailable = command({
  name: 'people.endUnavailable',
  title: { zh: '提前结束不可用', en: 'End an unavailability early' },
  roles: reportUnavailable.roles,
  input: z.strictObject({ availabilityId: id(), endsAt: instant() }),
})

export const secondOfficer = command({
  name: 'people.secondOfficer',
  title: { zh: '下沉或借调出去', en: 'Second an officer out' },
  roles: keepersAndLeaders,
  input: z.strictObject({
    secondmentId: id(),
    officerId: id(),
    toWhom: name(80),
    beginsOn: day(),
    endsOn: day(),
  }),
})

export const endSecondment = command({
  name: 'people.endSecondment',
  title: { zh: '结束下沉借调', en: 'End a secondment' },
  roles: keepersAndLeaders,
  input: z.strictObject({ secondmentId: id(), endsOn: day() }),
})

export const withdrawSecondment = command({
  name: 'people.withdrawSecondment',
  title: { zh: '撤销下沉借调', en: 'Withdraw a secondment' },
  roles: keepersAndLeaders,
  input: z.strictObject({ secondmentId: id() }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const officerRow = z.strictObject({
  officerId: z.string(),
  badge: z.string(),
  name: z.string(),
  kind: officerKind,
  sex,
  unitId: z.string(),
  unitName: z.string(),
  title: z.string(),
  homeAgency: z.string().nullable(),
  beginsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  active: z.boolean(),
  hasPhone: z.boolean(),
  /** Valid today, with `woman` where it follows from sex. */
  skills: z.array(z.enum(demandSkills)),
  /** Now; never why. `until` is the end of the stretch. */
  availability: z.strictObject({
    state: z.enum(availabilityStates),
    noNights: z.boolean(),
    until: z.string().nullable(),
    /** Sent out to a community or another agency. */
    secondedTo: z.string().nullable(),
  }),
})

export const officerFilters = {
  /** The unit and everything below it. */
  unitId: id().optional(),
  kinds: z.array(officerKind).max(4).optional(),
  skill: z.enum(demandSkills).optional(),
  availability: z.enum([...availabilityStates, 'seconded']).optional(),
  /** `active` (default): on the books today; `retired`: not any more; `all`. */
  books: z.enum(['active', 'retired', 'all']).default('active'),
  /** On the books on any of these duty days; overrides `books`. */
  between: z.strictObject({ from: day(), until: day() }).optional(),
  /** Unavailable at any moment of this stretch. */
  unavailableBetween: z.strictObject({ begins: instant(), ends: instant() }).optional(),
}

export const officerOrders = [
  'name',
  'badge',
  'kind',
  'unit',
  'title',
  'homeAgency',
  'beginsOn',
  'endsOn',
] as const

export const officers = query({
  name: 'people.officers',
  title: { zh: '警力列表', en: 'Officers' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ ...listInput, ...orderInput(officerOrders), ...officerFilters }),
  output: pageOf(officerRow),
})

export const officer = query({
  name: 'people.officer',
  title: { zh: '警力详情', en: 'An officer' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ officerId: id() }),
  output: z.strictObject({
    ...officerRow.shape,
    grants: z.array(
      z.strictObject({
        skill,
        validFrom: z.string().nullable(),
        validUntil: z.string().nullable(),
        valid: z.boolean(),
      }),
    ),
    absences: z.array(
      z.strictObject({
        availabilityId: z.string(),
        state: z.enum(['unavailable', 'limited']),
        noNights: z.boolean(),
        beginsAt: z.string(),
        endsAt: z.string(),
        /** A reason is on record; only the health officer can open it. */
        hasReason: z.boolean(),
      }),
    ),
    secondments: z.array(
      z.strictObject({
        secondmentId: z.string(),
        toWhom: z.string(),
        beginsOn: z.string(),
        endsOn: z.string(),
      }),
    ),
    teams: z.array(
      z.strictObject({
        teamId: z.string(),
        name: z.string(),
        kind: z.string(),
        beginsOn: z.string(),
        endsOn: z.string().nullable(),
        leads: z.boolean(),
      }),
    ),
  }),
})

export const availabilityReason = query({
  name: 'people.availabilityReason',
  title: { zh: '查看不可用原因', en: 'Open the reason of an absence' },
  roles: ['healthOfficer'],
  opens: true,
  input: z.strictObject({ availabilityId: id(), purpose: z.string().min(2).max(500) }),
  output: z.strictObject({
    officerId: z.string(),
    /** Null: none was given, or the person's key has been destroyed. */
    reason: z.string().nullable(),
  }),
})

export const officerPhones = query({
  name: 'people.officerPhones',
  title: { zh: '查看联系电话', en: 'Open phone numbers' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'healthOfficer'],
  opens: true,
  input: z.strictObject({
    officerIds: z.array(id()).min(1).max(5_000),
    purpose: z.string().min(2).max(500),
  }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ officerId: z.string(), phone: z.string().nullable() })),
  }),
})

export const summary = query({
  name: 'people.summary',
  title: { zh: '警力概况', en: 'Officers in figures' },
  roles: [...everyone, 'system'],
  input: z.strictObject({}),
  output: z.strictObject({
    /** Police, auxiliary and civilian on the books today; attached and partners are counted apart. */
    officers: z.int(),
    police: z.int(),
    auxiliary: z.int(),
    civilian: z.int(),
    attached: z.int(),
    unavailable: z.int(),
    limited: z.int(),
    seconded: z.int(),
    partners: z.int(),
    units: z.array(
      z.strictObject({
        unitId: z.string(),
        unitName: z.string(),
        police: z.int(),
        auxiliary: z.int(),
        civilian: z.int(),
        attached: z.int(),
      }),
    ),
  }),
})
