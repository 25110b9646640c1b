// What the force is mobilised for and at which level: every capability hangs on one operation.
import { z } from 'zod'
import {
  command,
  day,
  everyone,
  id,
  instant,
  listInput,
  pageOf,
  problems,
  query,
  staffName,
  staffText,
} from '../../kernel/contract.ts'

/** 1 is full mobilisation, 3 the least. */
export const dutyLevel = z.int().min(1).max(3)
export const operationState = z.enum(['planned', 'running', 'ended'])
const name = () => z.string().min(1).max(80).regex(/\S/)

export const openOperation = command({
  name: 'operations.openOperation',
  title: { zh: '启动专项勤务', en: 'Open an operation' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({
    operationId: id(),
    name: name(),
    beginsOn: day(),
    /** Planned last day, where one is known. */
    endsOn: day().nullable().default(null),
  }),
})

export const changeOperation = command({
  name: 'operations.changeOperation',
  title: { zh: '修改专项勤务', en: 'Change an operation' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({ operationId: id(), name: name(), beginsOn: day(), endsOn: day().nullable() }),
})

export const startOperation = command({
  name: 'operations.startOperation',
  title: { zh: '转为进行中', en: 'Start a planned operation' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({ operationId: id() }),
})

export const endOperation = command({
  name: 'operations.endOperation',
  title: { zh: '结束专项勤务', en: 'End an operation' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({
    operationId: id(),
    /** The last duty day that belongs to it; not after today. */
    endsOn: day(),
  }),
})

export const orderLevel = command({
  name: 'operations.orderLevel',
  title: { zh: '下达勤务等级', en: 'Order a duty level' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'system'],
  input: z.strictObject({
    levelId: id(),
    operationId: id(),
    level: dutyLevel,
    /** Null: the whole bureau, or what `scopeText` describes. */
    scopeUnitId: id().nullable().default(null),
    scopeText: staffText(80).min(1).default('全局'),
    reason: staffText(500).min(1),
    orderNumber: z.string().min(1).max(60),
    orderedBy: staffName(60).min(1),
    beginsAt: instant(),
    fallsBackAt: instant(),
    fallsBackTo: dutyLevel,
    /**
     * Officers are called back with it, in the one step; the command post does it, which stands above this module. Of
     * each unit in the scope so many are to be in: everybody at level 1, half at level 2 unless it says otherwise.
     */
    recall: z
      .strictObject({ reportBy: instant(), sharePercent: z.int().min(1).max(100) })
      .nullable()
      .default(null),
  }),
})

export const endLevel = command({
  name: 'operations.endLevel',
  title: { zh: '提前回落勤务等级', en: 'End a duty level early' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'system'],
  input: z.strictObject({ levelId: id(), reason: staffText(500).min(1) }),
})

export const fallBack = command({
  name: 'operations.fallBack',
  title: { zh: '勤务等级到时回落', en: 'A duty level falls back at its time' },
  roles: ['system'],
  input: z.strictObject({ levelId: id() }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const operationRow = z.strictObject({
  operationId: z.string(),
  name: z.string(),
  beginsOn: z.string(),
  endsOn: z.string().nullable(),
  state: operationState,
  /** Duty days begun so far, counting the first; 0 before it. */
  days: z.int(),
})

export const levelRow = z.strictObject({
  levelId: z.string(),
  operationId: z.string(),
  level: dutyLevel,
  scopeUnitId: z.string().nullable(),
  scopeText: z.string(),
  reason: z.string(),
  orderNumber: z.string(),
  orderedBy: z.string(),
  beginsAt: z.string(),
  fallsBackAt: z.string(),
  fallsBackTo: dutyLevel,
  endedAt: z.string().nullable(),
  /** `inForce` now; `ahead` of its time; `fallenBack` at its time or early; `replaced` by a later order. */
  state: z.enum(['ahead', 'inForce', 'fallenBack', 'replaced']),
  /** The level that holds now under this order: its own, or the one it fell back to. */
  levelNow: dutyLevel,
})

export const operationList = query({
  name: 'operations.list',
  title: { zh: '专项勤务列表', en: 'Operations' },
  roles: [...everyone, 'system'],
  input: z.strictObject(listInput),
  output: pageOf(operationRow),
})

export const currentOperation = query({
  name: 'operations.current',
  title: { zh: '当前专项勤务', en: 'The running operation' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ operationId: id().optional() }),
  output: z.strictObject({
    now: z.string(),
    dutyDay: z.string(),
    operation: operationRow.nullable(),
    /** For the whole bureau; null while no order was ever given. */
    level: levelRow.nullable(),
    /** The level in each narrower scope that has one. */
    scopes: z.array(levelRow),
    /** For the switch in the top bar. */
    running: z.array(operationRow),
  }),
})

export const levelHistory = query({
  name: 'operations.levels',
  title: { zh: '勤务等级沿革', en: 'Duty levels over time' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ ...listInput, operationId: id() }),
  output: pageOf(levelRow),
})

// ----------------------------------------------------------------------------------------------------- problems

export const operationsProblems = problems('operations', {
  operationMissing: {
    status: 404,
    zh: '找不到该专项勤务。',
    en: 'There is no such operation.',
    doZh: '请刷新列表后重新选择。',
    doEn: 'Refresh the list and choose again.',
  },
  recallNeedsScope: {
    status: 422,
    zh: '范围“{scope}”是文字描述，无法确定召回哪些单位。',
    en: 'The scope “{scope}” is in words; nobody can tell whom to call back.',
    doZh: '请把范围改为全局，或下达等级后在“召回”中选择单位。',
    doEn: 'Make the scope the whole bureau, or call back by units on the recall page.',
  },
  recallPast: {
    status: 422,
    zh: '召回报到时限须晚于现在，且不超过 7 天。',
    en: 'Those called back must report after now, and within 7 days.',
    doZh: '请改填报到时限。',
    doEn: 'Choose another time.',
  },
  operationExists: {
    status: 409,
    zh: '该专项勤务已经登记。',
    en: 'This operation is already in the books.',
    doZh: '请刷新列表。',
    doEn: 'Refresh the list.',
  },
  operationEnded: {
    status: 409,
    zh: '“{name}”已于 {day} 结束，不能再改动。',
    en: '“{name}” ended on {day} and cannot be changed.',
    doZh: '如需继续，请启动新的专项勤务。',
    doEn: 'Open a new operation to go on.',
  },
  endsBeforeItBegins: {
    status: 422,
    zh: '结束日不能早于开始日。',
    en: 'The last day cannot be before the first.',
    doZh: '请核对两个日期。',
    doEn: 'Check both days.',
  },
  endsInFuture: {
    status: 422,
    zh: '{day} 还没有到，不能现在就结束。',
    en: '{day} has not come yet; the operation cannot end on it now.',
    doZh: '请改填计划结束日，或选择今天及以前的日期。',
    doEn: 'Set the planned end instead, or choose today or earlier.',
  },
  notYetBegun: {
    status: 409,
    zh: '该专项勤务 {day} 才开始。',
    en: 'The operation begins on {day}.',
    doZh: '如需提前，请先修改开始日。',
    doEn: 'Change its first day to begin earlier.',
  },
  levelExists: {
    status: 409,
    zh: '该勤务等级命令已经登记。',
    en: 'This order is already in the books.',
    doZh: '请刷新页面。',
    doEn: 'Refresh the page.',
  },
  levelMissing: {
    status: 404,
    zh: '找不到该勤务等级命令。',
    en: 'There is no such order.',
    doZh: '请刷新页面。',
    doEn: 'Refresh the page.',
  },
  levelOver: {
    status: 409,
    zh: '该勤务等级已经结束或回落。',
    en: 'This level has already ended or fallen back.',
    doZh: '请刷新页面；如需调整请下达新命令。',
    doEn: 'Refresh; give a new order to change the level.',
  },
  levelNotDue: {
    status: 409,
    zh: '该勤务等级还没有到回落时间。',
    en: 'This level is not due to fall back yet.',
    doZh: '如需提前结束，请用“提前回落”。',
    doEn: 'Use “end early” to end it before its time.',
  },
  fallsBackTooEarly: {
    status: 422,
    zh: '回落时间必须晚于生效时间。',
    en: 'The time it falls back must be after the time it begins.',
    doZh: '请核对两个时间。',
    doEn: 'Check both times.',
  },
  fallsBackTooLate: {
    status: 422,
    zh: '一道命令最长 {days} 天，到期须重新下达。',
    en: 'One order holds for {days} days at most and must then be given anew.',
    doZh: '请把回落时间提前。',
    doEn: 'Choose an earlier time.',
  },
  fallsBackUp: {
    status: 422,
    zh: '回落后的等级不能高于 {level} 级勤务。',
    en: 'It cannot fall back to more than level {level}.',
    doZh: '一级最高、三级最低；请选择相同或更低的等级。',
    doEn: 'Level 1 is the highest; choose the same or a lower one.',
  },
})
