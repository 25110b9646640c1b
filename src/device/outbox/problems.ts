// What can go wrong on the phone itself.
import { problems } from '../../kernel/contract.ts'

export const deviceProblems = problems('device', {
  notSaved: {
    status: 507,
    zh: '未存：本机存不下，或浏览器不允许存储。',
    en: 'Not saved: this device is full, or the browser does not allow storing.',
    doZh: '内容仍在本页。请清理本机空间或换一台设备后再提交；来不及的先记在纸上。',
    doEn: 'Everything is still on this page. Free some space or take another device, then send again; until then write it down.',
  },
  tooLarge: {
    status: 413,
    zh: '未存：此条记录超过 {limit}。',
    en: 'Not saved: this record is larger than {limit}.',
    doZh: '请精简内容后再提交。',
    doEn: 'Shorten it and send again.',
  },
  unreadable: {
    status: 500,
    zh: '此条存在本机，但已无法打开，未能上报。',
    en: 'This record lies on the device and can no longer be opened; it was not sent.',
    doZh: '请勿清除浏览器数据，联系系统管理员；必要时补记。',
    doEn: 'Do not clear the browser’s data. Ask whoever runs the system; enter it again if need be.',
  },
  locked: {
    status: 423,
    zh: '此条由本机 PIN 加密，暂时打不开，未能上报。',
    en: 'This record is sealed under the PIN of this device, which is not open now; it was not sent.',
    doZh: '请输入 PIN 或用密码重新登录，随后自动上报。',
    doEn: 'Give the PIN, or sign in with the password; then it is sent by itself.',
  },
  turnedAway: {
    status: 422,
    zh: '服务器未受理此条（{status}），仍保存在本机。',
    en: 'The server did not take this record ({status}); it stays on this device.',
    doZh: '其他记录不受影响，将自动再试。请告知值班员。',
    doEn: 'Others are not held up, and it is tried again by itself. Tell the duty officer.',
  },
})
