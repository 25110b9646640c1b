import type { Words } from '../../../ui/i18n.ts'

export const codeWords = {
  title: { zh: '签到码', en: 'Check-in code' },
  choose: { zh: '选择点位', en: 'Choose the post' },
  choosePost: { zh: '点位', en: 'Post' },
  chooseNote: {
    zh: '签到码显示在点位的平板或手机上，每分钟自动更换。',
    en: 'The code stands on a tablet or phone at the post and turns every minute.',
  },
  noPosts: { zh: '还没有点位。', en: 'There are no posts yet.' },
  scanMe: { zh: '扫码签到、签退', en: 'Scan to check in and out' },
  orType: { zh: '或输入', en: 'or type' },
  turnsIn: { zh: '{n} 秒后更换', en: 'turns in {n} s' },
  picture: { zh: '{post}的签到码', en: 'The code of {post}' },
  stopped: { zh: '签到码已停', en: 'The code has stopped' },
  stoppedNote: {
    zh: '与服务器断开超过 15 分钟。请检查网络；期间由带班民警代签，或用印刷的码。',
    en: 'No word from the server for 15 minutes. Check the network; until then the leader checks in, or the printed code serves.',
  },
  lost: { zh: '已断网，码还能用到 {time}', en: 'No network; the code serves until {time}' },
  none: { zh: '“{post}”还没有签到码', en: '{post} has no code yet' },
  noneNote: { zh: '生成后，本页每分钟更换一次。', en: 'Once made, this page turns it every minute.' },
  make: { zh: '生成签到码', en: 'Make the code' },
  renew: { zh: '更换密钥', en: 'Replace the secret' },
  renewAsk: { zh: '更换“{post}”的密钥？', en: 'Replace the secret of {post}?' },
  renewThen: {
    zh: '此前的码和印刷的码都立即失效。',
    en: 'Every code before it, the printed one too, is worth nothing at once.',
  },
  yes: { zh: '更换', en: 'Replace' },
  no: { zh: '取消', en: 'Cancel' },
  print: { zh: '印刷码', en: 'Printed code' },
  another: { zh: '换点位', en: 'Another post' },
  printTitle: { zh: '{post} 签到码', en: '{post}: check-in code' },
  printNow: { zh: '打印', en: 'Print' },
  back: { zh: '返回', en: 'Back' },
  how: {
    zh: '用手机相机或“今日”页的“签到”扫此码。',
    en: 'Scan with the phone’s camera, or by “Check in” on the page Today.',
  },
  fixed: {
    zh: '固定码：用此码的签到在考勤表上标为“印刷码”。请贴在点位内，勿外传、勿拍照。',
    en: 'A fixed code: check-ins by it are marked “printed code”. Keep it inside the post; no photographs.',
  },
  issued: { zh: '密钥启用于 {at}', en: 'Secret in use since {at}' },
} satisfies Words
