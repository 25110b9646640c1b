// The columns of recalls, visits and meetings in words.
import type { TableWords } from '../../../ui/index.ts'
import { exemptClassTitles, recalledStateTitles } from '../contracts.ts'

const operation = { zh: '专项勤务', en: 'Operation' }
const number = { zh: '序号', en: 'No.' }
const post = { zh: '点位', en: 'Post' }
const unit = { zh: '单位', en: 'Unit' }
const officer = { zh: '人员', en: 'Officer' }
const recall = { zh: '召回', en: 'Recall' }
const recorded = {
  recorded_at: { zh: '记录时间', en: 'Recorded' },
  recorded_by: { zh: '记录人', en: 'Recorded by' },
}

export const mobiliseFields: Record<string, TableWords> = {
  recall: {
    ...recall,
    hidden: ['recall_id'],
    fields: {
      operation_id: operation,
      n: number,
      reason: { zh: '事由', en: 'Reason' },
      ordered_by: { zh: '下达人', en: 'Ordered by' },
      report_unit_id: { zh: '报到单位', en: 'Report at the unit' },
      report_post_id: { zh: '报到点位', en: 'Report at the post' },
      report_by: { zh: '报到时限', en: 'Report by' },
      answer_minutes: { zh: '未答复提醒(分钟)', en: 'Chase after (minutes)' },
      share_percent: { zh: '到位比例(%)', en: 'Share (%)' },
      level_id: { zh: '勤务等级', en: 'Duty level' },
      ordered_at: { zh: '下达时间', en: 'Ordered' },
      ordered_account: { zh: '经办人', en: 'Entered by' },
      state: {
        zh: '状态',
        en: 'State',
        values: { open: { zh: '进行中', en: 'Open' }, closed: { zh: '已结束', en: 'Closed' } },
      },
      closed_at: { zh: '结束时间', en: 'Closed' },
      closed_account: { zh: '结束人', en: 'Closed by' },
      closed_how: {
        zh: '结束方式',
        en: 'How it ended',
        values: {
          order: { zh: '下令结束', en: 'By order' },
          complete: { zh: '全部到齐', en: 'Everybody in' },
          level: { zh: '随等级回落', en: 'With its level' },
        },
      },
      closed_why: { zh: '结束原因', en: 'Why it was closed' },
    },
  },
  recall_officer: {
    zh: '召回人员',
    en: 'Officer called back',
    hidden: [],
    fields: {
      recall_id: recall,
      officer_id: officer,
      unit_id: unit,
      state: { zh: '状态', en: 'State', values: recalledStateTitles },
      duty_post_id: { zh: '在岗点位', en: 'On duty at' },
      away: { zh: '召回时不可用', en: 'Away when called' },
      seconded: { zh: '下沉借调', en: 'Seconded' },
      called_at: { zh: '召回时间', en: 'Called' },
      reached_at: { zh: '联系时间', en: 'Reached' },
      tries: { zh: '未接通(次)', en: 'Not reached (times)' },
      eta: { zh: '预计到达', en: 'Expected' },
      leave_ended: { zh: '已销假', en: 'Leave ended' },
      exempt_class: { zh: '免召原因类别', en: 'Class of exemption', values: exemptClassTitles },
      exempt_until: { zh: '免召至', en: 'Exempt until' },
      exempt_account: { zh: '免召审批人', en: 'Exempted by' },
      arrived_at: { zh: '到达时间', en: 'Arrived' },
      arrived_account: { zh: '到达登记人', en: 'Arrival entered by' },
      arrived_how: {
        zh: '登记方式',
        en: 'How it was entered',
        values: { self: { zh: '本人报到', en: 'By himself' }, roll: { zh: '点名登记', en: 'By roll' } },
      },
    },
  },
  recall_step: {
    zh: '召回经过',
    en: 'Step of a recall',
    hidden: [],
    fields: {
      recall_id: recall,
      officer_id: officer,
      n: number,
      kind: {
        zh: '事项',
        en: 'Step',
        values: {
          coming: { zh: '答复能到', en: 'Is coming' },
          asked: { zh: '请求免召', en: 'Asked to be exempt' },
          notReached: { zh: '未接通', en: 'Not reached' },
          exempted: { zh: '同意免召', en: 'Exempted' },
          exemptionRefused: { zh: '不同意免召', en: 'Exemption refused' },
          arrived: { zh: '登记到达', en: 'Arrived' },
          arrivalStruck: { zh: '撤销到达', en: 'Arrival struck' },
        },
      },
      at: { zh: '时间', en: 'Time' },
      by_account: { zh: '办理人', en: 'By' },
      phoned_at: { zh: '通话时间', en: 'Time of the call' },
      text: { zh: '内容', en: 'Text' },
    },
  },
  visit: {
    zh: '检查慰问',
    en: 'Visit',
    hidden: ['visit_id'],
    fields: {
      operation_id: operation,
      n: number,
      kind: {
        zh: '类别',
        en: 'Kind',
        values: {
          superior: { zh: '上级检查指导', en: 'Superiors' },
          leader: { zh: '局领导检查', en: 'Our leaders' },
          care: { zh: '慰问', en: 'Care' },
        },
      },
      visitor: { zh: '来人', en: 'Who' },
      visited_at: { zh: '时间', en: 'Time' },
      post_id: post,
      unit_id: unit,
      found: { zh: '情况', en: 'What was found' },
      ...recorded,
    },
  },
  visit_promise: {
    zh: '承诺事项',
    en: 'Promise',
    hidden: ['promise_id'],
    fields: {
      visit_id: { zh: '检查慰问', en: 'Visit' },
      n: number,
      text: { zh: '承诺事项', en: 'What was promised' },
      by_whom: { zh: '承诺人', en: 'By whom' },
      due_at: { zh: '兑现时限', en: 'By when' },
      difficulty_id: { zh: '困难', en: 'Difficulty' },
      directive_id: { zh: '指令', en: 'Directive' },
      kept_at: { zh: '兑现时间', en: 'Kept' },
      kept_by: { zh: '兑现登记人', en: 'Entered by' },
      kept_text: { zh: '兑现情况', en: 'How it was kept' },
    },
  },
  meeting: {
    zh: '会议',
    en: 'Meeting',
    hidden: ['meeting_id'],
    fields: {
      operation_id: operation,
      n: number,
      title: { zh: '会议名称', en: 'Title' },
      held_at: { zh: '时间', en: 'Time' },
      place: { zh: '地点', en: 'Place' },
      chair: { zh: '主持人', en: 'Chair' },
      attendees: { zh: '参加人员', en: 'Attendees' },
      minutes: { zh: '纪要', en: 'Minutes' },
      ...recorded,
    },
  },
  meeting_decision: {
    zh: '议定事项',
    en: 'Decision',
    hidden: ['decision_id'],
    fields: {
      meeting_id: { zh: '会议', en: 'Meeting' },
      n: number,
      text: { zh: '议定事项', en: 'Decision' },
      directive_id: { zh: '指令', en: 'Directive' },
    },
  },
}
