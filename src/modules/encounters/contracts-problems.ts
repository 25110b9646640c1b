// What can go wrong at a post, in words that say what to do. A fact is never refused: it is held with one of these.
import { problems } from '../../kernel/contract.ts'

export const encountersProblems = problems('encounters', {
  postMissing: {
    status: 422,
    zh: '本单位没有这个点位，记录已留存待核。',
    en: 'Your agency has no such post; the record is kept for review.',
    doZh: '请核对点位后补录，原记录由指挥中心核实。',
    doEn: 'Check the post and enter it again; the command centre looks at what was kept.',
  },
  postNotFound: {
    status: 404,
    zh: '找不到该点位。',
    en: 'There is no such post.',
    doZh: '请重新选择点位。',
    doEn: 'Choose the post again.',
  },
  holdingMissing: {
    status: 422,
    zh: '找不到这次留观的登记。',
    en: 'There is no record of this holding.',
    doZh: '请先登记留观，或由指挥中心核实。',
    doEn: 'Enter the holding first, or let the command centre look at it.',
  },
  passageMissing: {
    status: 422,
    zh: '找不到这次紧急通行的记录，补记已留存待核。',
    en: 'There is no record of this emergency passage; what was told is kept for review.',
    doZh: '请由指挥中心核实。',
    doEn: 'The command centre looks at it.',
  },
  alreadyEnded: {
    status: 409,
    zh: '这次留观已有去向登记。',
    en: 'What became of this person is entered already.',
    doZh: '请刷新后核对。',
    doEn: 'Refresh and compare.',
  },
  notDue: {
    status: 409,
    zh: '留观时限未到。',
    en: 'The time of this holding is not up.',
    doZh: '到时自动解除；提前解除请登记去向。',
    doEn: 'It ends by itself; to end it before, enter what became of the person.',
  },
  oneOfBoth: {
    status: 422,
    zh: '点位类别和点位只能选其一。',
    en: 'Choose a kind of post or a post, not both.',
    doZh: '请改选其一；都不选则适用于全部点位。',
    doEn: 'Leave one out; without either it goes for all posts.',
  },
  idTaken: {
    status: 409,
    zh: '该记录已经登记。',
    en: 'This record is already in the books.',
    doZh: '请刷新页面后核对。',
    doEn: 'Refresh the page and compare.',
  },
})
