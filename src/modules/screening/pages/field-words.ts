// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { TableWords } from '../../../ui/index.ts'
import { retestOutcomeTitles, tubeResultTitles } from '../contracts.ts'

const post = { zh: '采样点', en: 'Site' }
const unit = { zh: '责任单位', en: 'Unit' }
const operation = { zh: '专项勤务', en: 'Operation' }
const round = { zh: '采样轮次', en: 'Round' }
const dutyDay = { zh: '勤务日', en: 'Duty day' }
const recorded = { zh: '入库时间', en: 'Recorded' }
const noted = { noted_at: { zh: '记录时间', en: 'Noted' }, noted_by: { zh: '记录人', en: 'Noted by' } }
const people = { zh: '人数', en: 'People' }

export const screeningFields: Record<string, TableWords> = {
  sampling_rule: {
    zh: '采样规则',
    en: 'Rules of sampling',
    fields: {
      rule_set: { zh: '版本', en: 'Set' },
      seconds_per_person: { zh: '每人用时(秒)', en: 'Seconds a person' },
      wait_minutes_max: { zh: '最长等候(分)', en: 'Longest wait (min)' },
      queue_max: { zh: '排队上限', en: 'Longest line' },
      result_hours: { zh: '出结果时限(时)', en: 'Hours for results' },
      retest_hours: { zh: '复采时限(时)', en: 'Hours for re-tests' },
      set_at: { zh: '设定时间', en: 'Set' },
      set_by: { zh: '设定人', en: 'Set by' },
    },
  },
  sampling_expected: {
    zh: '应采人数',
    en: 'People expected',
    fields: { round_id: round, post_id: post, people },
  },
  sampling_lane: {
    zh: '采样台',
    en: 'Lane',
    fields: {
      post_id: post,
      n: { zh: '台号', en: 'Number' },
      day: dutyDay,
      open: { zh: '开放', en: 'Open' },
      changed_at: { zh: '变更时间', en: 'Changed' },
      changed_by: { zh: '变更人', en: 'Changed by' },
    },
  },
  tube_box: {
    zh: '样本箱',
    en: 'Box of tubes',
    hidden: ['box_id'],
    fields: {
      operation_id: operation,
      post_id: post,
      unit_id: unit,
      seal_number: { zh: '封签号', en: 'Seal' },
      handed_to: { zh: '交给', en: 'Handed to' },
      day: dutyDay,
      handed_at: { zh: '交接时间', en: 'Handed over' },
      recorded_at: recorded,
      recorded_by: { zh: '经办人', en: 'Recorded by' },
    },
  },
  tube: {
    zh: '采样管',
    en: 'Tube',
    hidden: ['tube_id', 'boxes'],
    fields: {
      code: { zh: '管码', en: 'Code' },
      operation_id: operation,
      post_id: post,
      unit_id: unit,
      round_id: round,
      lane: { zh: '采样台', en: 'Lane' },
      size: { zh: '规格', en: 'Takes' },
      people,
      day: dutyDay,
      sealed_at: { zh: '封管时间', en: 'Sealed' },
      sealed_by: { zh: '封管人', en: 'Sealed by' },
      recorded_at: recorded,
      box_id: { zh: '样本箱', en: 'Box' },
      result: { zh: '结果', en: 'Result', values: tubeResultTitles },
      result_at: { zh: '出结果时间', en: 'Result at' },
      result_by: { zh: '录入人', en: 'Result by' },
    },
  },
  retest: {
    zh: '单采复核',
    en: 'Re-test',
    hidden: ['retest_id'],
    fields: {
      tube_id: { zh: '阳性管', en: 'Positive tube' },
      n: { zh: '管内第几人', en: 'Person of the tube' },
      post_id: post,
      unit_id: unit,
      opened_at: { zh: '开出时间', en: 'Opened' },
      due_at: { zh: '时限', en: 'Due' },
      single_tube_id: { zh: '单采管', en: 'Single tube' },
      outcome: { zh: '办结', en: 'Outcome', values: retestOutcomeTitles },
      closed_at: { zh: '办结时间', en: 'Closed' },
      closed_by: { zh: '办结人', en: 'Closed by' },
      note: { zh: '说明', en: 'Note' },
    },
  },
  site_queue: {
    zh: '排队人数',
    en: 'Line',
    hidden: ['queue_id'],
    fields: { post_id: post, queue: people, ...noted },
  },
  site_kit: {
    zh: '秩序器材',
    en: 'What keeps order',
    fields: {
      post_id: post,
      day: dutyDay,
      band: { zh: '班次', en: 'Shift' },
      loudspeaker: { zh: '喇叭', en: 'Loudspeaker' },
      cordon: { zh: '警戒带', en: 'Cordon' },
      one_metre: { zh: '一米线', en: 'One-metre line' },
      ...noted,
    },
  },
}
