import { z } from 'zod'
import {
  codeHash,
  command,
  everyone,
  id,
  instant,
  listInput,
  orderInput,
  problems,
  query,
  type Role,
  roles,
  staffName,
} from '../../kernel/contract.ts'

export const role = z.enum(roles)

export const foundAgency = command({
  name: 'access.foundAgency',
  title: { zh: '建立单位', en: 'Found an agency' },
  roles: ['system'],
  input: z.strictObject({
    code: z.string().regex(/^[a-z0-9-]{1,40}$/),
    name: z.string().min(1).max(80),
    kind: z.enum(['real', 'rehearsal']),
    hostName: z.string().max(200).nullable().default(null),
  }),
})

export const changeAgency = command({
  name: 'access.changeAgency',
  title: { zh: '修改单位设置', en: 'Change agency settings' },
  roles: ['administrator'],
  input: z.strictObject({
    name: z.string().min(1).max(80),
    hostName: z.string().max(200).nullable(),
    handOverMinute: z.int().min(0).max(1439),
  }),
})

export const addAccount = command({
  name: 'access.addAccount',
  title: { zh: '新增账号', en: 'Add an account' },
  roles: ['administrator', 'system'],
  input: z.strictObject({
    accountId: id(),
    badge: staffName(20).min(1),
    name: staffName(60).min(1),
    roles: z.array(role).min(1).max(roles.length),
    scopeUnitId: id().nullable().default(null),
    officerId: id().nullable().default(null),
  }),
})

export const changeAccount = command({
  name: 'access.changeAccount',
  title: { zh: '修改账号权限', en: 'Change the rights of an account' },
  roles: ['administrator'],
  input: z.strictObject({
    accountId: id(),
    roles: z.array(role).min(1).max(roles.length),
    scopeUnitId: id().nullable(),
    active: z.boolean(),
  }),
})

/** The code is made by the client, shown once and handed over; the server is told only its hash. */
export const issueResetCode = command({
  name: 'access.issueResetCode',
  title: { zh: '发放一次性重置码', en: 'Issue a one-time reset code' },
  roles: ['administrator'],
  input: z.strictObject({
    accountId: id(),
    codeHash: codeHash(),
    /** Half an hour across a desk; up to a week on a printed slip. */
    minutes: z.int().min(5).max(10_080).default(30),
  }),
  output: z.strictObject({ expiresAt: instant() }),
})

export const accountOrders = ['name', 'badge', 'scope', 'state'] as const

export const accounts = query({
  name: 'access.accounts',
  title: { zh: '账号列表', en: 'Accounts' },
  roles: ['administrator', 'system'],
  input: z.strictObject({
    ...listInput,
    ...orderInput(accountOrders),
  }),
  output: z.strictObject({
    total: z.int(),
    rows: z.array(
      z.strictObject({
        accountId: z.string(),
        badge: z.string(),
        name: z.string(),
        roles: z.array(role),
        scopeUnitId: z.string().nullable(),
        officerId: z.string().nullable(),
        active: z.boolean(),
      }),
    ),
  }),
})

export const agencySettings = query({
  name: 'access.agency',
  title: { zh: '单位设置', en: 'Agency settings' },
  roles: [...everyone, 'system'],
  input: z.strictObject({}),
  output: z.strictObject({
    code: z.string(),
    name: z.string(),
    kind: z.enum(['real', 'rehearsal']),
    hostName: z.string().nullable(),
    timeZone: z.string(),
    handOverMinute: z.int(),
    now: instant(),
    dutyDay: z.string(),
  }),
})

export const accessProblems = problems('access', {
  badgeTaken: {
    status: 409,
    zh: '该警号已有账号。',
    en: 'There is already an account with this badge number.',
    doZh: '请核对警号，或修改原账号。',
    doEn: 'Check the number, or change the account that exists.',
  },
  unitMissing: {
    status: 404,
    zh: '找不到所选的单位。',
    en: 'There is no such unit.',
    doZh: '请重新选择范围。',
    doEn: 'Choose the scope again.',
  },
  lastAdministrator: {
    status: 409,
    zh: '这是最后一个可用的管理员账号，不能停用或取消管理员。',
    en: 'This is the last active administrator; it cannot be closed or stripped of the role.',
    doZh: '请先指定另一名管理员。',
    doEn: 'Appoint another administrator first.',
  },
  agencyExists: {
    status: 409,
    zh: '该单位代码已存在。',
    en: 'There is already an agency with this code.',
    doZh: '请换一个代码。',
    doEn: 'Choose another code.',
  },
})

export type AccountRole = Role
