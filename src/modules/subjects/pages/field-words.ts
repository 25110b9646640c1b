// The columns of this module's tables in words, for the history of a record and for what a held command says.
import type { TableWords } from '../../../ui/index.ts'
import { linkKindWords, subjectKindWords, valueKindWords } from '../contracts.ts'

const noted = { zh: '登记时间', en: 'Noted at' }

export const subjectsFields: Record<string, TableWords> = {
  subject: {
    zh: '查验对象',
    en: 'Subject',
    hidden: ['subject_id'],
    fields: {
      kind: { zh: '类别', en: 'Kind', values: subjectKindWords },
      made_at: { zh: '首次登记', en: 'First noted' },
      last_seen_on: { zh: '最近勤务日', en: 'Last duty day' },
      erased_at: { zh: '销毁时间', en: 'Erased at' },
    },
  },
  subject_value: {
    zh: '身份信息',
    en: 'Identity',
    hidden: ['value_id', 'subject_id'],
    fields: {
      kind: { zh: '类别', en: 'Kind', values: valueKindWords },
      value: { zh: '内容（密封）', en: 'Value (sealed)' },
      noted_at: noted,
    },
  },
  subject_link: {
    zh: '关联对象',
    en: 'Link',
    hidden: ['subject_id', 'other_id', 'fact_id'],
    fields: {
      kind: { zh: '关联', en: 'Link', values: linkKindWords },
      made_at: noted,
    },
  },
  subject_box: {
    zh: '未能打开的信息',
    en: 'Unopened box',
    hidden: ['fact_id', 'n', 'box'],
    fields: {
      kind: { zh: '类别', en: 'Kind', values: valueKindWords },
      noted_at: noted,
      dismissed_at: { zh: '处理时间', en: 'Dismissed at' },
      dismissed_by: { zh: '处理人', en: 'Dismissed by' },
      dismissed_why: { zh: '处理理由', en: 'Why' },
    },
  },
  subject_erasure: {
    zh: '销毁申请',
    en: 'Erasure',
    hidden: ['erasure_id', 'subject_id'],
    fields: {
      reason: { zh: '理由', en: 'Reason' },
      proposed_at: { zh: '提出时间', en: 'Proposed at' },
      proposed_by: { zh: '提出人', en: 'Proposed by' },
      decided_at: { zh: '决定时间', en: 'Decided at' },
      decided_by: { zh: '决定人', en: 'Decided by' },
      decision: {
        zh: '决定',
        en: 'Decision',
        values: { erased: { zh: '已销毁', en: 'Erased' }, kept: { zh: '不予销毁', en: 'Kept' } },
      },
      decided_why: { zh: '决定理由', en: 'Why' },
    },
  },
}
