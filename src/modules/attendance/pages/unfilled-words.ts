import type { Words } from '../../../ui/i18n.ts'

export const unfilledWords = {
  unfilledTitle: { zh: '今日缺口', en: 'Duties that nobody fills' },
  unfilledCount: { zh: '{n} 处', en: '{n} {n|place|places}' },
  unfilledSearch: { zh: '姓名、点位', en: 'Name, post' },
  unfilledWhy: { zh: '原因', en: 'Why' },
  whose: { zh: '原值班人', en: 'Whose' },
  placesOpen: { zh: '缺 {n} 人', en: '{n} {n|place|places} open' },
  proposal: { zh: '建议', en: 'Proposal' },
  noProposal: { zh: '没有合规的人', en: 'nobody within the rules' },
  openToSee: { zh: '点开看可顶班的人', en: 'open it to see who can' },
  rule: { zh: '违反规则', en: 'A rule forbids it' },
  toBreak: { zh: '去补位', en: 'Fill it' },
  unfilledEmpty: { zh: '今天的班都有人。', en: 'Somebody fills every duty of today.' },
  unfilledExample: {
    zh: '有人登记缺勤、开班后未签到、提前签退，或没有排人，都列在这里，并给出可顶班的人',
    en: 'who is declared absent, has not come or left early, and places that nobody is rostered to, with who can stand in',
  },
  toDay: { zh: '看考勤', en: 'To attendance' },
} satisfies Words
