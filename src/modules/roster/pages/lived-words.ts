import type { Words } from '../../../ui/i18n.ts'

/** The frame of the pages on which the published roster is kept alive. */
export const livedWords = {
  frame: { zh: '已发布勤务表', en: 'The published roster' },
  board: { zh: '排班', en: 'Roster' },
  swaps: { zh: '换班审批', en: 'Swaps' },
  breaks: { zh: '失效班次', en: 'Broken duties' },
  unfilled: { zh: '今日缺口', en: 'Nobody fills' },
  fairness: { zh: '均衡与补休', en: 'Fair shares' },
  told: { zh: '签收情况', en: 'Acknowledgements' },
  noOperation: { zh: '还没有进行中的专项勤务。', en: 'No operation is running.' },
  noOperationExample: {
    zh: '秋季疫情防控专项勤务，10月24日起',
    en: 'the autumn operation, from 24 October',
  },
  toOperation: { zh: '去启动专项勤务', en: 'Open an operation' },
} satisfies Words
