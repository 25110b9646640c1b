// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { TableWords } from '../../../ui/index.ts'
import { restCauseTitles, specialDayTitles, swapKindTitles, swapStateTitles } from '../contracts.ts'

export const rosterFields: Record<string, TableWords> = {
  assignment: {
    zh: '排班',
    en: 'Assignment',
    hidden: ['assignment_id', 'operation_id', 'pattern_id', 'skill'],
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      post_id: { zh: '点位', en: 'Post' },
      day: { zh: '勤务日', en: 'Duty day' },
      bands: { zh: '班次', en: 'Bands' },
      period: { zh: '时间', en: 'Time' },
      version: { zh: '发布版次', en: 'Publication' },
    },
  },
  what_if: {
    zh: '推演',
    en: 'What-if',
    hidden: ['what_if_id', 'operation_id', 'demand_mark'],
    fields: {
      name: { zh: '名称', en: 'Name' },
      from_day: { zh: '起始日', en: 'From' },
      until_day: { zh: '截止日', en: 'Until' },
      suppositions: { zh: '假设', en: 'Suppositions' },
      result: { zh: '结果', en: 'Result' },
      made_at: { zh: '推演时间', en: 'Worked out at' },
      revision: { zh: '修订', en: 'Revision' },
      saved_at: { zh: '保存时间', en: 'Saved at' },
      saved_by: { zh: '保存人', en: 'Saved by' },
    },
  },
  lead_duty: {
    zh: '带班领导',
    en: 'Who leads',
    hidden: ['operation_id'],
    fields: {
      day: { zh: '勤务日', en: 'Duty day' },
      office: {
        zh: '带班岗位',
        en: 'Office',
        values: {
          bureau: { zh: '带班局领导', en: 'Bureau leader' },
          commandPost: { zh: '指挥长', en: 'Command-post leader' },
        },
      },
      officer_id: { zh: '人员', en: 'Officer' },
      set_at: { zh: '排定时间', en: 'Set at' },
      set_by: { zh: '排定人', en: 'Set by' },
    },
  },
  station_turn: {
    zh: '轮次',
    en: 'Turn of a station',
    hidden: ['turn_id'],
    fields: {
      unit_id: { zh: '单位', en: 'Unit' },
      kind: {
        zh: '类别',
        en: 'Kind',
        values: {
          meal: { zh: '就餐', en: 'Meals' },
          disinfection: { zh: '消毒', en: 'Disinfection' },
        },
      },
      name: { zh: '名称', en: 'Name' },
      from_minute: { zh: '交班后第几分钟开始', en: 'Begins, minutes after the hand-over' },
      minutes: { zh: '时长(分钟)', en: 'Minutes' },
      heads: { zh: '人数', en: 'Heads' },
      ended: { zh: '已停用', en: 'No longer made' },
    },
  },
  station_turn_officer: {
    zh: '轮次人员',
    en: 'Who goes in a turn',
    hidden: ['turn_id', 'unit_id'],
    fields: {
      day: { zh: '勤务日', en: 'Duty day' },
      officer_id: { zh: '人员', en: 'Officer' },
      by_hand: { zh: '手工调整', en: 'Set by hand' },
    },
  },
  special_day: {
    zh: '节假日调休',
    en: 'Holiday or working weekend',
    fields: {
      day: { zh: '日期', en: 'Day' },
      kind: { zh: '类别', en: 'Kind', values: specialDayTitles },
      name: { zh: '名称', en: 'Name' },
      set_at: { zh: '登记时间', en: 'Set at' },
      set_by: { zh: '登记人', en: 'Set by' },
    },
  },
  rest_grant: {
    zh: '补休',
    en: 'Rest granted',
    hidden: ['grant_id'],
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      cause: { zh: '缘由', en: 'Cause', values: restCauseTitles },
      arisen_at: { zh: '发生时间', en: 'Arose at' },
      begins_at: { zh: '补休开始', en: 'Begins' },
      ends_at: { zh: '补休结束', en: 'Ends' },
      granted_at: { zh: '安排时间', en: 'Granted at' },
      granted_by: { zh: '安排人', en: 'Granted by' },
      ended_at: { zh: '中止时间', en: 'Cut short at' },
    },
  },
  rest_order: {
    zh: '超休息规则留勤',
    en: 'Order beyond the rules of rest',
    hidden: ['order_id', 'operation_id'],
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      cause: { zh: '缘由', en: 'Cause', values: restCauseTitles },
      arisen_at: { zh: '发生时间', en: 'Arose at' },
      orderer: { zh: '批准人', en: 'Ordered by' },
      reason: { zh: '理由', en: 'Reason' },
      ordered_at: { zh: '登记时间', en: 'Entered at' },
      ordered_by: { zh: '登记人', en: 'Entered by' },
    },
  },
  // A place of a draft: no table of its own, but told like one.
  draft_cell: {
    zh: '草稿',
    en: 'Draft',
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      post_id: { zh: '点位', en: 'Post' },
      bands: { zh: '班次', en: 'Bands' },
      locked: { zh: '锁定', en: 'Locked' },
    },
  },
  swap_request: {
    zh: '换班申请',
    en: 'Swap request',
    hidden: ['swap_id', 'operation_id'],
    fields: {
      kind: { zh: '类别', en: 'Kind', values: swapKindTitles },
      asker_id: { zh: '申请人', en: 'Asked by' },
      partner_id: { zh: '接班人', en: 'Taken by' },
      named: { zh: '指定同事', en: 'Named' },
      state: { zh: '状态', en: 'State', values: swapStateTitles },
      asked_at: { zh: '申请时间', en: 'Asked' },
      asked_by: { zh: '申请账号', en: 'Account' },
      due_at: { zh: '开班时间', en: 'Begins' },
      settled_at: { zh: '办结时间', en: 'Settled' },
      version: { zh: '发布版次', en: 'Publication' },
    },
  },
  swap_duty: {
    zh: '换班班次',
    en: 'Duty of a swap',
    hidden: ['swap_id', 'assignment_id', 'pattern_id'],
    fields: {
      side: { zh: '给出或换回', en: 'Side' },
      post_id: { zh: '点位', en: 'Post' },
      day: { zh: '勤务日', en: 'Duty day' },
      bands: { zh: '班次', en: 'Bands' },
      period: { zh: '时间', en: 'Time' },
    },
  },
  swap_step: {
    zh: '换班经过',
    en: 'Step of a swap',
    hidden: ['swap_id'],
    fields: {
      n: { zh: '序号', en: 'No.' },
      kind: { zh: '步骤', en: 'Step' },
      at: { zh: '时间', en: 'Time' },
      by_account: { zh: '办理人', en: 'By' },
      text: { zh: '理由', en: 'Reason' },
    },
  },
  chase: {
    zh: '催办签收',
    en: 'Chase',
    hidden: ['operation_id'],
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      n: { zh: '第几次', en: 'No.' },
      version: { zh: '发布版次', en: 'Publication' },
      at: { zh: '时间', en: 'Time' },
      by_account: { zh: '催办人', en: 'By' },
    },
  },
}
