// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { TableWords } from '../../../ui/index.ts'
import { absenceTitles, objectionOutcomeTitles, wayTitles } from '../contracts.ts'
import { handoverFields } from './handover-fields.ts'

const seat = {
  officer_id: { zh: '人员', en: 'Officer' },
  post_id: { zh: '点位', en: 'Post' },
  day: { zh: '勤务日', en: 'Duty day' },
  band: { zh: '班次', en: 'Band' },
  period: { zh: '时间', en: 'Time' },
}

export const attendanceFields: Record<string, TableWords> = {
  ...handoverFields,
  presence: {
    zh: '签到',
    en: 'Presence',
    hidden: [
      'presence_id',
      'operation_id',
      'assignment_id',
      'stand_in_id',
      'replaces',
      'pattern_id',
      'recorded_by',
    ],
    fields: {
      ...seat,
      came_at: { zh: '签到时间', en: 'Came' },
      late_minutes: { zh: '迟到(分)', en: 'Late (min)' },
      way: { zh: '方式', en: 'How', values: wayTitles },
      accuracy: {
        zh: '定位精度',
        en: 'Accuracy',
        values: { fine: { zh: '30 米内', en: 'within 30 m' }, fair: { zh: '100 米内', en: 'within 100 m' } },
      },
      recorded_at: { zh: '录入时间', en: 'Entered' },
      left_at: { zh: '签退时间', en: 'Left' },
      left_way: { zh: '签退方式', en: 'Left how', values: wayTitles },
      early_minutes: { zh: '早退(分)', en: 'Early (min)' },
      left_recorded_at: { zh: '签退录入', en: 'Leaving entered' },
      voided_at: { zh: '作废时间', en: 'Voided' },
      voided_why: { zh: '作废原因', en: 'Why voided' },
    },
  },
  stand_in: {
    zh: '顶班',
    en: 'Stand-in',
    hidden: ['stand_in_id', 'operation_id', 'replaces', 'pattern_id', 'ordered_by'],
    fields: {
      ...seat,
      replaces_officer_id: { zh: '顶替', en: 'Instead of' },
      ordered_at: { zh: '安排时间', en: 'Ordered' },
      cancelled_at: { zh: '取消时间', en: 'Cancelled' },
    },
  },
  absence: {
    zh: '未到岗',
    en: 'Absence',
    hidden: ['absence_id', 'operation_id', 'assignment_id', 'pattern_id', 'declared_by'],
    fields: {
      ...seat,
      kind: { zh: '登记为', en: 'Declared', values: absenceTitles },
      declared_at: { zh: '登记时间', en: 'Declared at' },
      ended_at: { zh: '解除时间', en: 'Ended' },
    },
  },
  post_code: {
    zh: '签到码',
    en: 'Code of a post',
    // The secret is nobody's to read, in a history least of all.
    hidden: ['secret', 'issued_by'],
    fields: {
      post_id: { zh: '点位', en: 'Post' },
      issued_at: { zh: '启用时间', en: 'In use since' },
    },
  },
  attendance_rule: {
    zh: '考勤规则',
    en: 'Rules of attendance',
    hidden: ['rule_set'],
    fields: {
      late_minutes: { zh: '迟到起算(分)', en: 'Late after (min)' },
      early_minutes: { zh: '可提前签到(分)', en: 'Opens before (min)' },
      absent_minutes: { zh: '未到提醒(分)', en: 'Told of after (min)' },
      near_metres: { zh: '定位范围(米)', en: 'Near within (m)' },
      set_at: { zh: '设定时间', en: 'Set at' },
    },
  },
  team_post: {
    zh: '队伍值守点位',
    en: 'Post held by a team',
    hidden: ['team_post_id', 'team_id', 'operation_id', 'given_by', 'ended_by'],
    fields: {
      post_id: { zh: '点位', en: 'Post' },
      begins_on: { zh: '第一个勤务日', en: 'First day' },
      ends_on: { zh: '最后一个勤务日', en: 'Last day' },
      order_number: { zh: '命令文号', en: 'Number of the order' },
      approver: { zh: '下令人', en: 'Ordered by' },
      given_at: { zh: '登记时间', en: 'Given at' },
      ended_at: { zh: '撤离登记', en: 'Ended at' },
    },
  },
  loop_order: {
    zh: '闭环命令',
    en: 'Order of a closed loop',
    hidden: ['order_id', 'team_id', 'ordered_by'],
    fields: {
      order_number: { zh: '命令文号', en: 'Number of the order' },
      approver: { zh: '批准人或机关', en: 'Approved by' },
      approver_id: { zh: '批准人', en: 'Approver' },
      basis: { zh: '依据', en: 'Basis' },
      reason: { zh: '理由', en: 'Reason' },
      begins_on: { zh: '第一天', en: 'First day' },
      ends_on: { zh: '最后一天', en: 'Last day' },
      ordered_at: { zh: '下达时间', en: 'Ordered at' },
    },
  },
  loop_objection: {
    zh: '闭环异议',
    en: 'Objection to a closed loop',
    hidden: ['objection_id', 'order_id', 'decided_by'],
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      text: { zh: '理由', en: 'Why' },
      health_reason: { zh: '健康原因（封存）', en: 'Reason of health (sealed)' },
      raised_at: { zh: '提出时间', en: 'Raised at' },
      due_at: { zh: '答复期限', en: 'Answer by' },
      withdrawn_at: { zh: '撤回时间', en: 'Withdrawn at' },
      decided_at: { zh: '答复时间', en: 'Decided at' },
      outcome: { zh: '结果', en: 'Outcome', values: objectionOutcomeTitles },
      why: { zh: '答复理由', en: 'Reason given' },
      leaves_on: { zh: '最后一天', en: 'Last day' },
    },
  },
}
