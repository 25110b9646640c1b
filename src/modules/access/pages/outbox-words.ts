import type { Words } from '../../../ui/i18n.ts'

export const outboxWords = {
  title: { zh: '未发送与未办理', en: 'Unsent and turned down' },
  nothing: { zh: '没有未发送或未办理的记录', en: 'Nothing is unsent or turned down' },
  nothingNote: {
    zh: '断网时登记的内容先存在本机，会出现在这里。',
    en: 'What you enter without a network is kept on this device and shows here.',
  },
  turnedDown: { zh: '未办理', en: 'Turned down' },
  refused: { zh: '未受理', en: 'Refused' },
  held: { zh: '待指挥中心核对', en: 'The command centre will look at it' },
  read: { zh: '知道了', en: 'I have read it' },
  unsent: { zh: '未发送', en: 'Unsent' },
  sending: { zh: '正在发送', en: 'Being sent' },
  waiting: { zh: '等待发送', en: 'Waits to be sent' },
  putOff: { zh: '已存在本机，自动再试', en: 'Kept on this device, tried again by itself' },
  sendNow: { zh: '立即发送', en: 'Send now' },
  sendNowSays: { zh: '不等下一次自动重试', en: 'Without waiting for the next try' },
  doneToday: { zh: '今日已办', en: 'Done today' },
  back: { zh: '返回', en: 'Back' },
} satisfies Words
