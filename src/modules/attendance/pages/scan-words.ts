import type { Words } from '../../../ui/i18n.ts'

export const scanWords = {
  scanIn: { zh: '扫码签到', en: 'Scan to check in' },
  scanOut: { zh: '扫码签退', en: 'Scan to check out' },
  onceMore: { zh: '再扫一次', en: 'Scan again' },
  back: { zh: '返回今日', en: 'Back to today' },
  aim: { zh: '把点位屏上的码放进框内', en: 'Put the code of the post’s screen into the frame' },
  noCamera: {
    zh: '打不开摄像头。请输入屏上的 6 位数字。',
    en: 'No camera. Type the six digits of the screen.',
  },
  noReader: {
    zh: '这个浏览器不能扫码。请输入屏上的 6 位数字，或用手机相机扫屏上的码。',
    en: 'This browser cannot scan. Type the six digits, or scan the screen with the phone’s camera.',
  },
  strange: { zh: '这不是点位签到码。', en: 'That is not the code of a post.' },
  typeIt: { zh: '输入 6 位数字', en: 'Type six digits' },
  openCamera: { zh: '用摄像头扫', en: 'Use the camera' },
  digits: { zh: '6 位数字', en: 'Six digits' },
  send: { zh: '签到', en: 'Check in' },
  sendOut: { zh: '签退', en: 'Check out' },
  says: { zh: '{post}', en: '{post}' },
  noPost: { zh: '现在没有要签到的班次', en: 'No band of yours is open now' },
  noPostNote: {
    zh: '请扫点位屏上的码；没有班次的会转指挥中心核对。',
    en: 'Scan the screen; without a duty, the command centre looks at it.',
  },
  scanned: { zh: '已读到“{post}”的码', en: 'Read the code of {post}' },
  aPost: { zh: '这个点位', en: 'this post' },
  noOfficer: { zh: '此账号不对应民警', en: 'This account is not an officer’s' },
  noOfficerNote: { zh: '不能签到。请由带班民警代签。', en: 'It cannot check in. The leader does it.' },
} satisfies Words
