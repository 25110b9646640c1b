import { problems } from '../../contract.ts'

/** Problems of alerts; their codes are the kernel's, whose books these are. */
export const alertProblems = problems('kernel', {
  alertEnded: {
    status: 409,
    zh: '此预警已解除。',
    en: 'This alert has ended.',
    doZh: '无需再处置，可在“已解除”中查看经过。',
    doEn: 'Nothing is left to do. What became of it stands among the past ones.',
  },
  alertNotYours: {
    status: 403,
    zh: '此预警由“{role}”负责，您不能处置。',
    en: 'This alert belongs to: {roleEn}. You cannot act on it.',
    doZh: '请由责任人处置，或请指挥中心值班员移交给您。',
    doEn: 'Leave it to its owner, or ask the duty officer to hand it to you.',
  },
  alertHandedNowhere: {
    status: 422,
    zh: '请选择移交给一个角色或一名人员，二者选一。',
    en: 'Choose one role or one person to hand it to.',
    doZh: '选择后重新提交。',
    doEn: 'Choose and send again.',
  },
  alertCannotTake: {
    status: 409,
    zh: '不能移交：该对象不存在、已停用、只有查看权限，或预警已由其负责。',
    en: 'It cannot be handed there: unknown, closed, reads only, or has it already.',
    doZh: '请另选一个角色或人员。',
    doEn: 'Choose another role or person.',
  },
  alertSnoozedTooLong: {
    status: 422,
    zh: '暂缓须在此刻之后，且最长 {hours} 小时。',
    en: 'Put it off to a later time, by {hours} hours at most.',
    doZh: '请改近一些；红色预警时限更短。',
    doEn: 'Choose a nearer time; red ones have less.',
  },
  alertQuietHours: {
    status: 422,
    zh: '免打扰时段的起止须同时填写，且不能相同。',
    en: 'Quiet hours need a beginning and an end, and they differ.',
    doZh: '请补全或清空后重新保存。',
    doEn: 'Fill in both or none, and save again.',
  },
  alertNotDue: {
    status: 409,
    zh: '预警尚未到上提或恢复的时间。',
    en: 'It is not yet time for this alert to go up or to come back.',
    doZh: '无需操作，到时自动进行。',
    doEn: 'Nothing to do: it happens by itself.',
  },
})
