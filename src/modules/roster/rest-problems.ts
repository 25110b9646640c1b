// What can go wrong with a rest that is granted or passed over, and with holidays.
import { problems } from '../../kernel/contract.ts'

export const restProblems = problems('roster', {
  restExists: {
    status: 409,
    zh: '这项补休已经登记过。',
    en: 'This rest has been entered already.',
    doZh: '请刷新“应补休人员”。',
    doEn: 'Refresh the list of who is owed rest.',
  },
  restNotOwed: {
    status: 409,
    zh: '{name}的这项补休已不再欠，可能已经休够。',
    en: 'This rest is no longer owed to {name}; it may have been had.',
    doZh: '请刷新“应补休人员”。',
    doEn: 'Refresh the list of who is owed rest.',
  },
  restGrantedAlready: {
    status: 409,
    zh: '{name}的这项补休已经安排。',
    en: 'This rest has been granted to {name} already.',
    doZh: '如须改动，请先作超规则留勤。',
    doEn: 'To change it, order him on duty with a reason first.',
  },
  restTooShort: {
    status: 422,
    zh: '补休太短：应休 {hours} 小时，须连续。',
    en: 'The rest is too short: {hours} h are owed, in one piece.',
    doZh: '请延长补休。',
    doEn: 'Make it longer.',
  },
  restTooEarly: {
    status: 422,
    zh: '补休不能早于下岗时间 {time} 开始。',
    en: 'The rest cannot begin before he leaves his post at {time}.',
    doZh: '请改晚开始时间。',
    doEn: 'Let it begin later.',
  },
  restTooLate: {
    status: 422,
    zh: '补休须在 {days} 天之内开始，最长三天。',
    en: 'The rest begins within {days} days and is three days at most.',
    doZh: '请改早开始时间或缩短。',
    doEn: 'Let it begin earlier or end sooner.',
  },
  restOrderedAlready: {
    status: 409,
    zh: '{name}的这项补休已有留勤命令。',
    en: 'Somebody has ordered {name} on duty beyond this rule already.',
    doZh: '无需重复登记。',
    doEn: 'Nothing more is needed.',
  },
  specialDayTwice: {
    status: 422,
    zh: '{day} 出现了两次。',
    en: '{day} is named twice.',
    doZh: '请每天只写一次。',
    doEn: 'Name each day once.',
  },
  specialDayName: {
    status: 422,
    zh: '{day} 没有写名称。',
    en: '{day} has no name.',
    doZh: '请写节日名称，如“国庆节”。',
    doEn: 'Name the holiday.',
  },
  restReasonNeeded: {
    status: 422,
    zh: '超休息规则留勤须写明批准人和理由。',
    en: 'An order beyond the rules of rest names who ordered it and why.',
    doZh: '请填写批准人和理由。',
    doEn: 'Fill in both.',
  },
})
