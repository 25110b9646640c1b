// The columns of the hand-over tables in words.
import type { TableWords } from '../../../ui/index.ts'
import { handoverStateTitles } from '../contracts.ts'

const seat = {
  post_id: { zh: '点位', en: 'Post' },
  day: { zh: '勤务日', en: 'Duty day' },
  band: { zh: '班次', en: 'Band' },
}
const figures = {
  vehicles: { zh: '检查车辆', en: 'Vehicles checked' },
  people: { zh: '检查人员', en: 'People checked' },
  vehicles_turned: { zh: '劝返车辆', en: 'Vehicles turned back' },
  people_turned: { zh: '劝返人员', en: 'People turned back' },
  fevers: { zh: '体温异常', en: 'Fevers' },
  transferred: { zh: '移交', en: 'Handed to others' },
}

export const handoverFields: Record<string, TableWords> = {
  handover: {
    zh: '交接班',
    en: 'Hand-over',
    hidden: [
      'handover_id',
      'operation_id',
      'unit_id',
      'pattern_id',
      'next_pattern_id',
      'settled_by',
      'next_day',
    ],
    fields: {
      ...seat,
      period: { zh: '时间', en: 'Time' },
      next_band: { zh: '下一班', en: 'Next band' },
      next_begins: { zh: '下一班开始', en: 'Next begins' },
      giver_id: { zh: '交班人', en: 'Giver' },
      successor_id: { zh: '接班人', en: 'Successor' },
      round: { zh: '第几次交班', en: 'Round' },
      state: { zh: '状态', en: 'State', values: handoverStateTitles },
      given_at: { zh: '交班时间', en: 'Given at' },
      weather: { zh: '天气', en: 'Weather' },
      ...figures,
      events: { zh: '突发情况', en: 'Incidents' },
      orders: { zh: '上级指示', en: 'Orders' },
      must_know: { zh: '接班须知', en: 'What the next must know' },
      items: { zh: '物资装备', en: 'Items' },
      signed_at: { zh: '签收时间', en: 'Signed at' },
      settled_at: { zh: '核定时间', en: 'Settled at' },
      settled_why: { zh: '核定原因', en: 'Why settled' },
    },
  },
  handover_book: {
    zh: '交接班记录簿',
    en: 'Hand-over book',
    hidden: ['operation_id', 'unit_id', 'opened_by'],
    fields: {
      post_id: seat.post_id,
      items: { zh: '启用时物资装备', en: 'Items at the opening' },
      required: { zh: '每班须交接', en: 'Required' },
      opened_at: { zh: '启用时间', en: 'Opened at' },
    },
  },
  handover_matter: {
    zh: '未办结事项',
    en: 'Open matter',
    hidden: ['matter_id', 'opened_in', 'closed_in'],
    fields: {
      post_id: seat.post_id,
      text: { zh: '事项', en: 'Matter' },
      due_at: { zh: '时限', en: 'Due' },
      closed_how: { zh: '怎样办结', en: 'How it ended' },
    },
  },
  handover_return: {
    zh: '退回交班',
    en: 'Return',
    hidden: ['handover_id'],
    fields: {
      round: { zh: '第几次交班', en: 'Round' },
      returned_at: { zh: '退回时间', en: 'Returned at' },
      returned_by: { zh: '退回人', en: 'Returned by' },
      why: { zh: '原因', en: 'Why' },
    },
  },
  handover_difference: {
    zh: '交接差异',
    en: 'Difference',
    hidden: ['handover_id', 'kind'],
    fields: {
      round: { zh: '第几次交班', en: 'Round' },
      name: { zh: '项目', en: 'Figure' },
      stated: { zh: '旧数', en: 'Written' },
      found: { zh: '实数', en: 'Found' },
    },
  },
  handover_naming: {
    zh: '变更接班人',
    en: 'Successor named',
    hidden: ['naming_id', 'pattern_id', 'named_by'],
    fields: {
      ...seat,
      officer_id: { zh: '接班人', en: 'Successor' },
      why: { zh: '原因', en: 'Why' },
      named_at: { zh: '变更时间', en: 'Named at' },
      ended_at: { zh: '再次变更', en: 'Replaced at' },
    },
  },
  handover_relief: {
    zh: '准予离岗',
    en: 'Let go',
    hidden: ['relief_id', 'pattern_id', 'relieved_by'],
    fields: {
      officer_id: { zh: '人员', en: 'Officer' },
      ...seat,
      relieved_at: { zh: '时间', en: 'At' },
      why: { zh: '原因', en: 'Why' },
    },
  },
}
