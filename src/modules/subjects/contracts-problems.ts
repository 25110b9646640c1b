import { problems } from '../../kernel/contract.ts'

export const subjectsProblems = problems('subjects', {
  missing: {
    status: 404,
    zh: '没有这个对象。',
    en: 'There is no such subject.',
    doZh: '请按证件、车牌等重新查找。',
    doEn: 'Find it again by a number or plate.',
  },
  erased: {
    status: 410,
    zh: '该对象的身份信息已销毁，无法再查看。',
    en: 'Who this was has been erased and cannot be seen any more.',
    doZh: '与其有关的记录仍在，只是不再指向任何人。',
    doEn: 'The records remain; they point to nobody.',
  },
  noMark: {
    status: 400,
    zh: '这不是完整的{what}，查不到任何人。',
    en: 'This is not a whole {whatEn}; it finds nobody.',
    doZh: '请逐字核对后再查。',
    doEn: 'Check it letter by letter and try again.',
  },
  proposedAlready: {
    status: 409,
    zh: '该对象已有一份待决的销毁申请。',
    en: 'Erasing this subject has been proposed already.',
    doZh: '请由另一人审批该申请。',
    doEn: 'Somebody else decides on that proposal.',
  },
  notProposed: {
    status: 409,
    zh: '没有待决的销毁申请。',
    en: 'There is no proposal to decide on.',
    doZh: '请刷新列表；可能已由他人处理。',
    doEn: 'Refresh the list; somebody may have decided.',
  },
  ownProposal: {
    status: 403,
    zh: '提出销毁的人不能自己批准。',
    en: 'Whoever proposed it may not approve it.',
    doZh: '请由另一人审批。',
    doEn: 'Somebody else has to approve.',
  },
  boxMissing: {
    status: 404,
    zh: '没有这份未能打开的信息，或已处理。',
    en: 'There is no such unopened box, or it was dealt with.',
    doZh: '请刷新列表。',
    doEn: 'Refresh the list.',
  },
})
