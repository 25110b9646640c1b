// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { Both } from '../../../kernel/contract.ts'
import type { TableWords } from '../../../ui/index.ts'

const levels: Record<string, Both> = {
  1: { zh: '一级勤务', en: 'Level 1' },
  2: { zh: '二级勤务', en: 'Level 2' },
  3: { zh: '三级勤务', en: 'Level 3' },
}

export const operationsFields: Record<string, TableWords> = {
  operation: {
    zh: '专项勤务',
    en: 'Operation',
    hidden: ['operation_id'],
    fields: {
      name: { zh: '名称', en: 'Name' },
      begins_on: { zh: '开始日', en: 'First day' },
      ends_on: { zh: '结束日', en: 'Last day' },
      state: {
        zh: '状态',
        en: 'State',
        values: {
          planned: { zh: '待开始', en: 'Planned' },
          running: { zh: '进行中', en: 'Running' },
          ended: { zh: '已结束', en: 'Ended' },
        },
      },
    },
  },
  duty_level: {
    zh: '勤务等级',
    en: 'Duty level',
    hidden: ['level_id'],
    fields: {
      level: { zh: '等级', en: 'Level', values: levels },
      operation_id: { zh: '专项勤务', en: 'Operation' },
      scope_unit_id: { zh: '适用单位', en: 'Unit' },
      scope_text: { zh: '范围', en: 'Scope' },
      reason: { zh: '事由', en: 'Reason' },
      order_number: { zh: '文号', en: 'Order number' },
      ordered_by: { zh: '下令人', en: 'Ordered by' },
      begins_at: { zh: '生效时间', en: 'Begins' },
      falls_back_at: { zh: '回落时间', en: 'Falls back' },
      falls_back_to: { zh: '回落为', en: 'Falls back to', values: levels },
      ended_at: { zh: '结束时间', en: 'Ended' },
    },
  },
}
